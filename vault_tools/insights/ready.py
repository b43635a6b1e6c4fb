"""What am I ready to learn next?"""

from collections.abc import Iterator

from vault_tools.insights._next_steps import bases
from vault_tools.insights._reasons import MOST, because, join_sentences, urgency
from vault_tools.insights._selection import edges_from
from vault_tools.learning.order import known_names, ready, unlocks
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import KnowledgeState, Learning
from vault_tools.model.text import Ref, Say, Text, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what is needed, is not known, and builds on nothing unknown; ranked by demand times what it unlocks."""
    learning = context.learning
    facts, states = learning.facts, learning.states
    known = known_names(states)
    fringe = ready(facts, tuple(states), known)
    unlocked = unlocks(facts, fringe, known)
    for name in fringe:
        state, opens = states[name], unlocked.get(name, ())
        if state.demanded or opens:
            weight = max(urgency(learning, state), 0.5) * (1 + len(opens))
            yield Finding("ready", Ref(name), weight, _why(learning, state, opens), _step(graph, name))


def _why(learning: Learning, state: KnowledgeState, opens: tuple[str, ...]) -> Text:
    sentences = [*_bases(learning, state)]
    if opens:
        sentences.append(say("ready.why-unlocks", n=len(opens), names=tuple(map(Ref, opens[:MOST]))))
    rest = because(learning, state, opens[:MOST])
    return (*join_sentences(sentences), say("common.semicolon"), *rest) if rest else join_sentences(sentences)


def _bases(learning: Learning, state: KnowledgeState) -> Iterator[Say]:
    """Say on what it builds: what is known, what only has a note, or nothing."""
    known, only_written = bases(learning, state.id)
    if known:
        yield say("ready.why-base-known", base=known)
    if only_written:
        yield say("ready.why-base-written", base=only_written)
    if not known and not only_written:
        yield say("ready.why-no-base")


def _step(graph: KnowledgeGraph, name: str) -> Text:
    sources = tuple(Ref(edge.target) for edge in edges_from(graph, name, "learned-from")[:MOST])
    return (say("ready.step-sources", sources=sources),) if sources else ()


INSIGHT = Insight(
    name="ready",
    page="Learning",
    order=30,
    find=find,
    ranked=False,
    counts_as="figure",
)
