"""A body cut into chunks, which can be read one by one because no block reaches from one into the next."""

import re
from collections.abc import Iterator

_RISKY = ("```", "~~~", "$$", "%%", "<")
"""What a block that may contain blank lines begins with."""
# A line of nothing but a tab ends no paragraph, and `2.5` may go on with the list above.
_BREAK = re.compile(
    r"\n(?:(?<=\S\n)|(?<=\S \n)|(?<=\S  \n))(?>(?: *\t[ \t]*\n)*)(?: *\n)(?>(?:[ \t]*\n)*)(?=\S)(?![0-9]+[.)]\S)"
)
_DANGER = re.compile(
    r"^[ \t>*+\-\d.)]*(?:(`{3,}|~{3,})|\$\$|%%(?!.*%%)|<!--|<[?!]|<(?:script|pre|style|textarea)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_HTML_LINE = re.compile(r"^[ \t]*<", re.MULTILINE)


def chunks(body: str) -> Iterator[tuple[int, int]]:
    """Cut a body at blank lines before unindented text, where no block can be open; code fences are left out."""
    pos = 0
    is_risky = any(sign in body for sign in _RISKY)
    while is_risky and (danger := _DANGER.search(body, pos)) is not None:
        start = _chunk_start(body, pos, danger.start())
        yield from _cut(body, pos, start)
        if not _is_plain_fence(body, start, danger):
            yield start, len(body)
            return
        yield start, danger.start()
        pos = _fence_end(body, danger)
        if pos < 0:
            return
    yield from _cut(body, pos, len(body))


def _chunk_start(body: str, pos: int, danger: int) -> int:
    """Return the start of the chunk with the line at `danger`."""
    start = pos
    for gap in _BREAK.finditer(body, pos, danger + 1):
        start = gap.end()
    return start


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _BREAK.finditer(body, start, end):
        yield start, gap.start() + 1
        start = gap.end()
    last = start + len(body[start:end].rstrip(" \t\n"))
    if start < last:  # the last line keeps its blanks, since `--- ` underlines nothing
        yield start, min(end, _line_end(body, last))


def _is_plain_fence(body: str, start: int, danger: re.Match[str]) -> bool:
    """Tell whether a chunk from `start` on has a code fence at the start of a line, and no HTML above it."""
    fence = danger[1]
    if not fence or not body.startswith(fence, danger.start()):
        return False
    if _HTML_LINE.search(body, start, danger.start()):
        return False
    return fence[0] == "~" or "`" not in body[danger.end() : _line_end(body, danger.end())]


def _fence_end(body: str, opening: re.Match[str]) -> int:
    """Return where the code fence that begins with `opening` ends; -1 if it is not closed."""
    fence = opening[1]
    closing = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    end = closing.search(body, _line_end(body, opening.end()))
    return end.end() if end else -1


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return len(text) if end < 0 else end
