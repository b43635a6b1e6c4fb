"""Tables, cut into the cells of their rows."""

import re
from collections.abc import Iterator, Sequence

from vault_tools.parse.leaf import Leaf, Line

_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"\|(?: *:?-+:? *\|)+ *")
_MOST_CELLS = 50_000


def table(lines: Sequence[str], pos: int, row: int) -> list[Leaf] | None:
    """Read a chunk that is a table, each line of it from pipe to pipe; None if it is not one."""
    if not _is_table(lines):
        return None
    rows = []
    for line in lines:
        rows.append(Line(pos, row, line))
        pos, row = pos + len(line) + 1, row + 1
    return list(cells(rows))


def _is_table(lines: Sequence[str]) -> bool:
    """Tell whether lines are a table that is not too large, its second line dashes."""
    if len(lines) < 2 or not all(line.startswith("|") for line in lines):  # noqa: PLR2004
        return False
    if not _DASHES.fullmatch(lines[1]):
        return False
    columns = lines[1].count("|")
    return columns * len(lines) <= _MOST_CELLS and _is_head(lines[0].rstrip(), columns)


def _is_head(line: str, pipes: int) -> bool:
    """Tell whether a line ends in a pipe, and has as many of them as the dashes below."""
    return line.endswith("|") and not line.endswith("\\|") and len(_PIPE.findall(line)) == pipes


def cells(rows: Sequence[Line]) -> Iterator[Leaf]:
    """Cut the rows of a table, the second of which is dashes, into cells at every pipe that is not escaped.

    A block id on a separate line, which is also a row, names the rows above it.
    """
    first, last = rows[0].row, rows[-1].row + 1
    for offset, row, text in (rows[0], *rows[2:]):
        pos = 0
        for pipe in _PIPE.finditer(text + "|"):
            cell = text[pos : pipe.start()]
            content = cell.strip()
            if content.strip("> "):
                is_block_id = content == text.strip() and content.startswith("^")
                line = Line(offset + pos + cell.index(content), row, content)
                yield Leaf((line,), first, row if is_block_id else last, cell=True)
            pos = pipe.end()
