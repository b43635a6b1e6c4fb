"""Which knowledge was never applied?"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from vault_tools.insights._askers import evidence
from vault_tools.insights._selection import by_source, by_target, with_role
from vault_tools.learning.supply import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find written knowledge that no log, project or experiment applied; open goals that need it come first."""
    logs = {entry.place.id for entry in context.learning.facts.entries}
    learns = by_target(edge for edge in graph.by_relation.get("learns", ()) if edge.source in logs)
    requires = by_target(graph.by_relation.get("requires", ()))
    for node in _unapplied(graph, context):
        yield _finding(node, learns.get(node.id, []), requires.get(node.id, []), context)


def _unapplied(graph: KnowledgeGraph, context: Context) -> Iterator[Node]:
    """Yield the written notes of knowledge that nothing applies."""
    applied = {edge.target for edge in graph.by_relation.get("applies", ())}
    for node in with_role(graph, "knowledge"):
        if node.id not in applied and not is_stub(graph, node, context.stub_words):
            yield node


def _finding(node: Node, learns: Sequence[Edge], requires: Iterable[Edge], context: Context) -> Finding:
    state = context.learning.states.get(node.id)
    goals = {need.goal for need in state.needs} if state else set()
    count = state.goals if state else 0
    step = say("unapplied.step-practise") if goals else say("unapplied.step-leave")
    weight = 2.0 * count + (0.5 if learns else 0.0)
    why = say("unapplied.why-unapplied", use=_use(len(learns)), need=_need(count))
    return Finding("unapplied", Ref(node.id), weight, (why,), (step,), _places(learns, requires, goals))


def _places(learns: Iterable[Edge], requires: Iterable[Edge], goals: Collection[str]) -> tuple[Ref, ...]:
    """Return the logs that learned it, the goals that require it, then those that need it through others."""
    asking = [edge for edge in requires if edge.source in goals]
    through = sorted(set(goals).difference(edge.source for edge in asking))
    return (*evidence(by_source([*learns, *asking])), *map(Ref, through))


def _use(logs: int) -> Say:
    if not logs:
        return say("unapplied.use-never")
    return say("unapplied.use-learned", n=logs)


def _need(goals: int) -> Say:
    if not goals:
        return say("learned.why-unneeded")
    return say("unapplied.need-goals", n=goals)


INSIGHT = Insight(
    name="unapplied",
    page="Gaps",
    order=70,
    find=find,
)
