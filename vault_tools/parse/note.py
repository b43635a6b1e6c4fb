"""A file's text -> a note. Every text gives a note."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from posixpath import basename

from vault_tools.dialect.mentions import mentions
from vault_tools.model.note import Block, Field, Heading, Link, Note, Problem, Region, Source, Tag, Value, within
from vault_tools.parse import blocks, dropped, fields, frontmatter, literals, markers, merges, misread
from vault_tools.parse.excerpt import excerpt
from vault_tools.parse.frontmatter import Frontmatter
from vault_tools.parse.inline import scan, whole_link
from vault_tools.parse.inline.walk import InlineLink, Scan
from vault_tools.parse.plain_blocks import Leaf, Line

_CJK = re.compile(
    "[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f]+"
)
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]+)\Z", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_LIVE = re.compile(r"[\[\]#<]|://")
_LONG = 250
"""A note with this many words is more than its template, so its lines need not be compared with the template's."""


def parse(source: Source, *, fast: bool = True) -> Note:
    """Parse a Markdown note. Line ends may be any; places count characters of `source.text`."""
    text = clean(source.text)
    front = frontmatter.read(text, fast=fast)
    body = text[front.body :]
    leaves = blocks.leaves(body, front.body, front.lines, fast=fast)
    regions, marked = _regions(source.text, text, leaves) if blocks.MARK in body else ((), ())
    own = _outside(body, front.lines, regions) if regions else body
    reader = _Collector(text, front, regions)
    for leaf in leaves:
        reader.take(leaf)
    values = front.values or {}
    words = count_words(own)
    return Note(
        path=source.path,
        digest=source.digest,
        frontmatter=front.values,
        property_lines=tuple(front.places.values()),
        aliases=tuple(dropped.texts(frontmatter.named(values, "aliases"))),
        tags=tuple(dropped.frontmatter_tags(frontmatter.named(values, "tags"))),
        body_tags=tuple(reader.tags),
        links=(*_frontmatter_links(values, front), *reader.links),
        headings=tuple(reader.headings),
        blocks=tuple(reader.blocks),
        footnotes=tuple(reader.footnotes),
        fields=tuple(reader.fields),
        external=tuple(reader.external),
        words=words,
        problems=(*source.problems, *_trouble(text, front), *misread.lint(front), *dropped.lint(front), *marked),
        regions=regions,
        excerpt=excerpt(own, basename(source.path).removesuffix(".md")),
        mentions=mentions(text[: front.body] + own),
        lines=tuple(filter(None, map(str.strip, own.split("\n")))) if words < _LONG else (),
    )


def _trouble(text: str, front: Frontmatter) -> tuple[Problem, ...]:
    """Return the problem of the properties and each unfinished merge; a merge within them is their only problem."""
    found = list(merges.conflicts(text, front.body))
    if not found:
        return front.problems
    inside = [conflict for conflict in found if conflict.first <= front.lines]
    others = () if inside else front.problems
    return (*others, *(merges.problem(conflict, in_properties=conflict in inside) for conflict in found))


