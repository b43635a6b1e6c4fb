"""Bare URLs in running text: `https://…`."""

import re

from vault_tools.parse.inline.walk import Walk

_SCHEME = re.compile(r"(?:[hH][tT]{2}[pP][sS]?|[fF][tT][pP])\Z")
_LONGEST_SCHEME = 5
_URL = re.compile(r"[^\s<]+")
_MARKS = "?!.,:*_~"


def take_url(walk: Walk, colon: int, end: int) -> int:
    """At `://`: take a bare URL up to white space; its scheme is in front of the colon."""
    text = walk.text
    scheme = _SCHEME.search(text, max(walk.free, colon - _LONGEST_SCHEME), colon)
    if scheme is None or walk.openers:
        return end
    start = scheme.start()
    url = None if _is_in_word(text, start) else _URL.match(text, start)
    if url is None:
        return end
    walk.scan.urls.append((start, _address(url.group())))
    return url.end()


def _is_in_word(text: str, start: int) -> bool:
    """Tell whether an ASCII letter or digit precedes a place."""
    before = text[start - 1 : start]
    return before.isascii() and before.isalnum()


def _address(url: str) -> str:
    """Return a bare URL without the marks behind it, and the parentheses that close nothing in it (GFM)."""
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in _MARKS or (unopened > 0 and url[end - 1] == ")")):
        end -= 1
        unopened -= url[end] == ")"
    return url[:end]
