"""What do active scenarios and projects need that is not known yet?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vault_tools.insights._reasons import URGENCY
from vault_tools.insights._selection import edges_to, first_place, with_role
from vault_tools.learning.demand import Demand, demands
from vault_tools.learning.requirements import NEEDS
from vault_tools.learning.supply import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.learning import Need, Status
from vault_tools.model.text import Ref, Say, Value, say, with_more

SHOWN = 8


class _Lack(NamedTuple):
    """What a note lacks, what to do about it, and how much that weighs."""

    what: Say
    step: Say
    weight: float


_UNWRITTEN = _Lack(say("prerequisites.why-unwritten"), say("prerequisites.step-write"), 3.0)
_STUB = _Lack(say("prerequisites.why-stub"), say("prerequisites.step-write"), 2.0)
_UNLEARNED = _Lack(say("prerequisites.why-unlearned"), say("prerequisites.step-learn"), 1.0)


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what open goals require, at any distance, that is missing, a stub, or in no log."""
    edges = {(edge.source, edge.target): edge for edge in _edges(graph, sorted(NEEDS, reverse=True))}
    goals = _open_goals(graph, context)
    for name, demand in demands(_requirements(graph), goals).items():
        lack = _lack(graph, graph.nodes[name], context)
        if lack is not None:
            weight = _urgency(demand, goals) * lack.weight
            places = tuple(dict.fromkeys(first_place(edges[need.via, name]) for need in demand.needs))
            yield Finding("prerequisites", Ref(name), weight, (_why(lack.what, demand),), (lack.step,), places)


def _edges(graph: KnowledgeGraph, relations: Iterable[str]) -> Iterator[Edge]:
    return (edge for relation in relations for edge in graph.by_relation.get(relation, ()))


def _open_goals(graph: KnowledgeGraph, context: Context) -> dict[str, Status]:
    """Return the status of each goal that still wants something."""
    goals = {node.id: _status(context, node.id) for node in with_role(graph, "goal")}
    return {name: status for name, status in goals.items() if status in URGENCY}


def _status(context: Context, goal: str) -> Status:
    fact = context.learning.facts.goals.get(goal)
    return fact.status if fact else "active"


def _requirements(graph: KnowledgeGraph) -> dict[str, list[str]]:
    targets: dict[str, list[str]] = {}
    for edge in _edges(graph, sorted(NEEDS)):
        targets.setdefault(edge.source, []).append(edge.target)
    return targets


def _urgency(demand: Demand, goals: Mapping[str, Status]) -> float:
    """Return how strongly something is needed by all its goals."""
    named = sum(URGENCY[goals[need.goal]] for need in demand.needs)
    return named + sum(URGENCY[status] * count for status, count in demand.more.items())


def _why(lack: Say, demand: Demand) -> Say:
    goals = with_more(tuple(map(_goal, demand.needs[:SHOWN])), max(0, len(demand) - SHOWN))
    return say("prerequisites.why-needed", n=len(demand), lack=lack, goals=goals)


def _goal(need: Need) -> Value:
    """Name a goal, and the note between if it does not need the thing itself."""
    if need.via == need.goal:
        return Ref(need.goal)
    return say("prerequisites.goal-through", goal=Ref(need.goal), note=Ref(need.via))


def _lack(graph: KnowledgeGraph, node: Node, context: Context) -> _Lack | None:
    """Return what a needed note lacks; None if it lacks nothing."""
    if node.kind == "missing":
        return _UNWRITTEN
    if is_stub(graph, node, context.stub_words):
        return _STUB
    return _UNLEARNED if _is_in_no_log(graph, node) else None


def _is_in_no_log(graph: KnowledgeGraph, node: Node) -> bool:
    """Tell whether nothing learned or applied a piece of knowledge, in a vault where logs say what was learned."""
    if "learns" not in graph.by_relation or node.role != "knowledge":
        return False
    return not edges_to(graph, node.id, "learns", "applies")


INSIGHT = Insight(
    name="prerequisites",
    page="Gaps",
    order=30,
    find=find,
)
