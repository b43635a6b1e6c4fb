"""Tags in running text: `#tag`, where a run of text begins."""

import re

from vault_tools.parse.inline.walk import Walk

TAG = re.compile("#(?=[^0-9]|[0-9]+[^0-9\\s])([^\\s\u2000-\u206f\u2e00-\u2e7f!\"#$%&'()*+,.:;<=>?@\\[\\\\\\]^`{|}~]+)")
_NUMBER = re.compile(r"[0-9]+\Z")
_MARKER = re.compile(r"(?:\*{1,3}|~~|==|(?<![^\W_])_{1,3})\Z")
_LONGEST_MARKER = 4
"""Characters of the longest marker of bold or other text, with the character in front of it."""


def take_tag(walk: Walk, start: int, end: int) -> int:
    """Take a tag where a run of text begins; one at the start of a link's text waits for the rest of the link."""
    tag = TAG.match(walk.text, start)
    if tag is None or _NUMBER.match(tag.group(1)):
        return end
    if _begins_text(walk, start):
        walk.scan.tags.append((start, tag.group()))
    elif walk.openers and walk.openers[-1][1] == start:
        walk.tags_in_openers[start] = (start, tag.group())
    else:
        return end
    walk.after_text = tag.end()
    return tag.end()


def _begins_text(walk: Walk, start: int) -> bool:
    """Tell whether a run of text begins: at a line's start, after white space, a tag, an escape, a marker."""
    before = walk.text[start - 1 : start]
    if before == "" or before.isspace() or start == walk.after_text:
        return True
    return before in "*~=_" and _MARKER.search(walk.text, max(0, start - _LONGEST_MARKER), start) is not None
