"""Links to a file whose name no link can contain: in the graph they lead to the file and not to a missing name."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from vault_tools.graph.edges import EdgeKey, group_edges
from vault_tools.graph.missing import MISSING
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph, Node, Place

_LinkEnd = tuple[str, int, str]
"""Note, line, and the node that links on this line find."""
_Files = Mapping[_LinkEnd, tuple[str, ...]]
"""The files that links mean instead of the missing name that they find."""


def redirect_links(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return a graph in which no edge leads to a missing name if it means a file that no link can name.

    Edges to such a name lead to the file; a name without edges is no longer a node.
    What Obsidian records of the links stays unchanged in `resolved` and `unresolved`, and `broken` lists each.
    """
    files = _files_meant(graph.broken)
    if not files:
        return graph
    edges = group_edges(_places(graph, files))
    ends = edges.incoming.keys() | edges.outgoing.keys()
    return replace(
        graph,
        nodes={name: node for name, node in graph.nodes.items() if _is_shown(node, ends)},
        edges=tuple(edge for group in edges.outgoing.values() for edge in group),
        incoming=edges.incoming,
        outgoing=edges.outgoing,
        broken=tuple(map(_with_file_as_node, graph.broken)),
    )


def _files_meant(broken_link: Iterable[BrokenLink]) -> _Files:
    """Find the lines on which all links to a missing name mean files that no link can name."""
    files: dict[_LinkEnd, dict[str, None]] = {}
    other_meanings = set()
    for link in broken_link:
        end = (link.note, link.link.line, link.node)
        if _means_unreachable_file(link):
            files.setdefault(end, {})[link.meant[0]] = None
        elif link.node.startswith(MISSING):
            other_meanings.add(end)
    return {end: tuple(of_end) for end, of_end in files.items() if end not in other_meanings}


def _means_unreachable_file(broken_link: BrokenLink) -> bool:
    return broken_link.reason == "unreachable-name" and broken_link.node.startswith(MISSING)


def _places(graph: KnowledgeGraph, files: _Files) -> dict[EdgeKey, list[Place]]:
    """Return the places of all edges, those of redirected links at their new edges."""
    places: dict[EdgeKey, list[Place]] = {}
    for edge in graph.edges:
        for key, place in _redirected(edge, files):
            if key[0] in graph.nodes and key[2] in graph.nodes:
                places.setdefault(key, []).append(place)
    return {key: sorted(of_edge, key=lambda place: place.note) for key, of_edge in places.items()}


def _redirected(edge: Edge, files: _Files) -> Iterator[tuple[EdgeKey, Place]]:
    """Yield each place of an edge, with the edge that it belongs to."""
    for place in edge.places:
        for source in files.get((place.note, place.line, edge.source), (edge.source,)):
            for target in files.get((place.note, place.line, edge.target), (edge.target,)):
                yield (source, edge.relation, target, edge.namespace), place


def _is_shown(node: Node, ends: AbstractSet[str]) -> bool:
    return node.kind != "missing" or node.id in ends


def _with_file_as_node(broken_link: BrokenLink) -> BrokenLink:
    return replace(broken_link, node=broken_link.meant[0]) if _means_unreachable_file(broken_link) else broken_link
