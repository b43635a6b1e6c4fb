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
    return filled if _outside(filled) == _outside(bare) else None


def without_contents(text: str, regions: Sequence[Region]) -> str:
    """Return a note's text without the contents of its regions."""
    return "".join(_pieces(text, regions))


def _outside(text: str) -> tuple[list[str], list[str]]:
    """Return what a text says outside its regions: the pieces between them, and links, tags and headings there."""
    note = parse(Source("", text, ""))
    parts = (
        *((link.line, link.raw) for link in note.links),
        *((tag.line, tag.name) for tag in note.body_tags),
        *((heading.line, heading.text) for heading in note.headings),
    )
    return _pieces(text, note.regions), [part for line, part in parts if not note.is_ours(line)]


def _pieces(text: str, regions: Sequence[Region]) -> list[str]:
    """Return the parts of a text that are before, between and after its regions."""
    starts = [0, *(region.end for region in regions)]
    ends = [*(region.start for region in regions), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _filled(text: str, regions: Sequence[Region], bodies: Sequence[str | None]) -> str:
    pieces, at = [], 0
    for region, body in zip(regions, bodies, strict=True):
        if body is not None:
            pieces += [text[at : region.start], _body(text, region, body)]
            at = region.end
    return "".join([*pieces, text[at:]])


def _body(text: str, region: Region, body: str) -> str:
    """Return the text between the markers: the body between blank lines, which separate it from the text around it."""
    lines = _trimmed(_LINE_END.split(_MARKER.sub(r"\\%\\%", body)))
    if not lines:
        return ""
    end = "\r\n" if text.endswith("\r\n", 0, region.start) else text[region.start - 1]
    blank = region.prefix.rstrip()
    return "".join((region.prefix + line if line.strip() else blank) + end for line in ("", *lines, ""))


def _trimmed(lines: list[str]) -> list[str]:
    """Return lines without the blank ones at their start and end."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []
