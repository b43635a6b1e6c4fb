r"""Scalars of YAML: where one ends, and the text that it holds.

A line ends at `\n` only, and every other character is allowed anywhere, as in Obsidian.
"""

import re

from vault_tools.parse.yaml.faults import YamlError

_DOUBLE = re.compile(r'"(?>(?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'(?>(?:[^']|'')*)'")
_NEXT_LINE = re.compile(r"\n( *+)([^\n]?)")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t\n]|\Z)")
_WORD = r"(?>(?:[^ \t\n:]|:(?![ \t\n]))+)"
_FLOW_WORD = r"(?>(?:[^ \t\n:,\[\]{}]|:(?![ \t\n,\[\]{}]))+)"
_PLAIN = re.compile(rf"{_WORD}(?>(?:[ \t]++(?!#){_WORD})*)")
_FLOW_PLAIN = re.compile(rf"{_FLOW_WORD}(?>(?:[ \t]++(?!#){_FLOW_WORD})*)")
_BLANK = re.compile(r"( *+)[ \t]*+\n")
_FOLD = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")  # from the start of a run only: else each blank is tried
_ESCAPE = re.compile(r"\\(?:\n[ \t]*+|x.{2}|u.{4}|U.{8}|.)|[ \t]*+\n[ \t\n]*+|[ \t]++", re.DOTALL)
_HEX = re.compile(r"[0-9a-fA-F]+")
_CODES = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029", " ": " ", '"': '"', "/": "/", "\\": "\\", "\t": "\t",
}  # fmt: skip
_LAST_CODE = 0x10FFFF


def plain_end(text: str, pos: int, least: int, *, flow: bool = False) -> int:
    """Return where a scalar without quotes ends; its further lines are indented by `least` blanks or more."""
    words = _FLOW_PLAIN if flow else _PLAIN
    found = words.match(text, pos)
    end = found.end() if found else pos
    while found:
        pos = _next_line(text, found.end(), least)
        found = words.match(text, pos) if 0 <= pos < len(text) and text[pos] != "#" else None
        end = found.end() if found else end
    return end


def _next_line(text: str, pos: int, least: int) -> int:
    """Return the start of the next line with words if it may continue a scalar that ends at `pos`; -1 if not."""
    blank = _BLANK.match(text, pos)
    while blank:
        pos = blank.end()
        blank = _BLANK.match(text, pos)
        if blank and len(blank.group(1)) < least and blank.end() - pos != len(blank.group(1)) + 1:
            return -1  # a tab in front of the end is no indentation
    begin = pos
    while text.startswith(" ", pos):
        pos += 1
    if not begin or text[begin - 1] != "\n" or pos - begin < least or (not least and _MARKER.match(text, begin)):
        return -1
    while text.startswith("\t", pos) or text.startswith(" ", pos):
        pos += 1
    return pos


def at_marker(text: str, pos: int) -> bool:
    """Tell whether a line that begins at `pos` ends a document or begins one."""
    return _MARKER.match(text, pos) is not None


def quoted_end(text: str, pos: int, least: int) -> int:
    """Return where a scalar in quotes ends, of which further lines are indented by `least` blanks or more."""
    found = (_DOUBLE if text[pos] == '"' else _SINGLE).match(text, pos)
    if found is None:
        raise YamlError(pos, "quote")
    for line in _NEXT_LINE.finditer(text, pos, found.end()):
        outside = line.group(2) and len(line.group(1)) < least
        if outside or (not least and at_marker(text, line.start() + 1)):
            return _closed_above(text, pos, line.start())
    return found.end()


def _closed_above(text: str, pos: int, end: int) -> int:
    r"""Return the end of a line that ends in an escaped quote: Obsidian takes it for the end of the scalar."""
    if end - 1 > pos and text[end - 1] == text[pos]:
        return end
    raise YamlError(pos, "quote")


def folded(text: str) -> str:
    """Return the text of several lines as one: an end of line is a blank, an empty line is a line end."""
    return _FOLD.sub(_fold, text) if "\n" in text else text


def _fold(found: re.Match[str]) -> str:
    return "\n" * (found.group().count("\n") - 1) or " "


def unquoted(text: str, pos: int) -> str:
    """Return the text of a scalar in quotes; `pos` is its start, for errors."""
    if text[0] == "'":
        return folded(text[1:-1]).replace("''", "'")
    if "\\" not in text:
        return folded(text[1:-1])
    inside = text[1:] if (len(text) - len(text[:-1].rstrip("\\"))) % 2 == 0 else text[1:-1]
    return whole(_ESCAPE.sub(lambda found: _unescaped(found, pos + 1), inside))


def _unescaped(found: re.Match[str], pos: int) -> str:
    part = found.group()
    if part[0] != "\\":
        return _fold(found) if "\n" in part else part
    if part[1] == "\n":
        return ""
    if len(part) > 2:  # noqa: PLR2004
        return _character(part[2:], pos + found.start())
    if part[1] not in _CODES:
        raise YamlError(pos + found.start(), "escape")
    return _CODES[part[1]]


def _character(digits: str, pos: int) -> str:
    code = int(digits, 16) if _HEX.fullmatch(digits) else _LAST_CODE + 1
    if code > _LAST_CODE:
        raise YamlError(pos, "escape")
    return chr(code)


def whole(text: str) -> str:
    """Join halves of characters that were escaped separately; a single half becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
