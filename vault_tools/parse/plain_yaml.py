"""Properties in the YAML that nearly every note has: `name: value`, and lists of `- value`.

These need no YAML parser: they are read line by line. For anything else, `read` returns None and a real parser reads
it; a law compares the two. The meaning of a scalar without quotes is defined here for both.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite

from vault_tools.dialect.scalars import CORE
from vault_tools.model.note import Value

LARGEST = 2**63 - 1
EXACT = 2**53
"""Up to here, JavaScript can hold every whole number; beyond, only the nearest one."""
FIRST_LINE = 2
"""The line of a note's first property; it is also given to a property whose line is unknown."""

_Convert = Callable[[str], Value]


def _number(text: str) -> int | float | str:
    """Read an integer of the core schema (`010` is ten); a large one is what JavaScript shows of it."""
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    try:
        number = int(text[2:] if base != 10 else text, base)  # noqa: PLR2004
    except ValueError:
        return text
    return number if -EXACT <= number <= EXACT else _rounded(number, text)


def _rounded(number: int, text: str) -> int | float | str:
    """Return the nearest number that JavaScript can hold, a float beyond 64 bits; infinite ones stay text."""
    try:
        near = float(number)
    except OverflowError:
        return text
    shown = int(Decimal(repr(near)))
    return shown if -LARGEST <= shown <= LARGEST else near


def _decimal(text: str) -> float | str:
    """Read a float; NaN and infinity stay text, because JSON cannot express them."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _truth(text: str) -> bool:
    return text.lower() == "true"


def _nothing(_text: str) -> None:
    return None


_READERS: Mapping[str, _Convert] = {"null": _nothing, "bool": _truth, "int": _number, "float": _decimal}
_KINDS: dict[str, list[tuple[re.Pattern[str], _Convert]]] = {"": [(re.compile(r"\Z"), _nothing)]}
for _kind in CORE:
    for _char in _kind.firsts:
        _KINDS.setdefault(_char, []).append((re.compile(rf"(?:{_kind.pattern})\Z"), _READERS[_kind.name]))


def scalar(text: str) -> Value:
    """Read a plain scalar: nothing, truth, number, or text."""
    kinds = _KINDS.get(text[:1])
    if kinds is not None:
        for pattern, reader in kinds:
            if pattern.match(text):
                return reader(text)
    return text


# Characters that YAML takes for blanks or line ends, or refuses.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BEGIN = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`.<=~]"""
# A key that is no text becomes one (`010:` is "10"), and whole numbers change places: a real parser knows.
_NO_TEXT = r"(?![+\d]|(?:[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL)[ ]*:)"
_KEY = rf"({_NO_TEXT}{_BEGIN}[^:#\n]{{0,99}}):"
_DASH = r"([ ]*-)(?=[ \n]|\Z)"
_PLAIN = rf"((?:{_BEGIN}|[.<=~\-](?=\w))[^:#\n]*+(?>(?:(?::(?=\w|/)|(?<=\w)#)[^:#\n]*+)*))"
_QUOTED = r"""("[^"\\\n]*"|'[^'\n]*')"""
_ITEM = rf"""[ ]*(?:{_BEGIN}[^:#?,\[\]{{}}\n'"]*+|"[^"\\\n]*"[ ]*+|'[^'\n]*'[ ]*+)"""
_LIST = rf"(\[(?:[ ]*|{_ITEM}(?>(?:,{_ITEM})*))\])"
_PARTS = re.compile(r"""("[^"]*")|('[^']*')|([^ ,"'][^,]*)""")
_LINE = re.compile(rf"^(?:(?:{_KEY}|{_DASH})(?:[ ]+(?:{_PLAIN}|{_QUOTED}|{_LIST}))?[ ]*|[ ]*|([^\n]*))$", re.MULTILINE)


def read(block: str) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the properties of a block and the line of each; None if only a YAML parser can read it."""
    if _ODD.search(block):
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    items: list[Value] | None = None
    name = indent = ""
    value: Value
    for line, (key, dash, plain, quoted, listed, other) in enumerate(_LINE.findall(block), FIRST_LINE):
        if other:
            return None
        if plain:
            value = scalar(plain.rstrip(" "))
        elif quoted:
            value = quoted[1:-1]
        else:
            value = _items(listed) if listed else None
        if key:
            name, indent = key.rstrip(" "), ""
            if name in values:
                return None
            values[name], lines[name] = value, line
            items = None if plain or quoted or listed else []
        elif dash:
            if items is None or dash != (indent or dash):
                return None
            values[name], indent = items, dash
            items.append(value)
    return (values, lines) if values else None


def _items(listed: str) -> list[Value]:
    """Read `[a, "b"]`."""
    return [
        (double or single)[1:-1] if double or single else scalar(plain.rstrip(" "))
        for double, single, plain in _PARTS.findall(listed, 1, len(listed) - 1)
    ]
