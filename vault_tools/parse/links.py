"""The links of a note: as they are kept, and those of its properties."""

import unicodedata
from collections.abc import Iterator

from vault_tools.model.note import Link, Value
from vault_tools.parse.frontmatter import Frontmatter
from vault_tools.parse.inline import whole_link
from vault_tools.parse.inline.walk import InlineLink


def to_link(
    link: InlineLink, raw: str, line: int, column: int, key: str | None, *, in_front: bool = False, cell: bool = False
) -> Link:
    """Return a link with its place in the note; names are compared in NFC."""
    target, subpath = unicodedata.normalize("NFC", link.target), unicodedata.normalize("NFC", link.subpath)
    return Link(raw, target, subpath, link.display, link.embed, link.syntax, line, column, key, in_front, cell)


def property_links(front: Frontmatter) -> Iterator[Link]:
    """Yield the properties that are exactly one link and not an embed; their key is `a`, `a.0` or `a.b`."""
    if "[[" not in front.text and "](" not in front.text:
        return
    for name, key, text in _texts(front.values or {}):
        link = whole_link(text) if "[" in text else None
        if link is not None and not link.embed:
            yield to_link(link, text, front.places[name], -1, key, in_front=True)


def _texts(values: dict[str, Value]) -> Iterator[tuple[str, str, str]]:
    """Yield the texts in properties, at any depth: the name of the property, the key of the text, and the text."""
    todo: list[tuple[str, str, Value]] = [(key, key, value) for key, value in reversed(values.items())]
    while todo:
        name, key, value = todo.pop()
        if isinstance(value, str):
            yield name, key, value
        else:
            todo.extend((name, f"{key}.{part}", item) for part, item in reversed(_parts(value)))


def _parts(value: Value) -> list[tuple[str | int, Value]]:
    """Return the parts of a value with what names each of them."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []
