"""Nodes and edges as columns of numbers, the most important first."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from posixpath import dirname

import numpy as np

from vault_tools.dialect.mentions import is_attachment
from vault_tools.dialect.query import first_found
from vault_tools.exporters.html import legend_rows
from vault_tools.exporters.html.encoding import Record, column
from vault_tools.map.layout import dot_radii
from vault_tools.map.rank import ranks
from vault_tools.map.ties import links
from vault_tools.model.export import Analysis, ExportContext
from vault_tools.model.graph import KnowledgeGraph, Node

_EIGHTHS = 8
"""Radii are given in eighths of a map unit."""
_EPOCH = date(1900, 1, 1).toordinal()


def node_columns(
    nodes: Sequence[Node], rows: Record, kinds: Sequence[str], context: ExportContext, analysis: Analysis
) -> Record:
    """Return what each node is, by the numbers of the legend's rows."""
    types = [row["n"] for row in rows["types"]]
    stages = ["", *(row["n"] for row in rows["stages"])]
    reached = analysis.learning.facts.stages
    return {
        "kind": column([kinds.index(kind_of(node)) for node in nodes]),
        "type": column(_numbered(types, (node.type for node in nodes))),
        "folder": column(_numbered(rows["folders"], map(folder_of, nodes))),
        "stage": column(_numbered(stages, (reached.get(node.id, "") for node in nodes))),
        "day": column([_day(analysis.created.get(node.id)) for node in nodes]),
        "group": column(first_found([query for query, _ in context.groups], nodes, context.text)),
    }


def size_columns(graph: KnowledgeGraph, nodes: Sequence[Node]) -> Record:
    """Return radii by number of links, and by PageRank: on the whole map the two weigh the same."""
    count, rank = link_counts(graph), ranks(graph)
    scale = len(graph.edges) * 2
    by_links = np.array([count[node.id] for node in nodes], np.int64)
    by_rank = np.array([round(rank[node.id] * scale) for node in nodes], np.int64)
    return {
        name: column((_EIGHTHS * dot_radii(many)).round().astype(np.int64))
        for name, many in (("size", by_links), ("rank", by_rank))
    }


def link_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """Return the number of links of each node, by its id."""
    return dict(zip(graph.nodes, links(graph).tolist(), strict=True))


def edge_columns(graph: KnowledgeGraph, nodes: Sequence[Node], relations: Sequence[Record]) -> Record:
    """Return ends and relation of each edge: those that mean something first, then those between the most linked."""
    position = {node.id: number for number, node in enumerate(nodes)}
    number = {legend_rows.key(row): at for at, row in enumerate(relations)}
    edges = graph.edges
    ends = np.fromiter(chain.from_iterable((position[edge.source], position[edge.target]) for edge in edges), np.int64)
    relation = np.fromiter((number[edge.namespace, edge.relation] for edge in edges), np.int64)
    plain = np.array([not row["s"] for row in relations] or [False])[relation]
    source, target = ends[::2], ends[1::2]
    order = np.lexsort((np.maximum(source, target), plain))
    return {"from": column(source[order]), "to": column(target[order]), "relation": column(relation[order])}


def _numbered(names: Sequence[str], values: Iterable[str]) -> list[int]:
    """The number of each name; 0 for one that is not among them."""
    number = {name: at for at, name in enumerate(names)}
    return [number.get(name, 0) for name in values]


def kind_of(node: Node) -> str:
    """Return the kind of a node; a missing picture is one attachment more, and no note that somebody might write."""
    return "attachment" if node.kind == "missing" and is_attachment(node.title) else node.kind


def folder_of(node: Node) -> str:
    """Return the folder of a file; "" for what is no file, and at the top of the vault."""
    return "" if node.kind in ("tag", "missing") else dirname(node.id)


def _day(day: date | None) -> int:
    return max(0, day.toordinal() - _EPOCH) if day else 0
