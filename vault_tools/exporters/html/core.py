"""The map itself, all that is drawn at first: nodes and edges as columns, the most important first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from posixpath import dirname

from vault_tools.dialect.uri import in_markdown, uri
from vault_tools.exporters.html import legend
from vault_tools.exporters.html.packing import Record, column, numbers
from vault_tools.graph.layout import dot_radius, places
from vault_tools.graph.query import first_found
from vault_tools.graph.rank import ranks
from vault_tools.model.export import Known, Surroundings
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.places import Places
from vault_tools.model.text import Term

KINDS = ("note", "canvas", "attachment", "tag", "missing")
_EIGHTHS = 8
"""Radii are given in eighths of a map unit."""
_EPOCH = date(1900, 1, 1).toordinal()
_LATER = frozenset({"attachment", "tag"})


def by_importance(graph: KnowledgeGraph) -> list[Node]:
    """Return all nodes, the most linked first; tags and attachments, which are hidden at first, behind the others."""
    links = _links(graph.edges)
    return sorted(graph.nodes.values(), key=lambda node: (node.kind in _LATER, -links[node.id], node.id))


def core(graph: KnowledgeGraph, nodes: Sequence[Node], around: Surroundings, known: Known) -> Record:
    """Return what the page draws; `templates/graph/data.js` reads it.

    The columns of nodes are in the order of `nodes`, `from` and `to` are positions in it. A day counts from 1900-01-01
    (0: unknown), a group, a stage and a community from 1 (0: none).
    """
    types = legend.types(graph, nodes, known)
    relations = legend.relations(graph, graph.edges, known)
    folders = sorted({_folder(node) for node in nodes})
    stages = sorted({*known.learning.facts.stages.values()})
    return {
        "vault": around.vault,
        "language": around.language,
        "open": in_markdown(uri(around.vault, "")),
        "view": around.view,
        "names_only": around.names_only,
        "today": known.learning.facts.today.toordinal() - _EPOCH,
        "types": types,
        "relations": relations,
        "folders": folders,
        "stages": [{"n": name, "l": known.speak(Term("stage", name))} for name in stages],
        "groups": [{"q": query, "c": legend.color(color, query)} for query, color in around.groups],
        "names": [node.title for node in nodes],
        "nodes": {
            "kind": column([KINDS.index(node.kind) for node in nodes]),
            "type": column(_numbered([row["n"] for row in types], [node.type for node in nodes])),
            "folder": column(_numbered(folders, map(_folder, nodes))),
            "stage": column(_numbered(["", *stages], [known.learning.facts.stages.get(node.id, "") for node in nodes])),
            "day": column([_day(known.created.get(node.id)) for node in nodes]),
            "group": column(first_found([query for query, _ in around.groups], nodes, around.text)),
            **_sizes(graph, nodes),
        },
        **_map(graph, nodes, around.before),
        "edges": _edges(graph.edges, nodes, relations),
    }


def places_in(page: Record, ids: Sequence[str]) -> Places:
    """Return the places of an earlier map: its core, and the ids of its nodes."""
    left, top = page["corner"]
    columns = (numbers(page["map"][name]) for name in ("x", "y", "community"))
    rows = sorted(zip(ids, *columns, strict=True))
    return Places(
        tuple(id_ for id_, *_ in rows),
        tuple(left + x for _, x, _, _ in rows),
        tuple(top + y for _, _, y, _ in rows),
        tuple(community - 1 for *_, community in rows),
        page["drift"],
    )


def _map(graph: KnowledgeGraph, nodes: Sequence[Node], before: Places | None) -> Record:
    """Places from the upper left corner, communities with their names, and what the next map has to know."""
    found = places(graph, before)
    spot = {id_: number for number, id_ in enumerate(found.ids)}
    order = [spot[node.id] for node in nodes]
    corner = min(found.x, default=0), min(found.y, default=0)
    home = [found.communities[at] for at in order]
    return {
        "corner": corner,
        "drift": found.drift,
        "communities": _communities(nodes, home),
        "map": {
            "x": column([found.x[at] - corner[0] for at in order]),
            "y": column([found.y[at] - corner[1] for at in order]),
            "community": column([community + 1 for community in home]),
        },
    }


def _communities(nodes: Sequence[Node], home: Sequence[int]) -> list[Record]:
    """A row for each community by its number: it is called after its most linked note."""
    counts = Counter(home)
    names: dict[int, str] = {}
    for node, community in zip(nodes, home, strict=True):
        names.setdefault(community, node.title)
    return [{"n": names.get(number, ""), "m": counts[number]} for number in range(max(counts, default=-1) + 1)]


def _sizes(graph: KnowledgeGraph, nodes: Sequence[Node]) -> Record:
    """Radii by number of links, and by PageRank: on the whole map the two weigh the same."""
    links = _links(graph.edges)
    by_links = [dot_radius(links[node.id]) for node in nodes]
    rank = ranks(graph)
    by_rank = [dot_radius(round(rank[node.id] * len(graph.edges) * 2)) for node in nodes]
    return {
        "size": column([round(_EIGHTHS * radius) for radius in by_links]),
        "rank": column([round(_EIGHTHS * radius) for radius in by_rank]),
    }


def _links(edges: Sequence[Edge]) -> Counter[str]:
    return Counter(end for edge in edges for end in {edge.source, edge.target})


def _edges(edges: Sequence[Edge], nodes: Sequence[Node], relations: Sequence[Record]) -> Record:
    """Ends and relation of each edge: those that mean something first, then those between the most linked."""
    position = {node.id: number for number, node in enumerate(nodes)}
    number = {legend.key(row): at for at, row in enumerate(relations)}
    rows = [
        (position[edge.source], position[edge.target], number[edge.namespace, edge.relation], edge.namespace)
        for edge in edges
    ]
    rows.sort(key=lambda row: (row[3] != "semantic", max(row[0], row[1])))
    return {
        "from": column([row[0] for row in rows]),
        "to": column([row[1] for row in rows]),
        "relation": column([row[2] for row in rows]),
    }


def _numbered(names: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """The number of each name; 0 for one that is not among them."""
    number = {name: at for at, name in enumerate(names)}
    return [number.get(name, 0) for name in wanted]


def _folder(node: Node) -> str:
    return "" if node.kind in ("tag", "missing") else dirname(node.id)


def _day(day: date | None) -> int:
    return max(0, day.toordinal() - _EPOCH) if day else 0
