"""What the page says where the map cannot be drawn: why, what is missing, and all notes by folder, in plain HTML."""

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from posixpath import dirname

from vault_tools.exporters.html.encoding import Record
from vault_tools.model.export import ExportContext
from vault_tools.model.graph import WRITTEN, Node
from vault_tools.model.speech import form
from vault_tools.model.visible import visible
from vault_tools.words import Words

_MOST_GAPS = 100
"""Of one kind: the list is for reading, and the reports name them all."""


def plain(nodes: Sequence[Node], gaps: Sequence[Record], context: ExportContext) -> str:
    """Return the list as HTML; every text of the vault in it is escaped."""
    words = context.words
    name = _safe(context.named) or _said("map.plain.vault", words)
    return "".join(
        (
            *_reasons(words),
            f'<h1 dir="auto">{name}</h1>',
            *_gaps(nodes, gaps, words),
            *_notes(nodes, words),
        )
    )


def _reasons(words: Words) -> Iterator[str]:
    """Why there is a list: without scripts the first shows itself, and `head.js` shows one of the others."""
    off = _said("map.plain.no-script", words)
    old = _said("map.plain.old-browser", words)
    fault = _said("map.plain.failed", words)
    yield f"<noscript><p>{off}</p></noscript>"
    yield f'<p class="why old" role="alert">{old}</p><p class="why fault" role="alert">{fault}</p>'


def _gaps(nodes: Sequence[Node], gaps: Sequence[Record], words: Words) -> Iterator[str]:
    if gaps:
        yield f"<h2>{_said('map.plain.gaps', words)}</h2>"
    for group in gaps:
        rows = "".join(_gap(nodes[row["i"]].title, row, words) for row in group["r"][:_MOST_GAPS])
        yield f"<h3>{_counted(_safe(group['l']), len(group['r']), words)}</h3><ul>{rows}</ul>"


def _gap(title: str, row: Record, words: Words) -> str:
    why, step = _safe(row["y"]), _safe(row["s"])
    text = _said("map.plain.gap", words).format(why=why, step=step) if why and step else why or step
    colon = _said("common.colon", words)
    return f'<li><b dir="auto">{_safe(title)}</b>{colon}<span dir="auto">{text}</span></li>'


def _notes(nodes: Sequence[Node], words: Words) -> Iterator[str]:
    """Names by folder, in one paragraph each: ten thousand rows would cost the page more than the map does."""
    written = sorted((dirname(node.id), node.title) for node in nodes if node.kind in WRITTEN)
    if not written:
        yield f"<p>{_said('map.plain.empty', words)}</p>"
        return
    yield f"<h2>{_counted(_said('map.plain.notes', words), len(written), words)}</h2>"
    for folder, rows in groupby(written, lambda row: row[0]):
        names = " · ".join(_name(title) for _, title in rows)
        yield f'<h3 dir="auto">{_safe(folder) or "/"}</h3><p dir="auto">{names}</p>'


def _name(title: str) -> str:
    """A name among others, kept apart if it may turn the writing round."""
    turns = any(unicodedata.bidirectional(sign) in _TURNING for sign in title if sign > "\u02ff")
    return f"<bdi>{_safe(title)}</bdi>" if turns else _safe(title)


_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})


def _counted(what: str, number: int, words: Words) -> str:
    return _said("map.plain.counted", words).format(what=what, n=number)


def _said(id_: str, words: Words) -> str:
    return _safe(form(words, id_))


def _safe(text: str) -> str:
    return escape(visible(text))
