"""Nodes and edges of a graph, chosen by role, by relation or by the node at an end."""

from collections.abc import Iterable, Iterator

from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.text import Ref


def with_role(graph: KnowledgeGraph, role: str) -> Iterator[Node]:
    """Yield the written notes of a role."""
    return (node for node in graph.nodes.values() if node.role == role and node.kind == "note")


def edges_to(graph: KnowledgeGraph, name: str, *relations: str) -> list[Edge]:
    """Return the edges of some relations that lead to a node."""
    return [edge for edge in graph.incoming.get(name, ()) if edge.relation in relations]


def edges_from(graph: KnowledgeGraph, name: str, *relations: str) -> list[Edge]:
    """Return the edges of some relations that leave a node."""
    return [edge for edge in graph.outgoing.get(name, ()) if edge.relation in relations]


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


def first_place(edge: Edge) -> Ref:
    """Return the first place where an edge is written."""
    return Ref(edge.places[0].note, line=edge.places[0].line)
