"""What the text of a note holds: links, tags, headings, blocks, footnotes, fields and addresses."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from vault_tools.model.note import Block, Field, Heading, Link, Region, Tag, within
from vault_tools.parse import fields, literals
from vault_tools.parse.inline import scan
from vault_tools.parse.inline.walk import InlineLink, Scan
from vault_tools.parse.leaf import Leaf
from vault_tools.parse.links import to_link
from vault_tools.parse.positions import Columns, join_lines, line_starts, place

_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]+)\Z", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_LIVE = re.compile(r"[\[\]#<]|://")

Span = tuple[str, int, int]
"""The key of a field, and where its value starts and ends in the text of a leaf."""


class Contents:
    """What the leaves of one note hold. Fields and addresses in its regions do not count."""

    def __init__(self, text: str, regions: tuple[Region, ...], leaves: Iterable[Leaf]) -> None:
        self.regions = regions
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.fields: list[Field] = []
        self.external: list[str] = []
        self.footnotes: list[tuple[str, int]] = []
        self._text = text
        self._link_columns = Columns(text)
        self._tag_columns = Columns(text)
        for leaf in leaves:
            self._take(leaf)

    def _take(self, leaf: Leaf) -> None:
        """Read one leaf."""
        if leaf.level:
            self.headings.append(Heading(leaf.lines[0].text, leaf.level, leaf.lines[0].row + 1))
        text = join_lines(leaf)
        end = len(text)
        if "^" in text:
            self._take_footnotes(leaf)
            end = self._take_block_id(leaf, text)
        inline = scan(text) if _LIVE.search(text) else None
        values: list[Span] = []
        if "::" in text or (leaf.item == "task" and fields.has_signs(text)):
            values.extend(self._take_fields(leaf, _field_text(text, end, inline)))
        if inline is not None:
            self._take_inline(leaf, inline, values)

    def _take_footnotes(self, leaf: Leaf) -> None:
        """Take the footnotes that a leaf defines."""
        for line in leaf.lines:
            footnote = _FOOTNOTE.match(line.text)
            if footnote is not None:
                self.footnotes.append((footnote[1], line.row + 1))

    def _take_block_id(self, leaf: Leaf, text: str) -> int:
        """Take a block id at the end of a leaf; return where its text without it ends."""
        block_id = _BLOCK_ID.search(text)
        if block_id is None or leaf.level:
            return len(text)
        first, last = leaf.first, leaf.last
        if leaf.before and block_id.start() == 0 and not leaf.item:
            first, last = leaf.before
        self.blocks.append(Block(block_id[1], first + 1, last))
        return block_id.start()

    def _take_fields(self, leaf: Leaf, text: str) -> Iterator[Span]:
        """Take the inline fields of a leaf; yield where the value of each is."""
        is_task = leaf.item == "task"
        for start, row, part in _field_parts(leaf, text):
            if within(self.regions, row + 1):
                continue
            for field in fields.fields(part, task=is_task):
                key, value = fields.canonical(field.key), literals.value(field.value)
                self.fields.append(Field(field.key, key, value, field.form, row + 1, is_task))
                yield field.key, start + field.start, start + field.end

    def _take_inline(self, leaf: Leaf, inline: Scan, values: list[Span]) -> None:
        starts = line_starts(leaf)
        for link in inline.links:
            self._take_link(leaf, starts, link, _key_at(values, link.start) if values else None)
        for at, name in inline.tags:
            line, start = place(leaf, starts, at)
            self.tags.append(Tag(name, line.row + 1, self._tag_columns.of(line.row, start)))
        for at, address in sorted(inline.urls):
            if not self.regions or not within(self.regions, place(leaf, starts, at)[0].row + 1):
                self.external.append(address)

    def _take_link(self, leaf: Leaf, starts: list[int], link: InlineLink, key: str | None) -> None:
        line, start = place(leaf, starts, link.start)
        _, last = place(leaf, starts, link.end - 1)
        column = self._link_columns.of(line.row, start)
        self.links.append(to_link(link, self._text[start : last + 1], line.row + 1, column, key, cell=leaf.cell))


def _field_text(text: str, end: int, inline: Scan | None) -> str:
    """Return a text with blanks for code and for a block id, which begins at `end`: fields do not count in them."""
    text = text[:end].ljust(len(text))
    return fields.without_code(text, (inline or scan(text)).code) if "`" in text else text


def _field_parts(leaf: Leaf, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a text that may be one field: the whole of a list item, or else each line.

    Each is where it starts in the text, its row in the note, and the part.
    """
    if leaf.item:
        yield 0, leaf.lines[0].row, text.replace("\n", " ")
        return
    for start, line in zip(line_starts(leaf), leaf.lines, strict=True):
        yield start, line.row, text[start : start + len(line.text)]


def _key_at(values: list[Span], at: int) -> str | None:
    """Return the key of the field whose value contains a place; `values` are in order."""
    nearest = bisect_right(values, at, key=lambda value: value[1]) - 1
    if nearest < 0:
        return None
    key, _, end = values[nearest]
    return key if at < end else None
