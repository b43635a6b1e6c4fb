"""Fills the regions of a note again without changing any other byte of it."""

import re
from collections.abc import Callable, Sequence

from vault_tools.model.note import Region, Source
from vault_tools.parse.markers import MARK
from vault_tools.parse.note import parse

_LINE_END = re.compile(r"\r\n?|\n")
_MARKER = re.compile(r"%%(?=[ \t]*vault-tools:)")


def find(text: str) -> tuple[Region, ...]:
    """Return the regions of a note's text that can be filled, in order (see `parse.markers`)."""
    return parse(Source("", text, "")).regions if MARK in text else ()


def refresh(text: str, content: Callable[[Region], str | None]) -> str | None:
    """Return a note's text with its regions filled; a region stays unchanged if its `content` is None.

    A body is Markdown; it gets the line ends of the note, and the `>` signs of the quote around it. A marker in it is
    made harmless.

    Returns:
        None if the text around the regions would be read differently afterwards: a body opens a code block and does not
        close it, or a marker is indented so far that it would be code.
    """
    regions = find(text)
    bodies = [content(region) for region in regions]
    filled = _filled(text, regions, bodies)
    bare = _filled(text, regions, [body and "" for body in bodies])
    return filled if _around(filled) == _around(bare) else None


def beside(text: str, regions: Sequence[Region]) -> str:
    """Return a note's text without the contents of its regions."""
    return _filled(text, regions, [""] * len(regions))


def _around(text: str) -> tuple[list[str], list[str]]:
    """Return what a text says outside its regions: the pieces between them, and links, tags and headings there."""
    note = parse(Source("", text, ""))
    places = [0, *(place for region in note.regions for place in (region.start, region.end)), len(text)]
    pieces = [text[first:last] for first, last in zip(places[::2], places[1::2], strict=True)]
    found = (
        *((link.line, link.raw) for link in note.links),
        *((tag.line, tag.name) for tag in note.body_tags),
        *((heading.line, heading.text) for heading in note.headings),
    )
    return pieces, [what for line, what in found if not note.is_ours(line)]


def _filled(text: str, regions: Sequence[Region], bodies: Sequence[str | None]) -> str:
    pieces, at = [], 0
    for region, body in zip(regions, bodies, strict=True):
        if body is not None:
            pieces += [text[at : region.start], _body(text, region, body)]
            at = region.end
    return "".join([*pieces, text[at:]])


def _body(text: str, region: Region, body: str) -> str:
    """Return the text between the markers: the body between blank lines, which separate it from the text around it."""
    lines = _LINE_END.split(_MARKER.sub(r"\\%\\%", body))
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    if not lines:
        return ""
    end = "\r\n" if text.endswith("\r\n", 0, region.start) else text[region.start - 1]
    blank = region.prefix.rstrip()
    return "".join((region.prefix + line if line.strip() else blank) + end for line in ("", *lines, ""))
