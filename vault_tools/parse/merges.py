"""Unfinished merges: two versions of some lines, between markers that git and similar tools leave in a note.

A conflict begins with `<<<<<<<` at the start of a line and ends with `>>>>>>>`, with `=======` or another row of seven
between them. In a code block, it is only an example.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vault_tools.model.note import Problem

_LINE = re.compile(
    r"^(?:(?P<begin><{7})|(?P<end>>{7})|(?P<between>={7}|\|{7}|%{7}|\+{7}|-{7})|(?P<fence> {0,3}(?:`{3,}|~{3,})))"
    r"(?(fence)(?P<rest>[^\n]*)|(?=[ \t\r\n]|\Z))",
    re.MULTILINE,
)

Sign = tuple[int, re.Match[str]]
"""A line (1-based), and the sign at its start."""


class Conflict(NamedTuple):
    """Where an unfinished merge begins and ends: lines of the text, 1-based, both included."""

    first: int
    last: int


def conflicts(text: str, fenced_from: int = 0) -> Iterator[Conflict]:
    """Yield the unfinished merges of a text; code blocks only count from offset `fenced_from` (after properties)."""
    if "<<<<<<<" not in text or ">>>>>>>" not in text:
        return
    signs = _signs(text)
    for line, sign in _outside_code(signs, fenced_from):
        conflict = _conflict(line, signs) if sign["begin"] else None
        if conflict is not None:
            yield conflict


def _signs(text: str) -> Iterator[Sign]:
    """Yield the lines that begin with the sign of a merge or of a code block."""
    line, pos = 1, 0
    for sign in _LINE.finditer(text):
        line += text.count("\n", pos, sign.start())
        pos = sign.start()
        yield line, sign


def _outside_code(signs: Iterator[Sign], fenced_from: int) -> Iterator[Sign]:
    """Yield the signs of merges that are not in a code block."""
    fence = ""
    for line, sign in signs:
        if not sign["fence"]:
            if not fence:
                yield line, sign
        elif sign.start() >= fenced_from:
            fence = _fence(fence, sign["fence"].strip(), sign["rest"])


def _conflict(first: int, signs: Iterator[Sign]) -> Conflict | None:
    """Read the signs of a merge that begins at line `first`, up to its end; code blocks in it do not count."""
    has_halves = False
    for line, sign in signs:
        if sign["begin"]:
            first, has_halves = line, False
        elif sign["between"]:
            has_halves = True
        elif sign["end"] and has_halves:
            return Conflict(first, line)
    return None


def _fence(now: str, mark: str, rest: str) -> str:
    """Return the mark of the code block that is open after a line that begins with such a mark, "" for none."""
    if not now:
        return "" if mark[0] == "`" and "`" in rest else mark
    closes = mark[0] == now[0] and len(mark) >= len(now) and not rest.strip()
    return "" if closes else now


def is_unfinished(text: str, fenced_from: int = 0) -> bool:
    """Tell whether a text contains an unfinished merge."""
    return next(conflicts(text, fenced_from), None) is not None


def problem(conflict: Conflict, *, in_properties: bool = False) -> Problem:
    """Say that a merge is unfinished, and how to finish it."""
    values = (("first", str(conflict.first)), ("last", str(conflict.last)))
    if in_properties:
        message = "problem.merge.in-properties"
        remedy = "problem.merge.in-properties-fix"
    else:
        message = "problem.merge.in-text"
        remedy = "problem.merge.in-text-fix"
    return Problem("merge-unfinished", conflict.first, message, remedy, values)
