"""The one room that knows networkx: the public view of a graph, and its circles.

networkx takes a fifth of a second to import, so each function imports it when it is called.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.vocabulary import Relation

if TYPE_CHECKING:
    import networkx as nx


def view(graph: KnowledgeGraph) -> "nx.MultiDiGraph[str]":
    """Return a graph as a networkx MultiDiGraph, read-only.

    Nodes (vault path, `tag://…`, `missing://…`) carry `kind`, `title`, `type`, `role`, `tags`, `aliases`,
    `properties`. Edges have the relation as their key and carry `relation`, `namespace` (`structural`, `semantic`),
    `count`, and where they were written: `places`, a tuple of `Place(note, line, property, inverted)`.
    """
    import networkx as nx

    public: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes.values():
        public.add_node(node.id, **_node_attributes(node))
    for edge in graph.edges:
        public.add_edge(edge.source, edge.target, key=edge.relation, **_edge_attributes(edge))
    nx.freeze(public)
    return public


def _node_attributes(node: Node) -> dict[str, Any]:
    note = node.note
    return {
        "kind": node.kind,
        "title": node.title,
        "type": node.type,
        "role": node.role,
        "aliases": note.aliases if note else (),
        "tags": note.every_tag if note else (),
        "properties": (note.frontmatter or {}) if note else {},
    }


def _edge_attributes(edge: Edge) -> dict[str, Any]:
    return {
        "relation": edge.relation,
        "namespace": edge.namespace,
        "count": len(edge.places),
        "places": edge.places,
    }


def circles(graph: KnowledgeGraph, relation: Relation) -> list[tuple[Edge, ...]]:
    """Return a shortest circle of a relation for each knot in it, as the edges that make it, in order."""
    import networkx as nx

    edges = {(edge.source, edge.target): edge for edge in _must_not_circle(graph, relation)}
    walks = nx.DiGraph(list(edges))
    knots = [knot for knot in nx.strongly_connected_components(walks) if len(knot) > 1]
    loops = [[node] for node in nx.nodes_with_selfloops(walks)]
    rounds = sorted(loops + [_shortest(walks, knot) for knot in knots])
    return [tuple(edges[step] for step in zip(walk, [*walk[1:], walk[0]], strict=True)) for walk in rounds]


def _must_not_circle(graph: KnowledgeGraph, relation: Relation) -> Iterator[Edge]:
    """Yield the edges of a relation between types for which it must not form a circle."""
    types = set(relation.acyclic_types)
    for edge in graph.by_relation.get(relation.name, ()):
        if not types or types.issuperset({_kind(graph, edge.source), _kind(graph, edge.target)}):
            yield edge


def _kind(graph: KnowledgeGraph, name: str) -> str:
    node = graph.nodes[name]
    return node.role if node.role in {"knowledge", "topic", "goal"} else node.type


def _shortest(walks: "nx.DiGraph[str]", knot: set[str]) -> list[str]:
    """Return the shortest circle through the first node of a knot, by name."""
    import networkx as nx

    inside = walks.subgraph(knot)
    start = min(knot)
    steps = dict(nx.single_target_shortest_path_length(inside, start))
    walk = [start]
    while len(walk) == 1 or walk[-1] != start:
        walk.append(min(inside.successors(walk[-1]), key=lambda name: (steps[name], name)))
    return walk[:-1]
