"""The map itself, all that is drawn at first: nodes and edges as columns, the most important first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise
from posixpath import dirname

import numpy as np

from vault_tools.dialect.choices import FILE, read
from vault_tools.dialect.mentions import is_attachment
from vault_tools.dialect.query import first_found
from vault_tools.exporters.html import legend
from vault_tools.exporters.html.communities import communities
from vault_tools.exporters.html.options import choices_in_page
from vault_tools.exporters.html.packing import Record, clean, column, numbers
from vault_tools.map.layout import dot_radii, places
from vault_tools.map.rank import ranks
from vault_tools.map.ties import links, marks, summed
from vault_tools.model.export import Known, Surroundings
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.places import Places, farthest
from vault_tools.model.text import Term
from vault_tools.model.visible import visible_name

_EIGHTHS = 8
"""Radii are given in eighths of a map unit."""
_EPOCH = date(1900, 1, 1).toordinal()
_LATER = frozenset({"attachment", "tag"})


def by_importance(graph: KnowledgeGraph) -> list[Node]:
    """Return all nodes, the most linked first; tags and attachments, which are hidden at first, behind the others."""
    count = _links(graph)
    return sorted(graph.nodes.values(), key=lambda node: (_kind(node) in _LATER, -count[node.id], node.id))


def core(graph: KnowledgeGraph, nodes: Sequence[Node], around: Surroundings, known: Known) -> Record:
    """Return what the page draws, which `templates/graph/data.js` reads.

    The columns of nodes are in the order of `nodes`, `from` and `to` are positions in it. A day counts from 1900-01-01
    (0: unknown), a group, a stage and a community from 1 (0: none).
    """
    stood = places(graph, respelled(around.before, graph.nodes))
    rows = _legend(graph, nodes, around, known)
    options = read(around.assets[FILE])
    return {
        "named": around.named,
        "folder": around.folder,
        "language": around.language,
        "view": around.view,
        "names_only": around.names_only,
        "choices": choices_in_page(options, nodes, around),
        **rows,
        "names": [visible_name(node.title) for node in nodes],
        "nodes": {**_traits(nodes, rows, options.kinds, around, known), **_sizes(graph, nodes)},
        **_map(graph, nodes, stood),
        "edges": _edges(graph, nodes, rows["relations"]),
    }


def _legend(graph: KnowledgeGraph, nodes: Sequence[Node], around: Surroundings, known: Known) -> Record:
    """What columns and edges count by: the rows of each kind."""
    stages = legend.in_order({*known.learning.facts.stages.values()}, graph.vocabulary.words.get("stages", {}))
    return {
        "types": legend.types(graph, nodes, known),
        "relations": legend.relations(graph, graph.edges, known),
        "folders": sorted(set(map(_folder, nodes))),
        "stages": [{"n": name, "l": known.speak(Term("stage", name))} for name in stages],
        "groups": [{"q": query, "c": legend.color(color, query)} for query, color in around.groups],
    }


# ---------------------------------------------------------------- places


def _map(graph: KnowledgeGraph, nodes: Sequence[Node], stood: Places) -> Record:
    """Places from the upper left corner, and communities with their names."""
    spot = {id_: number for number, id_ in enumerate(stood.ids)}
    order = [spot[node.id] for node in nodes]
    corner = min(stood.x, default=0), min(stood.y, default=0)
    home = [stood.communities[at] for at in order]
    return {
        "corner": corner,
        "late": column(np.flatnonzero([stood.late[at] for at in order])),
        "communities": communities(graph, nodes, home),
        "map": {
            "x": column([stood.x[at] - corner[0] for at in order]),
            "y": column([stood.y[at] - corner[1] for at in order]),
            "community": column([community + 1 for community in home]),
        },
    }


def places_in(page: Record, ids: Sequence[str]) -> Places:
    """Return the places of an earlier map: its core, and the ids of its nodes.

    Raises ValueError, TypeError or LookupError if vault-tools did not write them.
    """
    left, top = (_whole(value) for value in page["corner"])
    if not all(isinstance(id_, str) for id_ in ids):
        raise TypeError("not a name")
    columns = (numbers(page["map"][name]) for name in ("x", "y", "community"))
    late = set(numbers(page["late"]))
    if not late <= set(range(len(ids))):
        raise ValueError("a node that is none")
    rows = sorted(zip(ids, *columns, _ties(page, ids), (at in late for at in range(len(ids))), strict=True))
    if any(one[0] == other[0] for one, other in pairwise(rows)):
        raise ValueError("two nodes of one name")
    most = farthest(len(rows))
    if any(max(abs(left + x), abs(top + y)) > most or community > len(rows) for _, x, y, community, *_ in rows):
        raise ValueError("too far away")
    return Places(
        tuple(id_ for id_, *_ in rows),
        tuple(left + x for _, x, *_ in rows),
        tuple(top + y for _, _, y, *_ in rows),
        tuple(community - 1 for _, _, _, community, *_ in rows),
        tuple(is_late for *_, is_late in rows),
        tuple(tie for *_, tie, _ in rows),
    )


def _ties(page: Record, ids: Sequence[str]) -> list[int]:
    """The marks of each node's neighbours, which the edges of the page tell."""
    ends = [np.array(numbers(page["edges"][name]), np.int64) for name in ("from", "to")]
    if any(some.max(initial=-1) >= len(ids) for some in ends):
        raise ValueError("an edge that ends nowhere")
    found: list[int] = marks(ids, summed(len(ids), ends[0], ends[1], np.ones_like(ends[0]))).tolist()
    return found


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def respelled(before: Places | None, ids: Iterable[str]) -> Places | None:
    """Return earlier places with the names that no file can hold as they are in the vault: a page has them cleaned."""
    if before is None:
        return None
    odd = {clean(id_): id_ for id_ in ids if not id_.isascii() and clean(id_) != id_}
    return replace(before, ids=tuple(odd.get(id_, id_) for id_ in before.ids)) if odd else before


