"""Blocks that need no Markdown parser: plain paragraphs, headings, lists, quotes and tables, read line by line.

Most of a vault consists of these. For anything else, `read` returns None and a real parser reads it; a law compares the
two.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple


class Line(NamedTuple):
    """A line of live text: its offset in the source, its row there (0-based), and the text itself."""

    offset: int
    row: int
    text: str


class Leaf(NamedTuple):
    """A run of text that is read as one: a paragraph, a heading, a table cell.

    `level` is set for headings. `first` and `last` are the lines (0-based, `last` excluded) of the block that
    a block id at its end names. `item` says that it is the text of a list item or a task.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    level: int = 0
    item: Literal["", "item", "task"] = ""
    cell: bool = False
    before: tuple[int, int] | None = None


PLAIN = (
    r"(?:[^\s>#*+\-=_`~<|$%:0-9^]|\*\*?(?=[^\s*])|_{1,2}(?=[^\s_])|`{1,2}(?!`)"
    r"|\d{1,9}(?![\d.)])|\d{1,9}[.)](?=\S))"
)
"""A regular expression for the beginning of a line that is only text, in any context."""

MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
"""What opens a list item."""
UNDERLINE = r"(?:=+|-{3,})"
"""What makes a heading of the line above it."""

_HASHES = re.compile(r" {0,3}(#{1,6})")
_LINE = re.compile(
    rf"(?:{PLAIN}|(?P<heading>#{{1,6}}(?:[ \t]|$))|\#[^#\s]|(?P<underline>{UNDERLINE})$|(?P<more> +|\t+)(?={PLAIN})"
    rf"|(?P<item>( *|\t*)({MARKER})( {{1,4}})(?=(?>(\[.\][ \t]+)?)"
    rf"(?:{PLAIN}|\#[^\s#]))(?=\S)))"
)


def read(chunk: str, pos: int, row: int) -> list[Leaf] | None:
    """Read a chunk that begins at `pos` of the source, in line `row`; None if only a Markdown parser can read it."""
    rows = chunk.removesuffix("\n").split("\n")
    if len(rows) == 1 and (leaf := _alone(rows[0], pos, row)) is not None:
        return [leaf]
    if chunk.startswith("|"):
        return _table(rows, pos, row)
    lines = _Lines(quoted=chunk.startswith(">"))
    for line in rows:
        cut = 0
        if lines.quoted:
            if not line.startswith(">"):
                return None
            cut = 2 if line.startswith("> ") else 1
        if not lines.take(line[cut:], pos + cut, row):
            return None
        pos, row = pos + len(line) + 1, row + 1
    lines.flush()
    return lines.found


def _alone(line: str, pos: int, row: int) -> Leaf | None:
    """Read a single line that is a paragraph or a heading, as most are."""
    match = _LINE.match(line)
    if match is None or match.lastgroup not in {None, "heading"}:
        return None
    return heading(pos, row, line) if match.lastgroup else Leaf((Line(pos, row, line.rstrip()),), row, row + 1)


