"""What the page says where it cannot be drawn: a list of gaps and of all notes, in plain HTML."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from posixpath import dirname

from vault_tools.exporters.html.packing import Record, clean
from vault_tools.model.graph import Node

_MOST_GAPS = 100
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)
"""What is written from right to left, or commands it: it must not turn what stands beside it."""


def plain(nodes: Sequence[Node], gaps: Sequence[Record]) -> str:
    """Return the list as HTML; every text of the vault in it is escaped."""
    return "".join((*_gaps(nodes, gaps), *_notes(nodes)))


def _gaps(nodes: Sequence[Node], gaps: Sequence[Record]) -> Iterator[str]:
    for group in gaps:
        rows = "".join(_gap(nodes[row["i"]].title, row) for row in group["r"][:_MOST_GAPS])
        yield f"<h3>{_safe(group['l'])} ({len(group['r'])})</h3><ul>{rows}</ul>"


def _gap(title: str, row: Record) -> str:
    said = ". ".join(_safe(text) for text in (row["y"], row["s"]) if text)
    return f'<li><b dir="auto">{_safe(title)}</b>{said and f" – {said}"}</li>'


def _notes(nodes: Sequence[Node]) -> Iterator[str]:
    """Names by folder, in one paragraph each: ten thousand rows would cost the page more than the map does."""
    written = sorted((dirname(node.id), node.title) for node in nodes if node.kind in ("note", "canvas"))
    for folder, found in groupby(written, lambda row: row[0]):
        names = " · ".join(_name(title) for _, title in found)
        yield f'<h3 dir="auto">{_safe(folder) or "/"}</h3><p>{names}</p>'


def _name(title: str) -> str:
    return f"<bdi>{_safe(title)}</bdi>" if _TURNING.search(title) else _safe(title)


def _safe(text: str) -> str:
    return escape(clean(text), quote=False)
