"""The destination of a Markdown link: `(path "title")`, with or without angle brackets."""

import re
from urllib.parse import unquote

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_OPENING = re.compile(r"[ \t]*(?:\n[ \t]*)?(?:<((?:[^<>\n\\]|\\.)*)>|(?=[^<\s]))")
_TITLE = re.compile(r"""\s+(?:"(?:[^"\\\n]|\\.){0,999}"|'(?:[^'\\\n]|\\.){0,999}'|\((?:[^()\\\n]|\\.){0,999}\))""")
_CLOSING = re.compile(r"[ \t\n]*\)")
_PAREN = re.compile(r"\\[!-/:-@\[-`{-~]|[()<\s\x00-\x1f\x7f]")
_DEEPEST = 32
"""How deep parentheses may nest in a destination without angle brackets."""


def read_destination(text: str, pos: int) -> tuple[str, int] | None:
    """Read `destination "title")` after the parenthesis; returns the destination and where the link ends."""
    opening = _OPENING.match(text, pos)
    if opening is None:
        return ("", pos + 1) if text.startswith(")", pos) else None
    destination, end = opening.group(1), opening.end()
    if destination is None:
        end = _plain_end(text, opening.end())
        destination = text[opening.end() : end]
    title = _TITLE.match(text, end)
    closing = _CLOSING.match(text, title.end() if title else end)
    return (ESCAPED.sub(r"\1", destination), closing.end()) if closing else None


def _plain_end(text: str, pos: int) -> int:
    """Return where a destination without angle brackets ends: at white space, or at a parenthesis it did not open."""
    depth = 0
    for sign in _PAREN.finditer(text, pos):
        char = sign.group()
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char[0] != "\\":
            return sign.start()
        if not 0 <= depth <= _DEEPEST:
            return sign.start()
    return len(text)


def split_destination(destination: str) -> tuple[str, str]:
    """Split a Markdown link's destination into linkpath and subpath; percent-decoded first, as Obsidian does."""
    target, mark, rest = unquote(destination, errors="replace").partition("#")
    return target, mark + rest
