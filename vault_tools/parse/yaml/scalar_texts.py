"""The text that a scalar of YAML holds: its lines folded into one, without its quotes and escapes."""

import re

from vault_tools.parse.yaml.faults import YamlError

_FOLD = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")  # from the start of a run only: else each blank is tried
_ESCAPE = re.compile(r"\\(?:\n[ \t]*+|x.{2}|u.{4}|U.{8}|.)|[ \t]*+\n[ \t\n]*+|[ \t]++", re.DOTALL)
_HEX = re.compile(r"[0-9a-fA-F]+")
_CODES = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029", " ": " ", '"': '"', "/": "/", "\\": "\\", "\t": "\t",
}  # fmt: skip
_LAST_CODE = 0x10FFFF


def folded(text: str) -> str:
    """Return the text of several lines as one: an end of line is a blank, an empty line is a line end."""
    return _FOLD.sub(_fold, text) if "\n" in text else text


def _fold(line_ends: re.Match[str]) -> str:
    return "\n" * (line_ends.group().count("\n") - 1) or " "


def unquoted(text: str, pos: int) -> str:
    """Return the text of a scalar in quotes; `pos` is its start, for errors."""
    if text[0] == "'":
        return folded(text[1:-1]).replace("''", "'")
    if "\\" not in text:
        return folded(text[1:-1])
    inside = text[1:] if _has_escaped_end(text) else text[1:-1]
    return _whole(_ESCAPE.sub(lambda match: _unescaped(match, pos + 1), inside))


def _has_escaped_end(text: str) -> bool:
    """Tell whether a backslash is in front of the last quote, so that this quote belongs to the text."""
    return (len(text) - len(text[:-1].rstrip("\\"))) % 2 == 0


def _unescaped(match: re.Match[str], pos: int) -> str:
    part = match.group()
    if part[0] != "\\":
        return _fold(match) if "\n" in part else part
    if part[1] == "\n":
        return ""
    if len(part) > 2:  # noqa: PLR2004
        return _character(part[2:], pos + match.start())
    if part[1] not in _CODES:
        raise YamlError(pos + match.start(), "escape")
    return _CODES[part[1]]


def _character(digits: str, pos: int) -> str:
    code = int(digits, 16) if _HEX.fullmatch(digits) else _LAST_CODE + 1
    if code > _LAST_CODE:
        raise YamlError(pos, "escape")
    return chr(code)


def _whole(text: str) -> str:
    """Join halves of characters that were escaped separately; a single half becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
