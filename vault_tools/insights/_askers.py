"""Which notes need a note, how much, and the words for it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from vault_tools.insights._selection import by_source
from vault_tools.model.graph import STRUCTURAL, Edge, KnowledgeGraph
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


def demand(graph: KnowledgeGraph, edges_by_asker: Mapping[str, list[Edge]]) -> float:
    """Return how strongly a node is needed: each note's strongest relation to it, times its role's weight."""
    return sum(
        max(weight(graph, edge.relation) for edge in edges) * _ROLE_WEIGHT.get(graph.nodes[source].role, 1.0)
        for source, edges in edges_by_asker.items()
    )


def weight(graph: KnowledgeGraph, relation: str) -> float:
    """Return how strongly a relation asks for its target; a plain link asks once."""
    rule = graph.vocabulary.relations.get(relation)
    return rule.weight if rule else 1.0


def format_askers(graph: KnowledgeGraph, edges_by_asker: Mapping[str, list[Edge]]) -> Say:
    """Say who needs it, with the relations and how often each: `requires ×3, plain links ×10`."""
    counts = _relations(edges_by_asker)
    if set(counts) == {_PLAIN}:
        return say("asked.links-only", n=len(edges_by_asker))
    ranked = sorted(counts, key=lambda name: (name == _PLAIN, -weight(graph, name), -counts[name], name))
    ways = tuple(_times(name, counts[name]) for name in ranked)
    return say("asked.by-notes", n=len(edges_by_asker), ways=ways)


def _relations(edges_by_asker: Mapping[str, list[Edge]]) -> Counter[str]:
    """Count how many notes ask by each typed relation; a note without one asks by a plain link."""
    counts: Counter[str] = Counter()
    for edges in edges_by_asker.values():
        relations = {edge.relation for edge in edges} - STRUCTURAL
        counts.update(relations or {_PLAIN})
    return counts


def _times(relation: str, times: int) -> Say:
    if relation == _PLAIN:
        return say("asked.link-times", times=times)
    return say("asked.relation-times", relation=Term("relation", relation), times=times)


def evidence(edges_by_asker: Mapping[str, list[Edge]]) -> tuple[Ref, ...]:
    """Return one place for each note that asks: a typed one if there is any, in the asking note if it can be."""
    return tuple(_evidence(source, edges) for source, edges in sorted(edges_by_asker.items()))


def _evidence(source: str, edges: Iterable[Edge]) -> Ref:
    best = min(edges, key=lambda edge: (edge.relation in STRUCTURAL, edge.relation))
    place = next((place for place in best.places if place.note == source), best.places[0])
    return Ref(place.note, line=place.line)
