"""What insights share: who asks for a note, how loudly, and how that is said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from vault_tools.model.finding import Context
from vault_tools.model.graph import STRUCTURAL, Edge, KnowledgeGraph, Node
from vault_tools.model.learning import Status
from vault_tools.model.text import Ref, Say, Term, say

QUIET = frozenset({"template", "excluded"})
_PLAIN = "links"
"""What the links of a note without a typed relation are counted as."""
_ROLE_WEIGHT = {"log": 0.5, "reflection": 0.5, "index": 0.5, "goal": 1.5}


def askers(graph: KnowledgeGraph, name: str) -> dict[str, list[Edge]]:
    """Return the edges that lead to a node, by the note they come from.

    Templates and hidden notes do not ask, and what only the node itself says of others is no demand for it.
    """
    return by_source(edge for edge in graph.incoming.get(name, ()) if _asks(graph, edge))


def count_askers(graph: KnowledgeGraph, name: str) -> int:
    """Return how many notes ask for a node."""
    return len({edge.source for edge in graph.incoming.get(name, ()) if _asks(graph, edge)})


def _asks(graph: KnowledgeGraph, edge: Edge) -> bool:
    if edge.source == edge.target or graph.nodes[edge.source].role in QUIET:
        return False
    return edge.places[0].note != edge.target or any(place.note != edge.target for place in edge.places)


def demand(graph: KnowledgeGraph, name: str) -> float:
    """Return how strongly a node is needed: each note's strongest relation to it, times its role's weight."""
    return sum(
        max(weight(graph, edge.relation) for edge in edges) * _ROLE_WEIGHT.get(graph.nodes[source].role, 1.0)
        for source, edges in askers(graph, name).items()
    )


def weight(graph: KnowledgeGraph, relation: str) -> float:
    """Return how strongly a relation asks for its target; a plain link asks once."""
    known = graph.vocabulary.relations.get(relation)
    return known.weight if known else 1.0


def asked(graph: KnowledgeGraph, asking: Mapping[str, list[Edge]]) -> Say:
    """Say who needs it, with the relations and how often each: `requires ×3, plain links ×10`."""
    counts: Counter[str] = Counter()
    for edges in asking.values():
        typed = {edge.relation for edge in edges} - STRUCTURAL
        counts.update(typed or {_PLAIN})
    if set(counts) == {_PLAIN}:
        return say("asked.links-only", n=len(asking))
    ranked = sorted(counts, key=lambda name: (name == _PLAIN, -weight(graph, name), -counts[name], name))
    ways = tuple(_times(name, counts[name]) for name in ranked)
    return say("asked.by-notes", n=len(asking), ways=ways)


def _times(relation: str, times: int) -> Say:
    if relation == _PLAIN:
        return say("asked.link-times", times=times)
    return say("asked.relation-times", relation=Term("relation", relation), times=times)


def evidence(edges: Iterable[Edge]) -> tuple[Ref, ...]:
    """Return one place for each note that asks: a typed one if there is any, in the asking note if it can be."""
    found = []
    for source, asking in sorted(by_source(edges).items()):
        best = min(asking, key=lambda edge: (edge.relation in STRUCTURAL, edge.relation))
        place = next((place for place in best.places if place.note == source), best.places[0])
        found.append(Ref(place.note, line=place.line))
    return tuple(found)


def by_source(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """Return edges by the node that they leave."""
    groups: dict[str, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(edge.source, []).append(edge)
    return groups


def by_target(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """Return edges by the node that they lead to."""
    groups: dict[str, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(edge.target, []).append(edge)
    return groups


def with_role(graph: KnowledgeGraph, *roles: str) -> Iterator[Node]:
    """Yield the written notes of some roles."""
    return (node for node in graph.nodes.values() if node.role in roles and node.kind == "note")


def sources_of(graph: KnowledgeGraph, name: str, *relations: str) -> list[Edge]:
    """Return the edges of some relations that lead to a node."""
    return [edge for edge in graph.incoming.get(name, ()) if edge.relation in relations]


def targets_of(graph: KnowledgeGraph, name: str, *relations: str) -> list[Edge]:
    """Return the edges of some relations that leave a node."""
    return [edge for edge in graph.outgoing.get(name, ()) if edge.relation in relations]


def status(context: Context, goal: str) -> Status:
    """Return the status of a goal: `active`, `planned`, `finished` or `dropped`; active where it says nothing known."""
    known = context.learning.facts.goals.get(goal)
    return known.status if known else "active"
