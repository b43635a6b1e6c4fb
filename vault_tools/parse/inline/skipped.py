"""What holds no links and tags: escapes, code, HTML, math."""

import re

from vault_tools.parse.inline.walk import Walk

AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*)>")
_ELEMENT = re.compile(r"</?[A-Za-z][A-Za-z0-9\-]*(?:\s[^<>\n]*)?/?>")
_TICKS = re.compile("`+")


def skip_escape(walk: Walk, _start: int, end: int) -> int:
    """Skip a backslash and the character behind it."""
    walk.after_text = end
    return end


def skip_code(walk: Walk, start: int, end: int) -> int:
    """Skip a code span: it closes at the next run of as many backticks; where there is none, fewer may open one."""
    if walk.ticks is None:
        walk.ticks = _ticks_by_length(walk.text)
    for length in range(end - start, 0, -1):
        places = walk.ticks.get(length, [])
        while places and places[-1] <= start:
            places.pop()
        if places:
            close = places[-1] + length
            walk.scan.code.append((start, close))
            return close
    return end


def _ticks_by_length(text: str) -> dict[int, list[int]]:
    """Return the places of the runs of backticks, by their length, the last one first."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    for places in runs.values():
        places.reverse()
    return runs


def skip_html(walk: Walk, start: int, end: int) -> int:
    """Skip a comment, an autolink or a tag of HTML; the address of an autolink is kept."""
    text = walk.text
    if text.startswith("<!--", start):
        close = walk.find("-->", start + 4)
        return close + 3 if close >= 0 else start + 4
    auto = AUTOLINK.match(text, start)
    if auto is not None:
        walk.scan.urls.append((end, auto.group(1)))
        return auto.end()
    element = _ELEMENT.match(text, start)
    return element.end() if element else end


def skip_math(walk: Walk, start: int, end: int) -> int:
    """Skip `$…$` (no blank inside its ends, no digit after) and `$$…$$`."""
    text = walk.text
    if text.startswith("$", end):
        close = walk.find("$$", end + 1)
        return close + 2 if close > end + 1 else end + 1
    if text[end : end + 1].isspace():
        return end
    if walk.next_dollar <= start:
        walk.next_dollar = _next_dollar(walk, end)
    closes = walk.next_dollar < len(text) and not text[walk.next_dollar - 1].isspace()
    return walk.next_dollar + 1 if closes else end


def _next_dollar(walk: Walk, pos: int) -> int:
    """Return the next `$` that ends math or prevents it; the earlier `$` makes no difference."""
    close = walk.find("$", pos)
    while close >= 0 and _is_plain_dollar(walk.text, close):
        close = walk.find("$", close + 1)
    return close if close >= 0 else len(walk.text)


def _is_plain_dollar(text: str, at: int) -> bool:
    r"""Tell whether a `$` is a character of a formula or of text, as in `\$` and `$5`."""
    before = text[at - 1]
    return not before.isspace() and (before == "\\" or text[at + 1 : at + 2].isdigit())
