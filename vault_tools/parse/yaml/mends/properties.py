"""Lines that are no property: without a colon, with a name that exists already, or with items below a value."""

import re
from collections.abc import Iterator

from vault_tools.parse.yaml.mends.keyboard import is_other_dash
from vault_tools.parse.yaml.mends.place import LONGEST, FaultyLine, Mended, entry, in_quotes, instead, is_item, item

_NAME = re.compile(r"""(?:[!&][^ ]*[ ]+)*(?:"([^"]*)"|'([^']*)'|([^:,\[\]{}#]+))""")


def list_below_value(place: FaultyLine) -> Iterator[Mended]:
    """Join a value and the items below it into one list."""
    if not is_item(place.line):
        return
    first, last = _row_above_items(place), _row_of_last_item(place)
    key = entry(place.lines[first]) if first >= 0 and len(place.lines[first]) <= LONGEST else None
    if key is None or not key["value"]:
        return
    items = [parts["value"] for line in place.lines[first + 1 : last + 1] if (parts := item(line))]
    own = _items_of(key["value"].strip())
    for inside in ([own, *items], [own, *map(in_quotes, items)]):
        yield Mended(f"{key['head']}{key['key']}: [{', '.join(filter(None, inside))}]", first, last)


def _row_above_items(place: FaultyLine) -> int:
    """Return the row above the items that end at this place, -1 for none."""
    row = place.row - 1
    while row > 0 and (not place.lines[row].strip() or is_item(place.lines[row])):
        row -= 1
    return row


def _row_of_last_item(place: FaultyLine) -> int:
    row = place.row
    while row + 1 < len(place.lines) and is_item(place.lines[row + 1]):
        row += 1
    return row


def _items_of(value: str) -> str:
    """Return a value as an item, or the items of a list in brackets."""
    return value[1:-1].strip().rstrip(",") if value[0] == "[" and value[-1] == "]" else value


def name_twice(place: FaultyLine) -> Iterator[Mended]:
    """Add a number to a name that exists already."""
    found = _NAME.match(place.line, place.column) if place.mistake == "twice" else None
    if found is None:
        return
    name = found[found.lastindex or 0].strip()  # the only group that matched; "" is a name too
    for number in range(2, 10):
        new = f"{name}-{number}" if re.fullmatch(r"\w[\w -]*", name) else in_quotes(f"{name}-{number}")
        yield instead(place, place.line[: place.column] + new + place.line[found.end() :], name)


def without_colon(place: FaultyLine) -> Iterator[str]:
    """Make a name of a line without a colon; its further words are the value."""
    text = place.line.strip()
    if place.mistake not in {"colon", "trailing"} or ": " in text or not _may_be_name(text):
        return
    head = place.line[: len(place.line) - len(place.line.lstrip())]
    name, _, rest = text.rstrip(":").partition(" ")
    yield f"{head}{name}: {rest.strip()}".rstrip()
    yield f"{head}{in_quotes(text)}:"


def _may_be_name(text: str) -> bool:
    """Tell whether people begin names as a text begins."""
    if not text or is_other_dash(text):
        return False
    return text[0].isalnum() or text[0] == "_" or not text[0].isascii()


def as_comment(place: FaultyLine) -> Iterator[str]:
    """Take a line out of the properties."""
    yield f"# {place.line.strip()}"
