"""What the page says where it cannot be drawn: a list of gaps and of all notes, in plain HTML."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from posixpath import dirname

from vault_tools.exporters.html.packing import Record
from vault_tools.model.export import Surroundings
from vault_tools.model.graph import Node

_MOST_GAPS = 200


def plain(nodes: Sequence[Node], gaps: Sequence[Record], around: Surroundings) -> str:
    """Return the list as HTML; every text of the vault in it is escaped."""
    return "".join((*_gaps(nodes, gaps, around.words), *_notes(nodes, around.words)))


def _gaps(nodes: Sequence[Node], gaps: Sequence[Record], words: Mapping[str, str]) -> Iterator[str]:
    for group in gaps:
        rows = "".join(_gap(nodes[row["i"]].title, row) for row in group["r"][:_MOST_GAPS])
        yield f"<h3>{_safe(group['l'])} ({len(group['r'])})</h3><ul>{rows}</ul>"


def _gap(title: str, row: Record) -> str:
    return f'<li><b dir="auto">{_safe(title)}</b> – {_safe(row["y"])}. {_safe(row["s"])}</li>'


def _notes(nodes: Sequence[Node], words: Mapping[str, str]) -> Iterator[str]:
    """Names by folder, in one paragraph each: ten thousand rows would cost the page more than the map does."""
    written = sorted((dirname(node.id), node.title) for node in nodes if node.kind in ("note", "canvas"))
    for folder, found in groupby(written, lambda row: row[0]):
        names = " · ".join(f"<bdi>{_safe(title)}</bdi>" for _, title in found)
        yield f'<h3 dir="auto">{_safe(folder) or "/"}</h3><p>{names}</p>'


def _safe(text: str) -> str:
    return escape(text).encode("utf-8", "replace").decode()
