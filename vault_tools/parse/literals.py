"""What the value of a Dataview field means: nothing, number, boolean, date, duration, link, text, or a list of those.

Dataview uses the first kind that matches the start of a value, and the match must cover it all. Otherwise it is text.
"""

import re
from datetime import date

from vault_tools.model.note import Value
from vault_tools.parse.inline.wikilinks import split_wikilink

_DATE = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T(?:[01][0-9]|2[0-3])"
    r"(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{3})?(?:[+-][0-9]{1,2}(?::[0-9]{2})?|Z|\[[\w/+,.-]+\])?)?)?)?)?"
)
_UNITS = (
    "years year yrs yr months month mos mo weeks week wks wk w days day d hours hour hrs hr h "
    "minutes minute mins min m seconds second secs sec s"
)
_LENGTH = rf"-?[0-9]+(?:\.[0-9]+)?\s*+(?:{_UNITS.replace(' ', '|')})"
_DURATION = re.compile(rf"{_LENGTH}(?>(?:\s*+,?\s*+{_LENGTH})*)")
_QUOTED = re.compile(r'"((?>(?:[^"\\]|\\.)*))"', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_TAG = re.compile(r"#[\w/\-\u2190-\u2bff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]*+")
_LINK = re.compile(r"(!?)\[\[([^\[\]]*+)\]\]")
_BOOL = re.compile(r"[Tt]rue|[Ff]alse")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_COMMA = re.compile(r"\s*+,\s*+")
_LONGEST_NUMBER, _LONGEST_REST = 18, 300
"""The most digits before the point (64 bits hold them) and after it; longer numbers stay text."""

Read = tuple[Value, int]
"""A value, and where it ends in its text."""


def value(text: str) -> Value:
    """Read the value of a field. A list has commas between its items; one comma at the end makes a list of one."""
    text = text.strip()
    if not text:
        return None
    first = _atom(text, 0)
    if first is None:
        return text
    return first[0] if first[1] == len(text) else _list(text, first)


def _list(text: str, first: Read) -> Value:
    items, end = [first[0]], first[1]
    while end < len(text):
        comma = _COMMA.match(text, end)
        if comma is None:
            return text
        if comma.end() == len(text) and len(items) == 1:
            break
        item = _atom(text, comma.end())
        if item is None:
            return text
        items.append(item[0])
        end = item[1]
    return items


def _atom(text: str, pos: int) -> Read | None:
    """Read one value; None if none begins. The order is Dataview's: `2 days` is a duration, not a number."""
    return next((found for read in _KINDS if (found := read(text, pos)) is not None), None)


def _date(text: str, pos: int) -> Read | None:
    found = _DATE.match(text, pos)
    if found is None:
        return None
    year, month, day = (int(found[name] or 1) for name in ("year", "month", "day"))
    try:
        date(year, month, day)
    except ValueError:
        return None  # there is no 30 February
    return {"date": found[0]}, found.end()


def _duration(text: str, pos: int) -> Read | None:
    found = _DURATION.match(text, pos)
    return (found[0], found.end()) if found else None


def _quoted(text: str, pos: int) -> Read | None:
    found = _QUOTED.match(text, pos)
    return (_ESCAPED.sub(r"\1", found[1]), found.end()) if found else None


def _tag(text: str, pos: int) -> Read | None:
    found = _TAG.match(text, pos)
    return (found[0], found.end()) if found else None


def _link(text: str, pos: int) -> Read | None:
    found = _LINK.match(text, pos)
    if found is None:
        return None
    target, subpath, display = split_wikilink(found[2])
    link: dict[str, Value] = {"link": target + subpath}
    link |= {} if display is None else {"display": display}
    return (link | {"embed": True} if found[1] else link), found.end()


def _bool(text: str, pos: int) -> Read | None:
    found = _BOOL.match(text, pos)
    return (found[0].lower() == "true", found.end()) if found else None


def _number(text: str, pos: int) -> Read | None:
    found = _NUMBER.match(text, pos)
    if found is None:
        return None
    whole, _, rest = found[0].partition(".")
    if len(whole.lstrip("-")) > _LONGEST_NUMBER or len(rest) > _LONGEST_REST:
        return None
    return (float(found[0]) if rest else int(whole)), found.end()


def _null(text: str, pos: int) -> Read | None:
    return (None, pos + 4) if text.startswith("null", pos) else None


_KINDS = (_date, _duration, _quoted, _tag, _link, _bool, _number, _null)
