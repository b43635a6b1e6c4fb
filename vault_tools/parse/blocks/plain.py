"""Blocks that need no Markdown parser: plain paragraphs, headings, lists, quotes and tables, read line by line.

Most of a vault consists of these. For anything else, `read` returns None and a real parser reads it; a law compares the
two.
"""

import re
from typing import Literal

from vault_tools.parse.blocks.headings import heading
from vault_tools.parse.blocks.starts import MARKER, PLAIN, UNDERLINE
from vault_tools.parse.blocks.tables import table
from vault_tools.parse.leaf import Leaf, Line

_LINE = re.compile(
    rf"(?:{PLAIN}|(?P<heading>#{{1,6}}(?:[ \t]|$))|\#[^#\s]|(?P<underline>{UNDERLINE})$|(?P<more> +|\t+)(?={PLAIN})"
    rf"|(?P<item>( *|\t*)({MARKER})( {{1,4}})(?=(?>(\[.\][ \t]+)?)"
    rf"(?:{PLAIN}|\#[^\s#]))(?=\S)))"
)
_TAB = 4
_MOST_INDENT = 3
"""How many columns an item may be indented more than the text around it; with more, it is code or a lazy line."""


def read(chunk: str, pos: int, row: int) -> list[Leaf] | None:
    """Read a chunk that begins at `pos` of the source, in line `row`; None if only a Markdown parser can read it."""
    rows = chunk.removesuffix("\n").split("\n")
    if len(rows) == 1 and (leaf := _alone(rows[0], pos, row)) is not None:
        return [leaf]
    if chunk.startswith("|"):
        return table(rows, pos, row)
    quoted = chunk.startswith(">")
    if quoted and not all(line.startswith(">") for line in rows):
        return None
    return _leaves(rows, pos, row, quoted=quoted)


def _alone(line: str, pos: int, row: int) -> Leaf | None:
    """Read a single line that is a paragraph or a heading, as most are."""
    match = _LINE.match(line)
    if match is None or match.lastgroup not in {None, "heading"}:
        return None
    return heading(pos, row, line) if match.lastgroup else Leaf((Line(pos, row, line.rstrip()),), row, row + 1)


def _leaves(rows: list[str], pos: int, row: int, *, quoted: bool) -> list[Leaf] | None:
    """Read lines one after the other; all of them may be in a quote."""
    reader = _LineReader(quoted=quoted)
    for line in rows:
        cut = _quote_mark(line) if quoted else 0
        if not reader.take(line[cut:], pos + cut, row):
            return None
        pos, row = pos + len(line) + 1, row + 1
    reader.flush()
    return reader.leaves


def _quote_mark(line: str) -> int:
    """Return how long the mark of a quote is."""
    return 2 if line.startswith("> ") else 1


class _LineReader:
    """Reads simple lines one after the other; `take` rejects the first that only a real parser understands.

    `text` are the lines of the leaf that is being read, `item` says what kind of item it is in. `columns` are the
    columns at which the texts of the open items begin, `marker` the marker of the last one. `lazy` says that the text
    of an item goes on in a line without its indentation, `nested` that the last item is in another.
    """

    __slots__ = ("columns", "item", "lazy", "leaves", "marker", "nested", "quoted", "text")

    def __init__(self, *, quoted: bool) -> None:
        self.quoted = quoted
        self.leaves: list[Leaf] = []
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
        return self._take_heading(line, pos, row)

    def flush(self) -> None:
        """End the run of text that is being read."""
        if self.text:
            self.leaves.append(Leaf(tuple(self.text), self.text[0].row, self.text[-1].row + 1, 0, self.item))
            self.text = []

    def _take_heading(self, line: str, pos: int, row: int) -> bool:
        """Read a heading, which ends all items; in a quote, it is read as text."""
        self.flush()
        leaf = heading(pos, row, line)
        self.leaves.append(leaf._replace(level=0) if self.quoted else leaf)
        self.item, self.marker, self.columns = "", "", []
        return True

    def _take_underline(self, line: str) -> bool:
        """Read a line that makes a heading of the one line above it, or else is a rule."""
        if self.quoted or self.columns or len(self.text) > 1 or (line[0] == "=" and not self.text):
            return False
        self.marker = ""
        if not self.text:
            return True
        above = self.text.pop()
        self.leaves.append(Leaf((above,), above.row, above.row + 2, 1 if line[0] == "=" else 2))
        return not above.text.startswith("#")

    def _take_more(self, line: str, indent: int, pos: int, row: int) -> bool:
        """Read an indented line that continues the text of the item above."""
        if not self.text or self.lazy or not self.columns or _columns(line[:indent]) < self.columns[-1]:
            return False
        self.text.append(Line(pos + indent, row, line[indent:].rstrip()))
        return True

    def _take_item(self, match: re.Match[str], line: str, pos: int, row: int) -> bool:
        """Read a list item."""
        indent, marker, blanks, box = match.group(5, 6, 7, 8)
        column = _columns(indent)
        while self.columns and column < self.columns[-1]:
            self.columns.pop()
        self.nested = bool(self.columns)
        if not self._may_begin_item(column, marker):
            return False
        self.flush()
        self.lazy = False
        self.marker = _kind_of_marker(column, marker)
        self.columns.append(column + len(marker) + len(blanks))
        self.item = "task" if box else "item"
        at = match.end(7)
        self.text.append(Line(pos + at, row, line[at:].rstrip()))
        return True

    def _may_begin_item(self, column: int, marker: str) -> bool:
        """Tell whether an item begins with a marker in a column.

        An unindented line keeps the items below from being moved left, so one below it may not be an item. A number
        only begins a list at the top, or goes on with one.
        """
        if self.nested and self.lazy:
            return False
        if column - (self.columns[-1] if self.columns else 0) > _MOST_INDENT:
            return False
        if len(marker) == 1:
            return True
        is_first = not (self.text or self.leaves)
        return not column and (is_first or self.marker == marker[-1])


def _columns(blanks: str) -> int:
    """Return how many columns an indentation by either spaces or tabs takes."""
    return len(blanks) * (_TAB if blanks.startswith("\t") else 1)


def _kind_of_marker(column: int, marker: str) -> str:
    """Return what the marker of a further item must be like: `.` or `)` behind a number, "" for an indented one."""
    if len(marker) > 1:
        return marker[-1]
    return "" if column else marker
