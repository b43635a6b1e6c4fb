"""What do active scenarios and projects need that is not known yet?"""

from collections.abc import Iterator

from vault_tools.insights._words import plural, sources_of, status, targets_of, with_role
from vault_tools.learning.demand import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.text import Ref

SHOWN = 8
NEEDS = ("requires", "depends-on")
_URGENCY = {"active": 1.0, "planned": 0.5}
_LACK = {"not written yet": 3.0, "a stub": 2.0, "never learned in a log": 1.0}


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what open goals require, at any distance, that is missing, a stub, or in no log."""
    wanted: dict[str, list[tuple[Node, Edge]]] = {}
    for goal in with_role(graph, "goal"):
        if status(context, goal.id) in _URGENCY:
            for edge in _needs(graph, goal.id):
                wanted.setdefault(edge.target, []).append((goal, edge))
    logged = any(edge.relation == "learns" for edge in graph.edges)
    for name, goals in wanted.items():
        lack = _lack(graph, graph.nodes[name], context, logged=logged)
        if lack is None:
            continue
        urgency = sum(_URGENCY[status(context, goal.id)] for goal, _ in goals)
        why: list[str | Ref] = [f"{lack}; {plural(len(goals), 'open goal needs', 'open goals need')} it: "]
        for at, (goal, edge) in enumerate(goals[:SHOWN]):
            why += [", " if at else "", Ref(goal.id)]
            why += [" (through ", Ref(edge.source), ")"] if edge.source != goal.id else []
        why += [f" and {len(goals) - SHOWN} more"] if len(goals) > SHOWN else []
        step = "learn it, then say so in a log" if lack.startswith("never") else "write and learn it next"
        places = tuple(dict.fromkeys(_place(edge) for _, edge in goals))
        yield Finding("prerequisites", Ref(name), urgency * _LACK[lack], tuple(why), (step,), places)


def _needs(graph: KnowledgeGraph, goal: str) -> Iterator[Edge]:
    """Yield the edges that lead to everything a goal needs, one for each need; nearest first."""
    seen, todo = {goal}, [goal]
    for by in todo:
        for edge in targets_of(graph, by, *NEEDS):
            if edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
                yield edge


def _lack(graph: KnowledgeGraph, node: Node, context: Context, *, logged: bool) -> str | None:
    if node.kind == "missing":
        return "not written yet"
    if is_stub(node, context.stub_words):
        return "a stub"
    known = sources_of(graph, node.id, "learns", "applies")
    return "never learned in a log" if logged and node.role == "knowledge" and not known else None


def _place(edge: Edge) -> Ref:
    return Ref(edge.places[0].note, line=edge.places[0].line)


INSIGHT = Insight(
    name="prerequisites",
    page="Gaps",
    order=30,
    title="Missing prerequisites",
    lead="What your open scenarios and projects require, directly or through other notes, and you do not have yet.",
    find=find,
    empty="No open scenario or project (`type: scenario`, `type: project`) requires what you do not have.",
)
