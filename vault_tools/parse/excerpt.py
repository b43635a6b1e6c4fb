"""The first words of a note, as plain text, for the graph page.

The time this takes is always in proportion to the note's length; usually its first lines are enough.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from html.entities import html5

from vault_tools.parse.inline.destinations import ESCAPED
from vault_tools.parse.inline.skipped import AUTOLINK

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]+(.*)$", re.MULTILINE)
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
_END = re.compile(r"[\[\]>\n]|<(?=/?[a-zA-Z])")
_FIRST = 600
_GROWTH = 8
_LONGEST_WORD = 40


def excerpt(text: str, title: str = "", most: int = 200) -> str:
    """Return the beginning of a note's text without markup, cut at a word to a maximum number of characters.

    Headings are left out, unless there is nothing else; one that repeats the title is left out even then.
    """
    size = _FIRST
    while size < len(text):
        found = _begun(text[: text.rfind("\n", 0, size) + 1])
        if len(found) > most:
            return _cut(found, most)
        size *= _GROWTH
    return _cut(_plain(text, title), most)


def _begun(text: str) -> str:
    """Return the first lines of a text, up to a line after which no open block continues."""
    text = _seen(text)
    return _words(_HEADING.sub("", text[: _settled(text)]))


def _settled(text: str) -> int:
    """Return the end of the last line with no open bracket or tag."""
    end = depth = 0
    is_tag = False
    for found in _END.finditer(text):
        sign = found[0]
        if sign == "\n":
            end = end if depth or is_tag else found.end()
        elif sign in "<>":
            is_tag = sign == "<"
        else:
            depth = depth + 1 if sign == "[" else max(0, depth - 1)
    return end


def _plain(text: str, title: str) -> str:
    text = _seen(text)
    body = _HEADING.sub("", text) if "#" in text else text
    said = _words(body)
    if said or body is text:
        return said
    heads = (_words(head) for head in _HEADING.findall(text))
    return " · ".join(head for head in heads if head and head.casefold() != title.casefold())


def _seen(text: str) -> str:
    """Leave out what a reader does not see, code, and formulas in a separate block."""
    if "```" in text or "~~~" in text:
        text = "".join(_without_code(text))
    return _without_asides(text)


def _without_code(text: str) -> Iterator[str]:
    """Yield the text outside fenced code; a fence that is not closed reaches to the end."""
    at, open_ = 0, ""
    for fence in _FENCE.finditer(text):
        marks = fence[1]
        if not open_:
            yield text[at : fence.start()]
            open_ = marks
        elif marks.startswith(open_):
            at, open_ = fence.end(), ""
    if not open_:
        yield text[at:]


def _without_asides(text: str) -> str:
    if "%%" in text:
        text = "".join(_between(text, "%%", "%%"))
    if "<" in text:
        text = "".join(_between(text, "<!--", "-->"))
        text = "".join(_between(text, "<%", "%>"))
    return "".join(_between(text, "$$", "$$")) if "$$" in text else text


def _between(text: str, first: str, last: str) -> Iterator[str]:
    """Yield the text outside a pair of marks; a pair that is not closed reaches to the end."""
    at = 0
    while (begin := text.find(first, at)) >= 0:
        yield text[at:begin]
        end = text.find(last, begin + len(first))
        if end < 0:
            return
        at = end + len(last)
    yield text[at:]


_STEPS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("|", _TABLE, ""),
    ("![", _EMBED, ""),
    ("]](", _CITED, r"\1"),
    ("[[", _WIKILINK, lambda found: found[2] or found[1].strip("#").replace("#", " > ")),
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


def _words(text: str) -> str:
    for sign, pattern, instead in _STEPS:
        if sign in text:
            text = pattern.sub(instead, text)
    for mark, instead in (("`", ""), ("~~", ""), ("==", ""), ("::", ":")):
        if mark in text:
            text = text.replace(mark, instead)
    if "&" in text:
        text = _ENTITY.sub(_sign, text)
    return " ".join(text.split())


def _sign(entity: re.Match[str]) -> str:
    """The character that a reference such as `&amp;` means; only complete names are known."""
    name = entity[0][1:]
    return html.unescape(entity[0]) if name.startswith("#") else html5.get(name, entity[0])


def _cut(text: str, most: int) -> str:
    """Cut a text at a blank or, as in Chinese, between two characters; combining marks stay with their character."""
    if len(text) <= most:
        return text
    end = most - 1
    blank = text.rfind(" ", max(0, end - _LONGEST_WORD), end + 1)
    if blank > 0 and not (_is_wide(text[end - 1]) or _is_wide(text[end])):
        end = blank
    while end > 0 and _is_bound(text[end - 1], text[end]):
        end -= 1
    return text[:end].rstrip(" ,;:，、；：-–") + "…"


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _is_bound(before: str, sign: str) -> bool:
    """Tell whether a character belongs to the one before it: an accent, a variant, a part of an emoji."""
    return (
        "\u200d" in (before, sign) or "\ufe00" <= sign <= "\ufe0f" or unicodedata.category(sign) in ("Mn", "Me", "Sk")
    )
