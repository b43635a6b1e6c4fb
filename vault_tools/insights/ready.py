"""What am I ready to learn next?"""

from collections.abc import Iterator

from vault_tools.insights._learning import MOST, bases, because, joined, urgency
from vault_tools.insights._words import targets_of
from vault_tools.learning.order import known, ready, unlocks
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning, State
from vault_tools.model.text import Ref, Say, Text, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what is needed, is not known, and builds on nothing unknown; ranked by demand times what it unlocks."""
    learning = context.learning
    facts, states = learning.facts, learning.states
    known_ = known(states)
    fringe = ready(facts, tuple(states), known_)
    freed = unlocks(facts, fringe, known_)
    for name in fringe:
        state, opens = states[name], freed.get(name, ())
        if state.demanded or opens:
            weight = max(urgency(learning, state), 0.5) * (1 + len(opens))
            yield Finding("ready", Ref(name), weight, _why(learning, state, opens), _step(graph, name))


def _why(learning: Learning, state: State, opens: tuple[str, ...]) -> Text:
    base, written = bases(learning, state.id)
    said: list[Say] = [say("ready.why-base-known", base=base)] if base else []
    if written:
        said.append(say("ready.why-base-written", base=written))
    said = said or [say("ready.why-no-base")]
    if opens:
        said.append(say("ready.why-unlocks", n=len(opens), names=tuple(map(Ref, opens[:MOST]))))
    rest = because(learning, state, opens[:MOST])
    return (*joined(said), say("common.semicolon"), *rest) if rest else joined(said)


def _step(graph: KnowledgeGraph, name: str) -> Text:
    sources = tuple(Ref(edge.target) for edge in targets_of(graph, name, "learned-from")[:MOST])
    return (say("ready.step-sources", sources=sources),) if sources else ()


INSIGHT = Insight(
    name="ready",
    page="Learning",
    order=30,
    find=find,
    ranked=False,
    counts_as="figure",
)
