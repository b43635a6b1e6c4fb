"""Links and tags in running text: one pass from left to right, in time linear in the length of the text.

What binds tightest is taken first, as in CommonMark: escapes, code, HTML, math; then wikilinks, Markdown links
and bare URLs; then tags. Rules and their evidence are in tests/obsidian/, with the cases.
"""

import re
from collections.abc import Callable, Mapping

from vault_tools.parse.inline.brackets import close_bracket, open_bracket
from vault_tools.parse.inline.skipped import skip_code, skip_escape, skip_html, skip_math
from vault_tools.parse.inline.tags import take_tag
from vault_tools.parse.inline.urls import take_url
from vault_tools.parse.inline.walk import InlineLink, Scan, Walk
from vault_tools.parse.inline.wikilinks import take_wikilink

# Every branch begins with a fixed set of characters, so that the engine skips what none begins with.
_NEXT = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|\$|\[\[?|!\[\[?|\^\[|\]|#|://")

_CONSTRUCTS: Mapping[str, Callable[[Walk, int, int], int]] = {
    "\\": skip_escape,
    "`": skip_code,
    "<": skip_html,
    "$": skip_math,
    "[[": take_wikilink,
    "![[": take_wikilink,
    "[": open_bracket,
    "![": open_bracket,
    "^[": open_bracket,
    "]": close_bracket,
    "://": take_url,
    "#": take_tag,
}
"""What reads a construct, by the characters that may begin it, or the first of them.

Each takes the walk, and where these characters start and end. It returns where the walk goes on.
"""


def scan(text: str) -> Scan:
    r"""Scan a run of live text (a paragraph, a heading, a cell); its lines are joined by `\n`."""
    walk = Walk(text)
    pos = 0
    while (sign := _NEXT.search(text, pos)) is not None:
        walk.free = pos
        signs = sign.group()
        read = _CONSTRUCTS.get(signs) or _CONSTRUCTS[signs[0]]
        pos = read(walk, sign.start(), sign.end())
    walk.scan.links.sort()
    walk.scan.tags.sort()
    return walk.scan


def whole_link(value: str) -> InlineLink | None:
    """Read a property's value that is exactly one link, and an internal one; None otherwise."""
    if not value.startswith(("[", "!")) or not value.endswith((")", "]")):
        return None
    links = scan(value).links
    return links[0] if len(links) == 1 and (links[0].start, links[0].end) == (0, len(value)) else None
