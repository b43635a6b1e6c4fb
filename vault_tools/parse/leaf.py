"""What is left of a note's text once its blocks are read: runs of text, and where each is in the source."""

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