# ---------------------------------------------------------------- columns


def _traits(nodes: Sequence[Node], rows: Record, kinds: Sequence[str], around: Surroundings, known: Known) -> Record:
    """What each node is, by the numbers of the legend's rows."""
    types, stages = ([row["n"] for row in rows[kind]] for kind in ("types", "stages"))
    reached = known.learning.facts.stages
    queries = [query for query, _ in around.groups]
    return {
        "kind": column([kinds.index(_kind(node)) for node in nodes]),
        "type": column(_numbered(types, [node.type for node in nodes])),
        "folder": column(_numbered(rows["folders"], map(_folder, nodes))),
        "stage": column(_numbered(["", *stages], [reached.get(node.id, "") for node in nodes])),
        "day": column([_day(known.created.get(node.id)) for node in nodes]),
        "group": column(first_found(queries, nodes, around.text)),
    }


def _sizes(graph: KnowledgeGraph, nodes: Sequence[Node]) -> Record:
    """Radii by number of links, and by PageRank: on the whole map the two weigh the same."""
    count, rank = _links(graph), ranks(graph)
    scale = len(graph.edges) * 2
    by_links = np.array([count[node.id] for node in nodes], np.int64)
    by_rank = np.array([round(rank[node.id] * scale) for node in nodes], np.int64)
    return {
        name: column((_EIGHTHS * dot_radii(many)).round().astype(np.int64))
        for name, many in (("size", by_links), ("rank", by_rank))
    }


def _links(graph: KnowledgeGraph) -> dict[str, int]:
    return dict(zip(graph.nodes, links(graph).tolist(), strict=True))


def _edges(graph: KnowledgeGraph, nodes: Sequence[Node], relations: Sequence[Record]) -> Record:
    """Ends and relation of each edge: those that mean something first, then those between the most linked."""
    position = {node.id: number for number, node in enumerate(nodes)}
    number = {legend.key(row): at for at, row in enumerate(relations)}
    edges = graph.edges
    ends = np.fromiter(chain.from_iterable((position[edge.source], position[edge.target]) for edge in edges), np.int64)
    relation = np.fromiter((number[edge.namespace, edge.relation] for edge in edges), np.int64)
    plain = np.array([not row["s"] for row in relations] or [False])[relation]
    source, target = ends[::2], ends[1::2]
    order = np.lexsort((np.maximum(source, target), plain))
    return {"from": column(source[order]), "to": column(target[order]), "relation": column(relation[order])}


def _numbered(names: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """The number of each name; 0 for one that is not among them."""
    number = {name: at for at, name in enumerate(names)}
    return [number.get(name, 0) for name in wanted]


def _kind(node: Node) -> str:
    """The kind of a node; a missing picture is one attachment more, and no note that somebody might write."""
    return "attachment" if node.kind == "missing" and is_attachment(node.title) else node.kind


def _folder(node: Node) -> str:
    return "" if node.kind in ("tag", "missing") else dirname(node.id)


def _day(day: date | None) -> int:
    return max(0, day.toordinal() - _EPOCH) if day else 0
