"""What the legend shows: types, relations and communities, with names, colours and counts."""

import colorsys
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vault_tools.exporters.html.encoding import Record
from vault_tools.model.export import Analysis
from vault_tools.model.graph import WRITTEN, Edge, KnowledgeGraph, Node
from vault_tools.model.text import Term
from vault_tools.model.vocabulary import Relation

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DASHES: tuple[tuple[int, ...], ...] = (
    (),
    (9, 4),
    (2, 3),
    (9, 3, 2, 3),
    (5, 2),
    (14, 5),
    (9, 3, 2, 3, 2, 3),
    (3, 6),
    (14, 3, 4, 3),
    (5, 2, 1, 2),
    (1, 5),
    (18, 4, 2, 4),
)


def types(graph: KnowledgeGraph, nodes: Iterable[Node], analysis: Analysis) -> list[Record]:
    """Return a row for each type in use, in the order of the vocabulary: name, what it is called, colour, notes."""
    counts = Counter(node.type for node in nodes if node.kind in WRITTEN)
    rows = graph.vocabulary.types
    return [
        {
            "n": name,
            "l": analysis.format_text(Term("type", name)),
            "c": color(rows[name].color if name in rows else "", name),
            "m": counts[name],
        }
        for name in in_order(counts, rows)
    ]


def relations(graph: KnowledgeGraph, edges: Sequence[Edge], analysis: Analysis) -> list[Record]:
    """Return a row for each relation in use: semantic ones as the vocabulary orders them, then the frequent first."""
    semantic = Counter(edge.relation for edge in edges if edge.namespace == "semantic")
    structural = Counter(edge.relation for edge in edges if edge.namespace == "structural")
    often = sorted(structural, key=lambda name: (-structural[name], name))
    return [
        _relation(graph, analysis, name, counts[name], turn, semantic=counts is semantic)
        for counts, names in ((semantic, in_order(semantic, graph.vocabulary.relations)), (structural, often))
        for turn, name in enumerate(names)
    ]


def _relation(graph: KnowledgeGraph, analysis: Analysis, name: str, count: int, turn: int, *, semantic: bool) -> Record:
    """Name, what it is called from either end, colour, dashes, number of edges, semantic or not, arrow or not."""
    row = graph.vocabulary.relations.get(name, Relation(name))
    inverse = name if row.symmetric else row.inverse
    return {
        "n": name,
        "l": analysis.format_text(Term("relation", name)),
        "i": inverse and analysis.format_text(Term("relation", inverse)),
        "c": color(row.color, name),
        "d": _DASHES[turn % len(_DASHES)],
        "m": count,
        "s": int(semantic),
        "a": int(not row.symmetric),
    }


def key(row: Record) -> tuple[str, str]:
    """Return the namespace and the name of a relation's row."""
    return ("semantic" if row["s"] else "structural"), row["n"]


def in_order(names: Iterable[str], analysis: Mapping[str, object]) -> list[str]:
    """Names in the order of the vocabulary, those it does not know after them."""
    order = {name: number for number, name in enumerate(analysis)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def color(text: str, name: str) -> str:
    """Return the colour if it is one, else a colour that belongs to the name."""
    if _COLOR.fullmatch(text):
        return text
    hue = zlib.crc32(name.encode("utf-8", "replace")) % 360 / 360
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.52, 0.45))
    return f"#{red:02x}{green:02x}{blue:02x}"
