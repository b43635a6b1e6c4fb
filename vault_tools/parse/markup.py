"""Text without its markup: the words that a reader sees."""

import html
import re
from collections.abc import Callable, Iterator
from html.entities import html5

from vault_tools.parse.inline.destinations import ESCAPED
from vault_tools.parse.inline.skipped import AUTOLINK

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_LINE_START = re.compile(
    r"^[ \t>]*(?:\[![^\]\n]*\][+-]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[.\](?=[ \t]))?|$))", re.MULTILINE
)
_QUOTE = re.compile(r"^[ \t]*>[ \t>]*", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:-[- \t]*|=[= \t]*|\*[* \t]*|_[_ \t]*)$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t>]*\|.*$", re.MULTILINE)
_EMPTY_FIELD = re.compile(r"^[^\n:]*::[ \t]*$", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:^|(?<=[ \t]))\^[\w-]+[ \t]*$", re.MULTILINE)
_LABEL = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
"""Text of a link; it may contain text in brackets."""
_PLACE = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_EMBED = re.compile(rf"!\[\[[^\[\]]*\]\]|!{_LABEL}{_PLACE}")
_CITED = re.compile(r"\[(\[[^\[\]|]*\])\](?=\([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s)])" + _PLACE)
"""A link with its text in brackets, which would otherwise look like a wikilink before words in parentheses."""
_WIKILINK = re.compile(r"\[\[([^\[\]|]*)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = re.compile(_LABEL + _PLACE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STAR = re.compile(r"(?<!\\)(?:(?<![\w\s])\*|\*(?=\S)(?<!\w\*)|(?<=\S)\*(?!\w)|\*(?=\*)|(?<=\*)\*)")
_UNDERSCORE = re.compile(r"(?<!\\)(?:(?<![^\W_])_|_(?![^\W_]))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});", re.ASCII)


def visible(text: str) -> str:
    """Leave out what a reader does not see, code, and formulas in a separate block."""
    if "```" in text or "~~~" in text:
        text = "".join(_without_code(text))
    for first, last in _HIDDEN:
        if first in text:
            text = "".join(_outside(text, first, last))
    return text


def _without_code(text: str) -> Iterator[str]:
    """Yield the text outside fenced code; a fence that is not closed reaches to the end."""
    at, opening = 0, ""
    for fence in _FENCE.finditer(text):
        marks = fence[1]
        if not opening:
            yield text[at : fence.start()]
            opening = marks
        elif marks.startswith(opening):
            at, opening = fence.end(), ""
    if not opening:
        yield text[at:]


def _outside(text: str, first: str, last: str) -> Iterator[str]:
    """Yield the text outside a pair of marks; a pair that is not closed reaches to the end."""
    at = 0
    while (begin := text.find(first, at)) >= 0:
        yield text[at:begin]
        end = text.find(last, begin + len(first))
        if end < 0:
            return
        at = end + len(last)
    yield text[at:]


def plain_words(text: str) -> str:
    """Return the words of a text on one line, without markup."""
    for sign, pattern, plain in _STEPS:
        if sign in text:
            text = pattern.sub(plain, text)
    for mark, plain_mark in _MARKS:
        text = text.replace(mark, plain_mark)
    if "&" in text:
        text = _ENTITY.sub(_sign, text)
    return " ".join(text.split())


def _sign(entity: re.Match[str]) -> str:
    """Return the character that a reference such as `&amp;` means; only complete names count."""
    name = entity[0][1:]
    return html.unescape(entity[0]) if name.startswith("#") else html5.get(name, entity[0])


def _shown(wikilink: re.Match[str]) -> str:
    """Return what a reader sees of a wikilink: its own text, or `note > heading`."""
    return wikilink[2] or wikilink[1].strip("#").replace("#", " > ")


_HIDDEN = (("%%", "%%"), ("<!--", "-->"), ("<%", "%>"), ("$$", "$$"))
"""The marks around what is left out, in this order."""
_STEPS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("|", _TABLE, ""),
    ("![", _EMBED, ""),
    ("]](", _CITED, r"\1"),
    ("[[", _WIKILINK, _shown),
    ("](", _LINK, r"\1"),
    ("[^", _FOOTNOTE, ""),
    ("<", AUTOLINK, r"\1"),
    ("<", _TAG, " "),
    ("", _RULE, ""),
    ("::", _EMPTY_FIELD, ""),
    ("", _LINE_START, ""),
    (">", _QUOTE, ""),
    ("^", _BLOCK_ID, ""),
    ("*", _STAR, ""),
    ("_", _UNDERSCORE, ""),
    ("\\", ESCAPED, r"\1"),
)
"""What is taken out or replaced, in this order; each is tried only if its sign is in the text."""
_MARKS = (("`", ""), ("~~", ""), ("==", ""), ("::", ":"))