class _Lines:
    """Reads simple lines one after the other; `take` rejects the first that only a real parser understands."""

    __slots__ = ("columns", "found", "item", "lazy", "marker", "nested", "quoted", "text")

    def __init__(self, *, quoted: bool) -> None:
        self.quoted = quoted
        self.found: list[Leaf] = []
        self.text: list[Line] = []
        self.item: Literal["", "item", "task"] = ""
        self.columns: list[int] = []
        self.marker = ""
        self.lazy = self.nested = False

    def take(self, line: str, pos: int, row: int) -> bool:
        """Read one line that begins at `pos` of the source."""
        match = _LINE.match(line)
        if match is None:
            self.flush()
            return not (self.columns or line.strip(" "))
        kind = match.lastgroup
        if kind is None:
            self.lazy = bool(self.columns)
            self.text.append(Line(pos, row, line.rstrip()))
            return not (self.lazy and self.nested)
        if kind == "item":
            return self._take_item(match, line, pos, row)
        if kind == "underline":
            return self._take_underline(line)
        if kind == "more":
            return self._take_more(line, match.end(), pos, row)
        self.flush()
        leaf = heading(pos, row, line)
        self.found.append(leaf._replace(level=0) if self.quoted else leaf)
        self.item, self.marker, self.columns = "", "", []
        return True

    def _take_underline(self, line: str) -> bool:
        """Read a line that makes a heading of the one line above it, or else is a rule."""
        if self.quoted or self.columns or len(self.text) > 1 or (line[0] == "=" and not self.text):
            return False
        if self.text:
            above = self.text.pop()
            if above.text.startswith("#"):
                return False
            self.found.append(Leaf((above,), above.row, above.row + 2, 1 if line[0] == "=" else 2))
        self.marker = ""
        return True

    def _take_more(self, line: str, indent: int, pos: int, row: int) -> bool:
        """Read an indented line that continues the text of the item above."""
        column = indent * (4 if line[0] == "\t" else 1)
        if not self.text or self.lazy or not self.columns or column < self.columns[-1]:
            return False
        self.text.append(Line(pos + indent, row, line[indent:].rstrip()))
        return True

    def _take_item(self, match: re.Match[str], line: str, pos: int, row: int) -> bool:
        """Read a list item; if it is indented four columns too far, it is code or a lazy line.

        An unindented line keeps the items below from being moved left, so one below it may not be an item.
        """
        indent, marker, blanks, box = match.group(5, 6, 7, 8)
        number = len(marker) > 1
        column = len(indent) * (4 if indent.startswith("\t") else 1)
        while self.columns and column < self.columns[-1]:
            self.columns.pop()
        self.nested = bool(self.columns)
        if self.nested and self.lazy:
            return False
        self.lazy = False
        if column - (self.columns[-1] if self.columns else 0) > 3:  # noqa: PLR2004
            return False
        begins = not (self.text or self.found)
        if number and (column or not (begins or self.marker == marker[-1])):
            return False
        self.flush()
        self.marker = marker[-1] if number else ("" if column else marker)
        self.columns.append(column + len(marker) + len(blanks))
        self.item = "task" if box else "item"
        at = match.end(7)
        self.text.append(Line(pos + at, row, line[at:].rstrip()))
        return True

    def flush(self) -> None:
        """End the run of text that is being read."""
        if self.text:
            self.found.append(Leaf(tuple(self.text), self.text[0].row, self.text[-1].row + 1, 0, self.item))
            self.text = []


_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"\|(?: *:?-+:? *\|)+ *")
_MOST_CELLS = 50_000


def _table(lines: Sequence[str], pos: int, row: int) -> list[Leaf] | None:
    """Read a chunk that is a table, each line of it from pipe to pipe."""
    if len(lines) < 2 or not _DASHES.fullmatch(lines[1]) or not all(line.startswith("|") for line in lines):  # noqa: PLR2004
        return None
    head = lines[0].rstrip()
    columns = lines[1].count("|")
    if head.endswith("\\|") or not head.endswith("|") or len(_PIPE.findall(head)) != columns:
        return None
    if columns * len(lines) > _MOST_CELLS:
        return None
    rows = []
    for line in lines:
        rows.append(Line(pos, row, line))
        pos, row = pos + len(line) + 1, row + 1
    return list(cells(rows))


def cells(rows: Sequence[Line]) -> Iterator[Leaf]:
    """Cut the rows of a table, the second of which is dashes, into cells at every pipe that is not escaped.

    A block id on a separate line, which is also a row, names the rows above it.
    """
    first, last = rows[0].row, rows[-1].row + 1
    for offset, row, text in (rows[0], *rows[2:]):
        pos = 0
        for match in _PIPE.finditer(text + "|"):
            cell = text[pos : match.start()]
            content = cell.strip()
            if content.strip("> "):
                named = row if content == text.strip() and content.startswith("^") else last
                yield Leaf((Line(offset + pos + cell.index(content), row, content),), first, named, cell=True)
            pos = match.end()


def heading(offset: int, index: int, line: str) -> Leaf:
    """Read a line that is a heading; its text is trimmed of blanks of any kind, as in Obsidian."""
    marks = _HASHES.match(line)
    level, begin = (len(marks.group(1)), marks.end()) if marks else (1, 0)
    text = line[begin:].rstrip(" \t")
    open_end = text.rstrip("#")
    text = (open_end if open_end.endswith((" ", "\t")) else text).strip()
    start = line.index(text, begin) if text else len(line)
    return Leaf((Line(offset + start, index, text),), index, index + 1, level)
