"""The edges of a graph, by both of their ends; and the same edges with a few of them written elsewhere."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from vault_tools.model.graph import Edge, KnowledgeGraph, Namespace, Place

EdgeKey = tuple[str, str, str, Namespace]
"""What identifies an edge: source, relation, target, namespace; edges are sorted in this order."""
Groups = Mapping[str, tuple[Edge, ...]]
"""Edges by one of their ends; both the ends and the edges of each are in order."""
_SOURCE, _TARGET = 0, 2
"""The position of the ends in an edge's key."""


class EdgeGroups(NamedTuple):
    """All edges of a graph, by their targets and by their sources."""

    incoming: Groups
    outgoing: Groups


def group_edges(places: Mapping[EdgeKey, Iterable[Place]]) -> EdgeGroups:
    """Return the edges that are written at some places."""
    edges = [Edge(*key, tuple(of_edge)) for key, of_edge in sorted(places.items())]
    incoming: dict[str, list[Edge]] = {}
    for edge in edges:
        incoming.setdefault(edge.target, []).append(edge)
    return EdgeGroups(
        {target: tuple(incoming[target]) for target in sorted(incoming)},
        {source: tuple(group) for source, group in groupby(edges, attrgetter("source"))},
    )


def replace_places(
    graph: KnowledgeGraph, outdated: AbstractSet[str], places: Mapping[EdgeKey, Iterable[Place]]
) -> EdgeGroups:
    """Return a graph's edges without the places in the `outdated` notes, and with others in the order of notes."""
    remaining: dict[EdgeKey, list[Place]] = {}
    for edge in _edges_written_in(graph, outdated):
        remaining[_key(edge)] = [place for place in edge.places if place.note not in outdated]
    for key, new in places.items():
        old = remaining[key] if key in remaining else _places(graph, key)
        remaining[key] = sorted([*old, *new], key=lambda place: place.note)
    edges = {key: Edge(*key, tuple(of_edge)) if of_edge else None for key, of_edge in remaining.items()}
    return EdgeGroups(_replace_edges(graph.incoming, _TARGET, edges), _replace_edges(graph.outgoing, _SOURCE, edges))


def _edges_written_in(graph: KnowledgeGraph, notes: AbstractSet[str]) -> Iterator[Edge]:
    """Yield the edges that are written in some notes."""
    for edge in graph.edges if _have_arrows(graph, notes) else _edges_at(graph, notes):
        if any(place.note in notes for place in edge.places):
            yield edge


def _have_arrows(graph: KnowledgeGraph, notes: AbstractSet[str]) -> bool:
    """Tell whether some notes contain edges between two other notes: the arrows of a canvas."""
    nodes = (graph.nodes.get(path) for path in notes)
    return any(node.note.arrows for node in nodes if node is not None and node.note is not None)


def _edges_at(graph: KnowledgeGraph, notes: AbstractSet[str]) -> Iterator[Edge]:
    """Yield the edges that end in some notes, then those that begin there."""
    for path in notes:
        yield from graph.incoming.get(path, ())
    for path in notes:
        yield from graph.outgoing.get(path, ())


def _places(graph: KnowledgeGraph, key: EdgeKey) -> Collection[Place]:
    """Return where an edge is written; nothing if there is none."""
    group = graph.outgoing.get(key[0], ())
    at = bisect_left(group, key, key=_key)
    return group[at].places if at < len(group) and _key(group[at]) == key else ()


def _replace_edges(groups: Groups, end: int, edges: Mapping[EdgeKey, Edge | None]) -> Groups:
    """Replace edges by others, or by nothing; `end` is the part of an edge's key by which they are grouped."""
    changes: dict[str, dict[EdgeKey, Edge | None]] = {}
    for key, edge in edges.items():
        changes.setdefault(key[end], {})[key] = edge
    merged = dict(groups)
    for name, changed in changes.items():
        both = {_key(edge): edge for edge in groups.get(name, ())} | changed
        merged[name] = tuple(edge for key in sorted(both) if (edge := both[key]) is not None)
    return {name: merged[name] for name in sorted(merged) if merged[name]}


def _key(edge: Edge) -> EdgeKey:
    return edge.source, edge.relation, edge.target, edge.namespace
