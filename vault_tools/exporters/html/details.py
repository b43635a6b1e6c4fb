"""What is said about each node: what search looks at, and what the panel and the modes show."""

import re
from collections.abc import Mapping, Sequence

from vault_tools.exporters.html.encoding import Record
from vault_tools.model.graph import Node
from vault_tools.model.note import Value

_LONGEST_VALUE = 400
_SHOWN_ELSEWHERE = frozenset({"alias", "aliases", "tag", "tags", "type"})
_LINKS = re.compile(r"\[\[[^\[\]]*\]\](?:, \[\[[^\[\]]*\]\])*")
"""A node with nothing but links is described by them."""


def index(nodes: Sequence[Node]) -> Record:
    """Return ids, aliases and tags of all nodes, for search and filters; lists of the nodes' length."""
    return {
        "ids": [node.id for node in nodes],
        "aliases": [list(node.note.aliases) if node.note else 0 for node in nodes],
        "tags": [list(dict.fromkeys(node.note.every_tag)) if node.note else 0 for node in nodes],
    }


def details(nodes: Sequence[Node]) -> list[Record]:
    """Return what the panel says of each node: `f` properties, `e` an excerpt, `w` words; what is empty is left out."""
    return [_details(node) for node in nodes]


def _details(node: Node) -> Record:
    note = node.note
    if note is None:
        return {}
    row: Record = {"w": note.words, "f": _properties(note.frontmatter or {}), "e": note.excerpt}
    return {key: value for key, value in row.items() if value}


def _properties(frontmatter: Mapping[str, Value]) -> list[tuple[str, str]]:
    rows = ((str(key), as_text(value)) for key, value in frontmatter.items())
    return [(key, value) for key, value in rows if key.lower() not in _SHOWN_ELSEWHERE and not _LINKS.fullmatch(value)]


def as_text(value: Value) -> str:
    """Return a property's value as a reader would write it."""
    text = _whole_text(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def _whole_text(value: Value) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(as_text(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {as_text(part)}".rstrip() for key, part in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
