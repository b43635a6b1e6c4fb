"""The text of a leaf, and where its characters are in the note: line, offset and column."""

from bisect import bisect_right
from itertools import accumulate

from vault_tools.parse.leaf import Leaf, Line


def join_lines(leaf: Leaf) -> str:
    r"""Return the text of a leaf, its lines joined by `\n`."""
    lines = leaf.lines
    return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


def line_starts(leaf: Leaf) -> list[int]:
    """Return where each line of a leaf begins in its text."""
    if len(leaf.lines) == 1:
        return [0]
    return [0, *accumulate(len(line.text) + 1 for line in leaf.lines[:-1])]


def place(leaf: Leaf, starts: list[int], at: int) -> tuple[Line, int]:
    """Return the line of a place in the text of a leaf, and where the place is in the source."""
    row = bisect_right(starts, at) - 1
    line = leaf.lines[row]
    return line, line.offset + at - starts[row]


class Columns:
    """Counts columns in UTF-16 code units; continues from the last place, so that long lines are not slower."""

    __slots__ = ("_at", "_column", "_row", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._row, self._at, self._column = -1, 0, 0

    def of(self, row: int, start: int) -> int:
        """Return the column of the character at `start` of the text, which is in line `row`."""
        if row != self._row or start < self._at:
            self._row, self._at, self._column = row, self._text.rfind("\n", 0, start) + 1, 0
        between = self._text[self._at : start]
        self._at = start
        self._column += len(between) if between.isascii() else len(between.encode("utf-16-le", "surrogatepass")) // 2
        return self._column
