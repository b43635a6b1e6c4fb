"""Blanks that are missing, and blanks that are wrong: tabs and indentation."""

import re
from collections.abc import Iterable, Iterator

from vault_tools.parse.yaml.mends.place import LONGEST, FaultyLine, in_quotes

_OPENS_TEXT = re.compile(r":[ ]+[|>][+-]?[ ]*\Z")


def behind_colon(place: FaultyLine) -> Iterator[str]:
    """Add a blank behind a colon."""
    parts = re.fullmatch(r"(\s*(?:- +)*[^\s:\"'\[{#][^:]*):([^ \t].*)", place.line)
    if parts:
        yield f"{parts[1]}: {parts[2].lstrip()}"
        yield f"{parts[1]}: {in_quotes(parts[2])}"


def behind_dash(place: FaultyLine) -> Iterator[str]:
    """Add a blank behind a dash."""
    parts = re.fullmatch(r"(\s*)-(?=[^\s-])(.*)", place.line)
    if parts:
        yield f"{parts[1]}- {parts[2]}"
        yield f"{parts[1]}- {in_quotes(parts[2])}"


def before_comment(place: FaultyLine) -> Iterator[str]:
    """Add a blank in front of a comment."""
    if place.mistake == "comment":
        yield re.sub(r"(?<=[\"'\]}|>\w])#", " #", place.line)


def tabs(place: FaultyLine) -> Iterator[str]:
    """Replace the tabs that begin a line."""
    if "\t" in place.line:
        blanks = re.match(r"\s*(?:[-?:]\s+)*", place.line)
        end = blanks.end() if blanks else 0
        yield place.line[:end].replace("\t", "  ") + place.line[end:]
        yield place.line[:end].replace("\t", "") + place.line[end:]


def indentation(place: FaultyLine) -> Iterator[str]:
    """Give the line the indentation of a line above it."""
    if place.mistake not in {"indent", "nested", "item", "trailing", "colon"}:
        return
    text = place.line.strip()
    lines = place.lines[: place.row]
    above = next((line for line in reversed(lines) if line.strip()), "")
    if _OPENS_TEXT.search(above[-LONGEST:]):
        yield " " * (len(above) - len(above.lstrip(" ")) + 2) + text
    for indent in _nearest(len(place.line) - len(place.line.lstrip()), set(_indents(lines))):
        yield " " * indent + text


def _nearest(now: int, indents: set[int]) -> list[int]:
    """Return the other indentations, the nearest first."""
    return sorted(indents - {now}, key=lambda indent: (abs(indent - now), -indent))


def _indents(lines: Iterable[str]) -> Iterator[int]:
    """Yield the columns at which lines begin, and those after the dashes of items."""
    for line in lines:
        if line.strip():
            yield len(line) - len(line.lstrip())
            yield len(line) - len(line.lstrip().lstrip("- "))
