"""Rules for lists, quotes and footnotes, split by lines as Obsidian's index splits them.

Their content is cut out and read again.
CommonMark follows columns through all levels together. Obsidian's index gives the same blocks for what people
usually write, and other blocks if a line is indented less than its item: there an unindented line keeps all
of its item from being moved left, a quote stays in the item above it, and a tab behind `>` makes code.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.rules_block import StateBlock

from vault_tools.parse.blocks.lines import DEEPEST, TAB, columns, depth, interrupts, line_at, outdented
from vault_tools.parse.blocks.list_items import cut_items, marker, unmarked
from vault_tools.parse.blocks.paragraphs import push_paragraph
from vault_tools.parse.blocks.starts import PLAIN

_PLAIN = re.compile(PLAIN)
_QUOTE = re.compile(r"[ \t]*> ?")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")


def list_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a list. In the middle of a paragraph only a bullet or the number 1 begins one."""
    opening = marker(line_at(state, start))
    if not opening or state.is_code_block(start) or depth(state) >= DEEPEST:
        return False
    if silent:
        return len(opening) == 1 or opening[:-1] == "1"
    items = cut_items(line_at(state, at) for at in range(start, end))
    last = start + items[-1].last
    state.push("list_open", "ul", 1).map = [start, last]
    for item in items:
        first = start + item.first
        lines = [line_at(state, at) for at in range(first, start + item.last)]
        state.push("list_item_open", "li", 1).map = [first, start + item.last]
        _read(state, unmarked(lines), first)
        state.push("list_item_close", "li", -1)
    state.push("list_close", "ul", -1)
    state.line = last
    return True


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a quote, with the lines below it that nothing else claims."""
    if not _QUOTE.match(line_at(state, start)) or state.is_code_block(start) or depth(state) >= DEEPEST:
        return False
    if silent:
        return True
    lines = list(_quoted(state, start, end))
    state.push("blockquote_open", "blockquote", 1).map = [start, start + len(lines)]
    _read(state, lines, start)
    state.push("blockquote_close", "blockquote", -1)
    state.line = start + len(lines)
    return True


def _quoted(state: StateBlock, start: int, end: int) -> Iterator[str]:
    """Yield the lines of a quote without their signs."""
    for at in range(start, end):
        line = line_at(state, at)
        sign = _QUOTE.match(line)
        if sign is not None:
            yield line[sign.end() :]
        elif not line.strip() or state.is_code_block(at) or interrupts(state, at, end, "blockquote"):
            return
        else:
            yield line


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a footnote with lines below it that are indented like code: they belong to it."""
    if silent or not _opens_footnote(state, start):
        return False
    last = _footnote_end(state, start, end)
    if last == start + 1 or (start == 0 and state.env.get("footnote")):
        return False
    lines = [outdented(line_at(state, at), TAB) for at in range(start, last)]
    state.push("footnote_open", "div", 1).map = [start, last]
    _read(state, lines, start, footnote=True)
    state.push("footnote_close", "div", -1)
    state.line = last
    return True


def _opens_footnote(state: StateBlock, at: int) -> bool:
    if not state.src.startswith("[^", state.bMarks[at] + state.tShift[at]):
        return False
    return _FOOTNOTE.match(line_at(state, at)) is not None and depth(state) < DEEPEST


def _footnote_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line after a footnote, which includes indented lines and lines that continue its text."""
    last, indented = start + 1, False
    for at in range(start + 1, end):
        line = line_at(state, at)
        if not line.strip():
            continue
        if columns(line) >= TAB:
            indented = True
        elif at > last or interrupts(state, at, end, "paragraph"):
            break
        last = at + 1
    return last if indented else start + 1


def _read(state: StateBlock, lines: Sequence[str], first: int, *, footnote: bool = False) -> None:
    """Read the text of a container, and put its tokens in their place; most are one plain line.

    The text of a `footnote` still begins with the mark that opened it.
    """
    if len(lines) == 1 and state.env["fast"] and _PLAIN.match(lines[0]):
        push_paragraph(state, first, first + 1, lines[0].strip())
        return
    env: dict[str, Any] = {"depth": depth(state) + 1, "fast": state.env["fast"], "footnote": footnote}
    tokens = state.md.block.parse("\n".join(lines), state.md, env, []) or []
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + first, token.map[1] + first]
    state.tokens.extend(tokens)
