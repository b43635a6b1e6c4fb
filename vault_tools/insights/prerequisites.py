"""What do active scenarios and projects need that is not known yet?"""

from collections.abc import Iterator

from vault_tools.insights._learning import URGENCY
from vault_tools.insights._words import sources_of, status, with_role
from vault_tools.learning.demand import is_stub
from vault_tools.learning.facts import NEEDS
from vault_tools.learning.wanted import Wanted, wanted
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.learning import Need
from vault_tools.model.text import Ref, Say, Value, say, with_more

SHOWN = 8
_UNWRITTEN = say("prerequisites.why-unwritten"), 3.0
_STUB = say("prerequisites.why-stub"), 2.0
_UNLEARNED = say("prerequisites.why-unlearned"), 1.0


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what open goals require, at any distance, that is missing, a stub, or in no log."""
    edges = {
        (edge.source, edge.target): edge
        for relation in sorted(NEEDS, reverse=True)
        for edge in graph.by_relation.get(relation, ())
    }
    goals = {node.id: known for node in with_role(graph, "goal") if (known := status(context, node.id)) in URGENCY}
    logged = "learns" in graph.by_relation
    for name, who in wanted(_requires(graph), goals).items():
        lack = _lack(graph, graph.nodes[name], context, logged=logged)
        if lack is None:
            continue
        what, weight = lack
        urgency = sum(URGENCY[goals[need.goal]] for need in who.needs)
        urgency += sum(URGENCY[each] * many for each, many in who.more.items())
        step = say("prerequisites.step-learn") if lack == _UNLEARNED else say("prerequisites.step-write")
        places = tuple(dict.fromkeys(_place(edges[need.via, name]) for need in who.needs))
        yield Finding("prerequisites", Ref(name), urgency * weight, (_why(what, who),), (step,), places)


def _requires(graph: KnowledgeGraph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relation in sorted(NEEDS):
        for edge in graph.by_relation.get(relation, ()):
            found.setdefault(edge.source, []).append(edge.target)
    return found


def _why(lack: Say, who: Wanted) -> Say:
    return say(
        "prerequisites.why-needed",
        n=len(who),
        lack=lack,
        goals=with_more(tuple(map(_wish, who.needs[:SHOWN])), max(0, len(who) - SHOWN)),
    )


def _wish(need: Need) -> Value:
    """Name a goal, and the note between if it does not need the thing itself."""
    if need.via == need.goal:
        return Ref(need.goal)
    return say("prerequisites.goal-through", goal=Ref(need.goal), note=Ref(need.via))


def _lack(graph: KnowledgeGraph, node: Node, context: Context, *, logged: bool) -> tuple[Say, float] | None:
    """Say what a needed note lacks, and how much that weighs."""
    if node.kind == "missing":
        return _UNWRITTEN
    if is_stub(graph, node, context.stub_words):
        return _STUB
    unlearned = logged and node.role == "knowledge" and not sources_of(graph, node.id, "learns", "applies")
    return _UNLEARNED if unlearned else None


def _place(edge: Edge) -> Ref:
    return Ref(edge.places[0].note, line=edge.places[0].line)


INSIGHT = Insight(
    name="prerequisites",
    page="Gaps",
    order=30,
    find=find,
)
