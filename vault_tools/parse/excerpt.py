"""The first words of a note, as plain text, for the graph page.

The time this takes is always in proportion to the note's length; usually its first lines are enough.
"""

import re
import unicodedata
from collections.abc import Iterator

from vault_tools.parse.markup import plain_words, visible

_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]+(.*)$", re.MULTILINE)
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
        words = _first_words(text[: text.rfind("\n", 0, size) + 1])
        if len(words) > most:
            return _cut(words, most)
        size *= _GROWTH
    return _cut(_all_words(text, title), most)


def _first_words(text: str) -> str:
    """Return the words of the first lines of a text, up to a line after which no open block continues."""
    text = visible(text)
    return plain_words(_HEADING.sub("", text[: _closed_end(text)]))


def _closed_end(text: str) -> int:
    """Return the end of the last line with no open bracket or tag."""
    end = depth = 0
    is_tag = False
    for match in _END.finditer(text):
        sign = match[0]
        if sign == "\n":
            end = end if depth or is_tag else match.end()
        elif sign in "<>":
            is_tag = sign == "<"
        else:
            depth = depth + 1 if sign == "[" else max(0, depth - 1)
    return end


def _all_words(text: str, title: str) -> str:
    """Return the words of a text; those of its headings if there are no others."""
    text = visible(text)
    if "#" not in text:
        return plain_words(text)
    return plain_words(_HEADING.sub("", text)) or " · ".join(_headings(text, title))


def _headings(text: str, title: str) -> Iterator[str]:
    """Yield the words of the headings that do not repeat the title."""
    for heading in _HEADING.findall(text):
        words = plain_words(heading)
        if words and words.casefold() != title.casefold():
            yield words


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
