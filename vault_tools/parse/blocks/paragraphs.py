"""Rules for paragraphs, and for headings that are underlined."""

import re

from markdown_it.rules_block import StateBlock

from vault_tools.parse.blocks.lines import interrupts, is_blank, line_at
from vault_tools.parse.blocks.starts import UNDERLINE

_UNDERLINE = re.compile(rf"{UNDERLINE}$")


def underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a heading of one line by the `===` or `---` under it; two dashes are too few."""
    if start + 1 >= end or state.is_code_block(start):
        return False
    under = line_at(state, start + 1)
    if not _can_be_heading(line_at(state, start)) or not _UNDERLINE.match(under):
        return False
    if not silent:
        tag = "h1" if "=" in under else "h2"
        state.push("heading_open", tag, 1).map = [start, start + 2]
        token = state.push("inline", "", 0)
        token.map, token.content = [start, start + 1], _text(line_at(state, start))
        state.push("heading_close", tag, -1)
        state.line = start + 2
    return True


def _can_be_heading(line: str) -> bool:
    text = _text(line)
    return not text.startswith("#") if text else is_blank(line)


def _text(line: str) -> str:
    """Return the text of a line; one of no-break spaces has none."""
    return "" if is_blank(line) else line.strip()


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Take a paragraph; a line with only a tab does not end it.

    A line of no-break spaces ends it, and is not a paragraph itself.
    """
    if is_blank(line_at(state, start)):
        state.line = start + 1
        return True
    last = start + 1
    while last < end and not _ends_paragraph(state, last, end):
        last += 1
    state.line = last
    while state.isEmpty(last - 1):
        last -= 1
    push_paragraph(state, start, last, state.getLines(start, last, 0, False).strip())  # noqa: FBT003
    return True


def _ends_paragraph(state: StateBlock, at: int, end: int) -> bool:
    """Tell whether a paragraph ends above a line."""
    line = line_at(state, at)
    if state.isEmpty(at):
        return "\t" not in line
    return is_blank(line) or (not state.is_code_block(at) and interrupts(state, at, end, "paragraph"))


def push_paragraph(state: StateBlock, start: int, last: int, text: str) -> None:
    """Push the tokens of a paragraph."""
    state.push("paragraph_open", "p", 1).map = [start, last]
    token = state.push("inline", "", 0)
    token.map, token.content = [start, last], text
    state.push("paragraph_close", "p", -1)
