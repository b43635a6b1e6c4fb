"""Which knowledge was never applied?"""

from collections.abc import Iterator

from vault_tools.insights._words import by_target, evidence, with_role
from vault_tools.learning.demand import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, Say, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find written knowledge that no log, project or experiment applied; open goals that need it come first."""
    logs = {entry.place.id for entry in context.learning.facts.entries}
    applied = {edge.target for edge in graph.by_relation.get("applies", ())}
    learns = by_target(edge for edge in graph.by_relation.get("learns", ()) if edge.source in logs)
    requires = by_target(graph.by_relation.get("requires", ()))
    for node in with_role(graph, "knowledge"):
        if node.id in applied or is_stub(graph, node, context.stub_words):
            continue
        learned = learns.get(node.id, [])
        state = context.learning.states.get(node.id)
        goals = {need.goal for need in state.needs} if state else set()
        asking = [edge for edge in requires.get(node.id, ()) if edge.source in goals]
        through = sorted(goals.difference(edge.source for edge in asking))
        many = state.goals if state else 0
        step = say("unapplied.step-practise") if goals else say("unapplied.step-leave")
        weight = 2.0 * many + (0.5 if learned else 0.0)
        why = say("unapplied.why-unapplied", use=_use(len(learned)), need=_need(many))
        yield Finding(
            "unapplied", Ref(node.id), weight, (why,), (step,), (*evidence([*learned, *asking]), *map(Ref, through))
        )


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