def clean(text: str) -> str:
    r"""Return a text as the parser reads it: no byte order mark, `\n` line ends, no NUL."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def count_words(text: str) -> int:
    """Count words; each CJK character or mark is one, as word processors count."""
    if text.isascii():
        return len(text.split())
    spaced, runs = _CJK.subn(" ", text)
    return len(spaced.split()) + len(text) - len(spaced) + runs


def _regions(text: str, read: str, leaves: list[Leaf]) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """Find the regions of a text, given what was read of it (see `clean`)."""
    found: list[markers.Marker] = []
    for leaf in leaves:
        run = _joined(leaf)
        if blocks.MARK in run:
            found.extend(markers.markers(leaf, read, scan(run).code if "`" in run else ()))
    return markers.paired(found, text)


def _outside(body: str, first: int, regions: tuple[Region, ...]) -> str:
    """Return a body that begins at line `first` (0-based) without its regions."""
    lines = body.split("\n")
    at, kept = 0, []
    for region in regions:
        kept += lines[at : region.line - 1 - first]
        at = region.last - first
    return "\n".join([*kept, *lines[at:]])


def _joined(leaf: Leaf) -> str:
    lines = leaf.lines
    return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


class _Collector:
    """Collects what the leaves of one note hold."""

    def __init__(self, text: str, front: Frontmatter, regions: tuple[Region, ...]) -> None:
        self.text = text
        self.front = front
        self.regions = regions
        self.links: list[Link] = []
        self.link_columns = _Columns(text)
        self.tags: list[Tag] = []
        self.tag_columns = _Columns(text)
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.fields: list[Field] = []
        self.external: list[str] = []
        self.footnotes: list[tuple[str, int]] = []

    def take(self, leaf: Leaf) -> None:
        """Read one leaf."""
        lines = leaf.lines
        if leaf.level:
            self.headings.append(Heading(lines[0].text, leaf.level, lines[0].row + 1))
        text = _joined(leaf)
        named = self._marks(leaf, text) if "^" in text else len(text)
        found = scan(text) if _LIVE.search(text) else None
        held: list[tuple[str, int, int]] = []
        if "::" in text or (leaf.item == "task" and fields.has_signs(text)):
            hidden = found or scan(text) if "`" in text else None
            said = text[:named].ljust(len(text))
            held.extend(self._fields(leaf, fields.without_code(said, hidden.code) if hidden else said))
        if found is not None:
            self._place(leaf, found, held)

    def _place(self, leaf: Leaf, found: Scan, held: list[tuple[str, int, int]]) -> None:
        starts = _starts(leaf)
        for link in found.links:
            line, start = _place(leaf, starts, link.start)
            _, last = _place(leaf, starts, link.end - 1)
            raw = self.text[start : last + 1]
            column = self.link_columns.of(line.row, start)
            key = _holder(held, link.start) if held else None
            self.links.append(_link(link, raw, line.row + 1, column, key, cell=leaf.cell))
        for begin, name in found.tags:
            line, start = _place(leaf, starts, begin)
            self.tags.append(Tag(name, line.row + 1, self.tag_columns.of(line.row, start)))
        if found.urls:
            self.external.extend(
                address
                for at, address in sorted(found.urls)
                if not (self.regions and within(self.regions, _place(leaf, starts, at)[0].row + 1))
            )

    def _fields(self, leaf: Leaf, text: str) -> Iterator[tuple[str, int, int]]:
        """Take the inline fields of a leaf; yield (key, start, end) of each value in its text."""
        task = leaf.item == "task"
        if leaf.item:
            rows = [(0, leaf.lines[0].row, text.replace("\n", " "))]
        else:
            rows = [
                (at, line.row, text[at : at + len(line.text)])
                for at, line in zip(_starts(leaf), leaf.lines, strict=True)
            ]
        for at, index, row in rows:
            if within(self.regions, index + 1):
                continue
            for written in fields.fields(row, task=task):
                key, read = fields.canonical(written.key), literals.value(written.value)
                self.fields.append(Field(written.key, key, read, written.form, index + 1, task))
                yield written.key, at + written.start, at + written.end

    def _marks(self, leaf: Leaf, text: str) -> int:
        """Take a block id at the end of a leaf, and the footnotes it defines; return where its text without it ends."""
        self.footnotes.extend(
            (match.group(1), line.row + 1) for line in leaf.lines if (match := _FOOTNOTE.match(line.text))
        )
        match = _BLOCK_ID.search(text)
        if match is None or leaf.level:
            return len(text)
        alone = match.start() == 0
        if alone and leaf.before and not leaf.item:
            first, last = leaf.before
        else:
            first, last = leaf.first, leaf.last
        self.blocks.append(Block(match.group(1), first + 1, last))
        return match.start()


class _Columns:
    """Counts columns in UTF-16 code units; continues from the last place, so that long lines are not slower."""

    __slots__ = ("at", "column", "row", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.row, self.at, self.column = -1, 0, 0

    def of(self, row: int, start: int) -> int:
        """Return the column of the character at `start` of the text, which is in line `row`."""
        if row != self.row or start < self.at:
            self.row, self.at, self.column = row, self.text.rfind("\n", 0, start) + 1, 0
        between = self.text[self.at : start]
        self.at = start
        self.column += len(between) if between.isascii() else len(between.encode("utf-16-le", "surrogatepass")) // 2
        return self.column


def _starts(leaf: Leaf) -> list[int]:
    """Return where each line of a leaf begins in its text."""
    if len(leaf.lines) == 1:
        return [0]
    return [0, *accumulate(len(line.text) + 1 for line in leaf.lines[:-1])]


def _place(leaf: Leaf, starts: list[int], at: int) -> tuple[Line, int]:
    """Return the line of a place in the text of a leaf, and where the place is in the source."""
    row = bisect_right(starts, at) - 1
    line = leaf.lines[row]
    return line, line.offset + at - starts[row]


def _holder(held: list[tuple[str, int, int]], at: int) -> str | None:
    """Return the key of the field whose value contains a place; `held` is in order."""
    found = bisect_right(held, at, key=lambda value: value[1]) - 1
    return held[found][0] if found >= 0 and at < held[found][2] else None


def _link(
    link: InlineLink, raw: str, line: int, column: int, key: str | None, *, in_front: bool = False, cell: bool = False
) -> Link:
    target, subpath = unicodedata.normalize("NFC", link.target), unicodedata.normalize("NFC", link.subpath)
    return Link(raw, target, subpath, link.display, link.embed, link.syntax, line, column, key, in_front, cell)


# ---------------------------------------------------------------- properties


def _frontmatter_links(values: dict[str, Value], front: Frontmatter) -> Iterator[Link]:
    """Yield the properties that are exactly one link and not an embed; their key is `a`, `a.0` or `a.b`."""
    if "[[" not in front.text and "](" not in front.text:
        return
    todo: list[tuple[str, str, Value]] = [(key, key, value) for key, value in reversed(values.items())]
    while todo:
        top, key, value = todo.pop()
        if isinstance(value, str):
            if "[" in value and (found := whole_link(value)) is not None and not found.embed:
                yield _link(found, value, front.places[top], -1, key, in_front=True)
        elif isinstance(value, dict):
            todo.extend((top, f"{key}.{name}", item) for name, item in reversed(value.items()))
        elif isinstance(value, list):
            todo.extend((top, f"{key}.{at}", item) for at, item in reversed(list(enumerate(value))))
