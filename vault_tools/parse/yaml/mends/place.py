"""A faulty line of a block, what may replace it, and the parts that such a line has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vault_tools.parse.yaml.faults import Mistake


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A faulty line of a block: all lines, its row, the column of the fault (0-based), what the reader says."""

    lines: list[str]
    row: int
    column: int
    mistake: Mistake

    @property
    def line(self) -> str:
        """The faulty line."""
        return self.lines[self.row]


@dataclass(frozen=True, slots=True)
class Mended:
    """A text that replaces the rows `first` to `last`, and a word it is about."""

    text: str
    first: int
    last: int
    about: str | None = None


Mend = Callable[[FaultyLine], Iterator[str | Mended]]
"""Yields texts that may replace a line, or several."""

LONGEST = 300
"""How many characters a line may have that is mended."""
QUOTES = "\"'"

_ENTRY = re.compile(
    r"""(?P<head>\s*(?:-[ ]+)*)(?P<key>"[^"]*"|'[^']*'|\[\[[^\]]*\]\]|[^\s:：#"'][^:：]*?)"""
    r"""\s*(?P<colon>[:：])\s*(?P<value>.*)"""
)
_ITEM = re.compile(r"(?P<head>\s*(?:-[ ]+)+)(?P<value>.*)")


def entry(line: str) -> re.Match[str] | None:
    """Take a line apart that has a name and a value: `head`, `key`, `colon` and `value`."""
    return _ENTRY.fullmatch(line)


def item(line: str) -> re.Match[str] | None:
    """Take a line apart that is an item of a list: `head` and `value`."""
    return _ITEM.fullmatch(line)


def is_item(line: str) -> bool:
    """Tell whether a line begins as an item of a list does."""
    return _ITEM.match(line) is not None


def value_in(line: str) -> str:
    """Return the value in a line, be it behind a name or in an item; "" for none."""
    parts = entry(line) or item(line)
    return parts["value"] if parts else ""


def in_quotes(text: str) -> str:
    """Return a text in quotes that do not change it."""
    text = text.strip()
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def instead(place: FaultyLine, text: str, about: str) -> Mended:
    """Return a text that replaces the faulty line, and a word it is about."""
    return Mended(text, place.row, place.row, about)
