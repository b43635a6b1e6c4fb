"""Properties in the YAML that nearly every note has: `name: value`, and lists of `- value`.

These need no YAML parser: they are read line by line. For anything else, `read` returns None and a real parser reads
it; a law compares the two.
"""

import re
from collections.abc import Callable, Mapping

from vault_tools.dialect.scalars import CORE
from vault_tools.model.note import Value
from vault_tools.parse.yaml.core import scalar
from vault_tools.parse.yaml.lines import FIRST_LINE

# Characters that YAML takes for blanks or line ends, or refuses.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BEGIN = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`.<=~]"""
# A key that is no text becomes one (`010:` is "10"), and whole numbers change places: a real parser knows.
_NO_TEXT = r"(?![+\d]|(?:[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL)[ ]*:)"
_KEY = rf"({_NO_TEXT}{_BEGIN}[^:#\n]{{0,99}}):"
_DASH = r"([ ]*-)(?=[ \n]|\Z)"
_PLAIN = rf"(?:{_BEGIN}|[.<=~\-](?=\w))[^:#\n]*+(?>(?:(?::(?=\w|/)|(?<=\w)#)[^:#\n]*+)*)"
_QUOTED = r""""[^"\\\n]*"|'[^'\n]*'"""
_ITEM = rf"""[ ]*(?:{_BEGIN}[^:#?,\[\]{{}}\n'"]*+|"[^"\\\n]*"[ ]*+|'[^'\n]*'[ ]*+)"""
_LIST = rf"\[(?:[ ]*|{_ITEM}(?>(?:,{_ITEM})*))\]"
_PARTS = re.compile(r"""("[^"]*")|('[^']*')|([^ ,"'][^,]*)""")
_LINE = re.compile(rf"^(?:(?:{_KEY}|{_DASH})(?:[ ]+({_PLAIN}|{_QUOTED}|{_LIST}))?[ ]*|[ ]*|([^\n]*))$", re.MULTILINE)


def read(block: str) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the properties of a block and the line of each; None if only a YAML parser can read it."""
    if _ODD.search(block):
        return None
    properties = _properties(_LINE.findall(block))
    return properties if properties and properties[0] else None


def _properties(rows: list[tuple[str, str, str, str]]) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the properties of lines: of each its key or its dash, its value, or a text that is none of these."""
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    items: list[Value] | None = None
    name = indent = ""
    for line, (key, dash, written, other) in enumerate(rows, FIRST_LINE):
        value = _READERS.get(written[:1], str)(written.rstrip(" "))
        if key:
            name, indent = key.rstrip(" "), ""
            if name in values:
                return None
            values[name], lines[name] = value, line
            items = None if written else []
        elif dash:
            if items is None or dash != (indent or dash):
                return None
            values[name], indent = items, dash
            items.append(value)
        elif other:
            return None
    return values, lines


def _nothing(_written: str) -> None:
    return None


def _quoted(text: str) -> str:
    return text[1:-1]


def _items(text: str) -> list[Value]:
    """Read `[a, "b"]`."""
    return [
        (double or single)[1:-1] if double or single else scalar(plain.rstrip(" "))
        for double, single, plain in _PARTS.findall(text, 1, len(text) - 1)
    ]


_READERS: Mapping[str, Callable[[str], Value]] = {
    **{first: scalar for kind in CORE for first in kind.firsts},
    "": _nothing,
    '"': _quoted,
    "'": _quoted,
    "[": _items,
}
"""How a value is read, by its first character; any other begins a text."""
