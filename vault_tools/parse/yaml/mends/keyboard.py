"""Characters that other keyboards and word processors write in place of those that YAML wants."""

import re
from collections.abc import Iterator
from dataclasses import replace

from vault_tools.parse.yaml.mends.place import FaultyLine, Mended, entry, in_quotes, instead
from vault_tools.parse.yaml.mends.quotes import link

_WIDE = str.maketrans(
    {"，": ", ", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "{", "｝": "}", "：": ": ", "、": ", "}
)
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'"})
_OTHER_DASH = re.compile(r"(\s*)([–—•·‣◦]|[*+](?=\s))\s*(\S.*)")


def wide_colon(place: FaultyLine) -> Iterator[str]:
    """Replace a full-width colon behind a name."""
    parts = entry(place.line)
    if parts is None or parts["colon"] != "：":
        return
    head = "".join(char for char in parts["head"] if char in " \t-")
    line = f"{head}{parts['key']}: {parts['value']}".rstrip()
    if parts["value"].startswith("[["):
        yield from link(replace(place, lines=[line], row=0))
    yield line
    yield f"{head}{parts['key']}: {in_quotes(parts['value'])}"


def other_dash(place: FaultyLine) -> Iterator[Mended]:
    """Give an item the dash that YAML wants in place of what Markdown or a word processor takes."""
    parts = _OTHER_DASH.fullmatch(place.line)
    if parts:
        for text in (parts[3], in_quotes(parts[3])):
            yield instead(place, f"{parts[1]}- {text}", parts[2])


def is_other_dash(text: str) -> bool:
    """Tell whether a text begins with a dash or dot that Markdown or a word processor takes for an item."""
    return _OTHER_DASH.match(text) is not None


def curly_quotes(place: FaultyLine) -> Iterator[str]:
    """Replace typographic quotes."""
    plain = place.line.translate(_CURLY)
    if plain != place.line:
        yield plain
        yield plain.translate(_WIDE)


def wide_brackets(place: FaultyLine) -> Iterator[str]:
    """Replace full-width brackets, commas and colons."""
    plain = place.line.translate(_WIDE)
    if plain != place.line:
        yield plain.rstrip()
        yield plain.translate(_CURLY).rstrip()
