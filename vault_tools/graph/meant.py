"""A graph in which links point to the file that they mean, even if its name makes it unreachable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from vault_tools.graph.change import whole
from vault_tools.graph.gather import MISSING, Key
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph, Place

_Ends = Mapping[tuple[str, int, str], tuple[str, ...]]
"""The files that links on a line of a note mean, by the node that they find instead: (note, line, node)."""


def as_meant(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return a graph in which no edge leads to a missing name if it means a file that no link can name.

    Edges to such a name lead to the file; a name without edges is no longer a node.
    What Obsidian records of the links stays unchanged in `resolved` and `unresolved`, and `broken` lists each.
    """
    ends = _ends(graph.broken)
    if not ends:
        return graph
    places: dict[Key, list[Place]] = {}
    for edge in graph.edges:
        for key, place in _led(edge, ends):
            places.setdefault(key, []).append(place)
    ours = {key: found for key, found in places.items() if key[0] in graph.nodes and key[2] in graph.nodes}
    edges = whole({key: sorted(found, key=lambda place: place.note) for key, found in ours.items()})
    asked = edges.incoming.keys() | edges.outgoing.keys()
    return replace(
        graph,
        nodes={name: node for name, node in graph.nodes.items() if node.kind != "missing" or name in asked},
        edges=tuple(edge for group in edges.outgoing.values() for edge in group),
        incoming=edges.incoming,
        outgoing=edges.outgoing,
        broken=tuple(_judged(each) for each in graph.broken),
    )


def _ends(broken: Iterable[BrokenLink]) -> _Ends:
    """Find the lines on which all links to a missing name mean files that no link can name."""
    found: dict[tuple[str, int, str], dict[str, None]] = {}
    asked = set()
    for each in broken:
        place = (each.note, each.link.line, each.node)
        if not each.node.startswith(MISSING):
            continue
        if each.reason == "unreachable-name":
            found.setdefault(place, {})[each.meant[0]] = None
        else:
            asked.add(place)
    return {place: tuple(files) for place, files in found.items() if place not in asked}


def _led(edge: Edge, ends: _Ends) -> Iterator[tuple[Key, Place]]:
    """Yield each place of an edge, with the edge that it belongs to."""
    for place in edge.places:
        for source in ends.get((place.note, place.line, edge.source), (edge.source,)):
            for target in ends.get((place.note, place.line, edge.target), (edge.target,)):
                yield (source, edge.relation, target, edge.namespace), place


def _judged(broken: BrokenLink) -> BrokenLink:
    is_missing = broken.reason == "unreachable-name" and broken.node.startswith(MISSING)
    return replace(broken, node=broken.meant[0]) if is_missing else broken
