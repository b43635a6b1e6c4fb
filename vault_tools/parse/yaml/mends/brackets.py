"""Brackets, and the commas in them."""

import re
from collections.abc import Iterator

from vault_tools.parse.yaml.mends import quotes
from vault_tools.parse.yaml.mends.place import FaultyLine, in_quotes, value_in

_SIGN = re.compile(r"([\[{,] *)(#[^\s,\[\]{}\"'#]+)")
_BEFORE_SIGN = re.compile(r"(?<=[^\s,\[{]) +(?=#[^\s#])")
_CLOSING = {"[": "]", "{": "}"}


def text_behind(place: FaultyLine) -> Iterator[str]:
    """Remove brackets that close nothing, or put the value in quotes, which it needs if more text follows."""
    if place.mistake != "trailing" or not value_in(place.line).startswith(("[", "{")):
        return
    line = place.line.rstrip()
    if line[: place.column + 1].rstrip()[-1:] in {"]", "}"}:
        yield line[: place.column]
    yield from quotes.value(place)


def sign(place: FaultyLine) -> Iterator[str]:
    """Put items that begin with `#` in quotes; without them, what follows is a comment, and no bracket closes."""
    if "[" not in place.line and "{" not in place.line:
        return
    for line in (place.line, _BEFORE_SIGN.sub(", ", place.line)):
        quoted = _SIGN.sub(lambda found: found[1] + in_quotes(found[2]), line)
        if quoted != line:
            yield from (quoted, f"{quoted}]", f"{quoted}}}")


def unclosed(place: FaultyLine) -> Iterator[str]:
    """Close brackets."""
    if place.mistake not in {"bracket", "comma"}:
        return
    line = place.line.rstrip()
    missing = _missing(line)
    yield line.rstrip(",") + "".join(reversed(missing))
    if missing and line[-1] in "]}":
        yield line[:-1] + missing[-1]


def _missing(line: str) -> list[str]:
    """Return the brackets that close those in a line, without the ones that are there."""
    missing = [_CLOSING[char] for char in line if char in _CLOSING]
    for char in line:
        if char in missing:
            missing.remove(char)
    return missing


def commas(place: FaultyLine) -> Iterator[str]:
    """Remove commas that separate nothing, and add those that are missing."""
    if place.mistake == "comma":
        yield re.sub(r"(?:,\s*)+,", ",", re.sub(r"([\[{])\s*,\s*", r"\1", place.line))
        yield re.sub(r"([\"'\]}])\s+(?=[\"'\[{\w])", r"\1, ", place.line)
