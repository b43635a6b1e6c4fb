"""The map itself, all that is drawn at first: nodes and edges as columns, the most important first."""

from collections.abc import Sequence

from vault_tools.dialect.choices import FILE, read
from vault_tools.exporters.html import legend_rows
from vault_tools.exporters.html.columns import (
    edge_columns,
    folder_of,
    kind_of,
    link_counts,
    node_columns,
    size_columns,
)
from vault_tools.exporters.html.drawn_places import map_columns, respelled
from vault_tools.exporters.html.encoding import Record
from vault_tools.exporters.html.options import choices_in_page
from vault_tools.map.layout import places
from vault_tools.model.export import Analysis, ExportContext
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Term
from vault_tools.model.visible import visible_name
from vault_tools.ours import GRAPH_PAGE

_LATER = frozenset({"attachment", "tag"})


def by_importance(graph: KnowledgeGraph) -> list[Node]:
    """Return all nodes, the most linked first; tags and attachments, which are hidden at first, behind the others."""
    count = link_counts(graph)
    return sorted(graph.nodes.values(), key=lambda node: (kind_of(node) in _LATER, -count[node.id], node.id))


def core(graph: KnowledgeGraph, nodes: Sequence[Node], context: ExportContext, analysis: Analysis) -> Record:
    """Return what the page draws, which `templates/graph/base/data.js` reads.

    The columns of nodes are in the order of `nodes`, `from` and `to` are positions in it. A day counts from 1900-01-01
    (0: unknown), a group, a stage and a community from 1 (0: none).
    """
    arranged = places(graph, respelled(context.before, graph.nodes))
    rows = _legend(graph, nodes, context, analysis)
    options = read(context.assets[FILE])
    return {
        "named": context.named,
        "folder": context.folder,
        "page": GRAPH_PAGE,
        "language": context.language,
        "view": context.view,
        "names_only": context.names_only,
        "choices": choices_in_page(options, nodes, context),
        **rows,
        "names": [visible_name(node.title) for node in nodes],
        "nodes": {**node_columns(nodes, rows, options.kinds, context, analysis), **size_columns(graph, nodes)},
        **map_columns(graph, nodes, arranged),
        "edges": edge_columns(graph, nodes, rows["relations"]),
    }


def _legend(graph: KnowledgeGraph, nodes: Sequence[Node], context: ExportContext, analysis: Analysis) -> Record:
    """What columns and edges count by: the rows of each kind."""
    stages = legend_rows.in_order({*analysis.learning.facts.stages.values()}, graph.vocabulary.words.get("stages", {}))
    return {
        "types": legend_rows.types(graph, nodes, analysis),
        "relations": legend_rows.relations(graph, graph.edges, analysis),
        "folders": sorted(set(map(folder_of, nodes))),
        "stages": [{"n": name, "l": analysis.format_text(Term("stage", name))} for name in stages],
        "groups": [{"q": query, "c": legend_rows.color(color, query)} for query, color in context.groups],
    }
