"""The items of a list: where each begins and ends, and its text without the marker."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vault_tools.parse.blocks.lines import TAB, columns, outdented
from vault_tools.parse.blocks.starts import MARKER

_OPENING = re.compile(rf"([ \t]*)({MARKER})( {{1,4}}(?! )| |\t|$)")
_MARK = re.compile(rf"[ \t]*({MARKER})")
_RULE = re.compile(r"[ \t]*([-*_])(?>(?: *+\1){2,}) *$")
_ENDS_LIST = re.compile(r"[ \t]*(?:#{1,6}(?:[ \t]|$)|`{3,}[^`]*$|~{3,}|\$\$|%%)")


class Item(NamedTuple):
    """A list item among the lines of its list: its first line, the one after its last, and its text's column.

    `sign` is the last character of its marker: the items of a list have the same one.
    """

    first: int
    last: int
    column: int
    sign: str


def marker(line: str) -> str:
    """Return what opens the item at a line, for example `-` or `1.`; "" if none begins there."""
    opening = _OPENING.match(line)
    return opening[2] if opening else ""


def cut_items(lines: Iterable[str]) -> list[Item]:
    """Cut a list into its items, given its lines and those below it.

    It ends at another marker, and after a blank line at text that is not indented.
    """
    items: list[Item] = []
    blank = False
    for at, line in enumerate(lines):
        after_blank, blank = blank, not line.strip()
        opening = _opening(line, items)
        if opening is not None:
            if _begins_another_block(line, opening[2], items):
                break
            items.append(Item(at, at + 1, _text_column(opening), opening[2][-1]))
        elif _is_in_item(line, items[-1].column) or not (blank or after_blank or _ends_list(line)):
            items[-1] = items[-1]._replace(last=at + 1)
        elif not blank:
            break
    return items


def _opening(line: str, items: Sequence[Item]) -> re.Match[str] | None:
    """Read the marker of an item; text that is indented as far as the item above is not one of the same list."""
    if items and columns(line) >= min(items[-1].column, TAB):
        return None
    return _OPENING.match(line)


def _begins_another_block(line: str, marker: str, items: Sequence[Item]) -> bool:
    """Tell whether a line with a marker is a rule, or an item of another list."""
    if items and marker[-1] != items[-1].sign:
        return True
    return _RULE.match(line) is not None


def _text_column(opening: re.Match[str]) -> int:
    """Return the column where the text of an item begins."""
    return columns(opening[1] + " " * len(opening[2]) + opening[3])


def _is_in_item(line: str, least: int) -> bool:
    """Tell whether a line belongs to an item whose text is in column `least`, without a look at the line above.

    `-x` and `2.5` count as text behind.
    """
    column = columns(line)
    if column >= least:
        return True
    mark = _MARK.match(line)
    if mark is None:
        return column > TAB
    column += len(mark[1])
    return column > TAB or column >= max(least, 2)


def _ends_list(line: str) -> bool:
    return bool(_ENDS_LIST.match(line) or _RULE.match(line))


def unmarked(lines: Sequence[str]) -> list[str]:
    """Remove the marker of an item, and the common indentation of its other lines."""
    opening = _OPENING.match(lines[0])
    assert opening is not None
    indents = [columns(line) for line in lines[1:] if line.strip()]
    shared = min([_width(opening), *indents])
    return [lines[0][opening.end() :], *(outdented(line, shared) for line in lines[1:])]


def _width(opening: re.Match[str]) -> int:
    """Return the most that lines below a marker are moved left: its width, made even for numbers of one digit."""
    before, marker, after = opening.groups()
    odd = marker[-1] == "." and int(marker[:-1]) < 10 and len(opening[0]) % 2  # noqa: PLR2004
    return columns(before + " " * (len(marker) + bool(odd)) + after)
