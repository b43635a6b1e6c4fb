"""The first words of a note, as plain text: what the graph page shows of it.

Whatever a note holds, the time this takes is in proportion to its length; as a rule its first lines are enough.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_MARKER = re.compile(r"%%[ \t]*vault-tools:(begin|end)\b[^\n%]*%%")
_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]+(.*)$", re.MULTILINE)
_LINE_START = re.compile(
    r"^[ \t>]*(?:\[![^\]\n]*\][+-]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[.\](?=[ \t]))?|$))", re.MULTILINE
)
_QUOTE = re.compile(r"^[ \t]*>[ \t>]*", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:-[- \t]*|=[= \t]*|\*[* \t]*|_[_ \t]*)$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t>]*\|.*$", re.MULTILINE)
_EMPTY_FIELD = re.compile(r"^[^\n:]*::[ \t]*$", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:^|(?<=[ \t]))\^[\w-]+[ \t]*$", re.MULTILINE)
_EMBED = re.compile(r"!\[\[[^\[\]]*\]\]|!\[[^\[\]]*\]\([^()\n]*\)")
_WIKILINK = re.compile(r"\[\[([^\[\]|]*)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STAR = re.compile(r"(?<!\\)(?:(?<![\w\s])\*|\*(?=\S)(?<!\w\*)|(?<=\S)\*(?!\w)|\*(?=\*)|(?<=\*)\*)")
_UNDERSCORE = re.compile(r"(?<!\\)(?:(?<![^\W_])_|_(?![^\W_]))")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FIRST = 600
_GROWTH = 8
_LONGEST_WORD = 40


def excerpt(text: str, title: str = "", most: int = 200) -> str:
    """Return what the text of a note begins with, without markup, cut at a word to at most so many characters.

    Headings are left out, unless there is nothing else; one that repeats the title is left out even then. So is what
    stands in our own regions.
    """
    size = _FIRST
    while True:
        window = text[:size]
        is_whole = size >= len(text)
        found = _plain(window if is_whole else window[: window.rfind("\n") + 1] or window, title)
        if is_whole or len(found) > most:
            return _cut(found, most)
        size *= _GROWTH


def _plain(text: str, title: str) -> str:
    if "```" in text or "~~~" in text:
        text = "".join(_without_code(text))
    text = _without_asides(text)
    body = _HEADING.sub("", text) if "#" in text else text
    said = _words(body)
    if said or body is text:
        return said
    heads = (_words(head) for head in _HEADING.findall(text))
    return " · ".join(head for head in heads if head and head.casefold() != title.casefold())


def _without_code(text: str) -> Iterator[str]:
    """Yield what stands outside of fenced code; a fence that is not closed reaches to the end."""
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
    """Leave out what a reader does not see, and formulas that stand alone."""
    if "%%" in text:
        if "vault-tools:" in text:
            text = "".join(_without_regions(text))
        text = "".join(_between(text, "%%", "%%"))
    if "<" in text:
        text = "".join(_between(text, "<!--", "-->"))
        text = "".join(_between(text, "<%", "%>"))
    return "".join(_between(text, "$$", "$$")) if "$$" in text else text


def _without_regions(text: str) -> Iterator[str]:
    at, inside = 0, False
    for marker in _MARKER.finditer(text):
        if not inside:
            yield text[at : marker.start()]
        at, inside = marker.end(), marker[1] == "begin"
    yield text[at:]


def _between(text: str, first: str, last: str) -> Iterator[str]:
    """Yield what stands outside of a pair of marks; one that is not closed reaches to the end."""
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
    ("[[", _WIKILINK, lambda found: found[2] or found[1].strip("#").replace("#", " > ")),
    ("](", _LINK, r"\1"),
    ("[^", _FOOTNOTE, ""),
    ("<", _ADDRESS, r"\1"),
    ("<", _TAG, " "),
    ("--", _RULE, ""),
    ("==", _RULE, ""),
    ("**", _RULE, ""),
    ("__", _RULE, ""),
    ("::", _EMPTY_FIELD, ""),
    ("", _LINE_START, ""),
    (">", _QUOTE, ""),
    ("^", _BLOCK_ID, ""),
    ("*", _STAR, ""),
    ("_", _UNDERSCORE, ""),
    ("\\", _ESCAPE, r"\1"),
)
"""What is taken out or replaced, in this order; each is tried only where its sign stands in the text."""


def _words(text: str) -> str:
    for sign, pattern, instead in _STEPS:
        if sign in text:
            text = pattern.sub(instead, text)
    for mark, instead in (("`", ""), ("~~", ""), ("==", ""), ("::", ":")):
        if mark in text:
            text = text.replace(mark, instead)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    """Cut a text at a blank, or else, as in Chinese, between two signs; what belongs to a sign stays with it."""
    if len(text) <= most:
        return text
    end = most - 1
    blank = text.rfind(" ", end - _LONGEST_WORD, end + 1)
    if blank > 0 and not (_is_wide(text[end - 1]) or _is_wide(text[end])):
        end = blank
    while end > 0 and _is_bound(text[end - 1], text[end]):
        end -= 1
    return text[:end].rstrip(" ,;:，、；：-–") + "…"


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _is_bound(before: str, sign: str) -> bool:
    """Tell whether a sign is one with that before it: an accent, a variant, a part of an emoji."""
    return (
        "\u200d" in (before, sign) or "\ufe00" <= sign <= "\ufe0f" or unicodedata.category(sign) in ("Mn", "Me", "Sk")
    )
