"""What do active scenarios and projects need that is not known yet?"""

from collections.abc import Iterator, Mapping

from vault_tools.insights._learning import URGENCY
from vault_tools.insights._words import by_source, sources_of, status, with_role
from vault_tools.learning.demand import is_stub
from vault_tools.learning.facts import NEEDS
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, Value, count, say, with_more

SHOWN = 8
_UNWRITTEN = say("not written yet"), 3.0
_STUB = say("a stub"), 2.0
_UNLEARNED = say("never learned in a log"), 1.0


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find what open goals require, at any distance, that is missing, a stub, or in no log."""
    wanted: dict[str, list[tuple[Node, Edge]]] = {}
    needs = by_source(edge for relation in sorted(NEEDS) for edge in graph.by_relation.get(relation, ()))
    for goal in with_role(graph, "goal"):
        if status(context, goal.id) in URGENCY:
            for edge in _needs(needs, goal.id):
                wanted.setdefault(edge.target, []).append((goal, edge))
    logged = "learns" in graph.by_relation
    for name, goals in wanted.items():
        lack = _lack(graph, graph.nodes[name], context, logged=logged)
        if lack is None:
            continue
        what, weight = lack
        urgency = sum(URGENCY[status(context, goal.id)] for goal, _ in goals)
        why = count(
            "{lack}; {n} open goal needs it: {goals}",
            "{lack}; {n} open goals need it: {goals}",
            len(goals),
            lack=what,
            goals=with_more(tuple(_wish(*each) for each in goals[:SHOWN]), max(0, len(goals) - SHOWN)),
        )
        step = say("learn it, then say so in a log") if lack == _UNLEARNED else say("write and learn it next")
        places = tuple(dict.fromkeys(_place(edge) for _, edge in goals))
        yield Finding("prerequisites", Ref(name), urgency * weight, (why,), (step,), places)


def _wish(goal: Node, edge: Edge) -> Value:
    """Name a goal, and the note between if it does not need the thing itself."""
    if edge.source == goal.id:
        return Ref(goal.id)
    return say("{goal} (through {note})", goal=Ref(goal.id), note=Ref(edge.source))


def _needs(needs: Mapping[str, list[Edge]], goal: str) -> Iterator[Edge]:
    """Yield the edges that lead to everything a goal needs, one for each need; nearest first."""
    seen, todo = {goal}, [goal]
    for by in todo:
        for edge in needs.get(by, ()):
            if edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
                yield edge


def _lack(graph: KnowledgeGraph, node: Node, context: Context, *, logged: bool) -> tuple[Say, float] | None:
    """Say what a needed note lacks, and how much that weighs."""
    if node.kind == "missing":
        return _UNWRITTEN
    if is_stub(node, context.stub_words):
        return _STUB
    unlearned = logged and node.role == "knowledge" and not sources_of(graph, node.id, "learns", "applies")
    return _UNLEARNED if unlearned else None


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
