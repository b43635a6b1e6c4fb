"""Lists, quotes and footnotes, split by lines as Obsidian's index splits them; their content is cut out and read again.

CommonMark follows columns through all levels together. Obsidian's index gives the same blocks for what people
usually write, and other blocks if a line is indented less than its item: there an unindented line keeps all
of its item from being moved left, a quote stays in the item above it, and a tab behind `>` makes code.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markdown_it.rules_block import StateBlock

from vault_tools.parse.plain_blocks import MARKER, PLAIN, UNDERLINE

DEEPEST = 20
"""How deep lists and quotes may nest; deeper ones are read as text."""
TAB = 4
_PLAIN = re.compile(PLAIN)
_ITEM = re.compile(rf"([ \t]*)({MARKER})( {{1,4}}(?! )| |\t|$)")
_MARK = re.compile(rf"[ \t]*({MARKER})")
_QUOTE = re.compile(r"[ \t]*> ?")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_RULE = re.compile(r"[ \t]*([-*_])(?>(?: *+\1){2,}) *$")
_UNDERLINE = re.compile(rf"{UNDERLINE}$")
_ENDS_LIST = re.compile(r"[ \t]*(?:#{1,6}(?:[ \t]|$)|`{3,}[^`]*$|~{3,}|\$\$|%%)")


class Item(NamedTuple):
    """A list item among the lines of its list: its first line, the one after its last, and its text's column."""

    first: int
    last: int
    column: int


def list_(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a list. In the middle of a paragraph only a bullet or the number 1 begins one."""
    opening = _ITEM.match(_line(state, start))
    if opening is None or state.is_code_block(start) or _depth(state) >= DEEPEST:
        return False
    if silent:
        return len(opening[2]) == 1 or opening[2][:-1] == "1"
    found = _items(state, start, end, opening[2][-1])
    last = start + found[-1].last
    state.push("list_open", "ul", 1).map = [start, last]
    for item in found:
        lines = [_line(state, start + at) for at in range(item.first, item.last)]
        state.push("list_item_open", "li", 1).map = [start + item.first, start + item.last]
        _read(state, _unmarked(lines), start + item.first)
        state.push("list_item_close", "li", -1)
    state.push("list_close", "ul", -1)
    state.line = last
    return True


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a quote, with the lines below it that nothing else claims."""
    if not _QUOTE.match(_line(state, start)) or state.is_code_block(start) or _depth(state) >= DEEPEST:
        return False
    if silent:
        return True
    lines = list(_quoted(state, start, end))
    state.push("blockquote_open", "blockquote", 1).map = [start, start + len(lines)]
    _read(state, lines, start)
    state.push("blockquote_close", "blockquote", -1)
    state.line = start + len(lines)
    return True


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a footnote with lines below it that are indented like code: they belong to it."""
    if silent or not state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    if not _FOOTNOTE.match(_line(state, start)) or _depth(state) >= DEEPEST:
        return False
    last = _footnote_end(state, start, end)
    if last == start + 1 or (start == 0 and state.env.get("footnote")):
        return False
    lines = [_outdented(_line(state, at), TAB) for at in range(start, last)]
    state.push("footnote_open", "div", 1).map = [start, last]
    _read(state, lines, start, footnote=True)
    state.push("footnote_close", "div", -1)
    state.line = last
    return True


def _footnote_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line after a footnote, which includes indented lines and lines that continue its text."""
    last, indented = start + 1, False
    for at in range(start + 1, end):
        line = _line(state, at)
        if not line.strip():
            continue
        if columns(line) >= TAB:
            indented = True
        elif at > last or _interrupts(state, at, end, "paragraph"):
            break
        last = at + 1
    return last if indented else start + 1


def underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a heading of one line by the `===` or `---` under it; two dashes are too few.

    A line of no-break spaces has no text.
    """
    line = _line(state, start)
    text = "" if _is_blank(line) else line.strip()
    if start + 1 >= end or text.startswith("#") or state.is_code_block(start) or not (text or _is_blank(line)):
        return False
    if not _UNDERLINE.match(_line(state, start + 1)):
        return False
    if not silent:
        tag = "h1" if "=" in _line(state, start + 1) else "h2"
        state.push("heading_open", tag, 1).map = [start, start + 2]
        token = state.push("inline", "", 0)
        token.map, token.content = [start, start + 1], text
        state.push("heading_close", tag, -1)
        state.line = start + 2
    return True


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Take a paragraph; a line with only a tab does not end it.

    A line of no-break spaces ends it, and is not a paragraph itself.
    """
    if _is_blank(_line(state, start)):
        state.line = start + 1
        return True
    last = start + 1
    while last < end and not (state.isEmpty(last) and "\t" not in _line(state, last)):
        if _is_blank(_line(state, last)):
            break
        if not (state.is_code_block(last) or state.isEmpty(last)) and _interrupts(state, last, end, "paragraph"):
            break
        last += 1
    state.line = last
    while state.isEmpty(last - 1):
        last -= 1
    _push_paragraph(state, start, last, state.getLines(start, last, 0, False).strip())  # noqa: FBT003
    return True


def _push_paragraph(state: StateBlock, start: int, last: int, text: str) -> None:
    state.push("paragraph_open", "p", 1).map = [start, last]
    token = state.push("inline", "", 0)
    token.map, token.content = [start, last], text
    state.push("paragraph_close", "p", -1)


def _is_blank(line: str) -> bool:
    """Tell whether a line contains only white space that Markdown treats as text."""
    return bool(line.strip(" \t")) and not line.strip(_BLANKS)


_BLANKS = (
    " \t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] : state.eMarks[at]]


def _depth(state: StateBlock) -> int:
    depth: int = state.env.get("depth", 0)
    return depth


def _items(state: StateBlock, start: int, end: int, marker: str) -> list[Item]:
    """Cut a list into its items; it ends at another marker, and after a blank line at text that is not indented."""
    found: list[Item] = []
    blank = False
    for at in range(start, end):
        line = _line(state, at)
        after_blank, blank = blank, not line.strip()
        column = columns(line)
        inside = bool(found) and column >= found[-1].column
        opening = None if inside or (column >= TAB and found) else _ITEM.match(line)
        if opening is not None:
            if opening[2][-1] != marker or _RULE.match(line):
                break
            text = opening[1] + " " * len(opening[2]) + opening[3]
            found.append(Item(at - start, at - start + 1, columns(text)))
            continue
        if not inside and not _reaches(line, column, found[-1].column):
            if blank:
                continue
            if after_blank or _ENDS_LIST.match(line) or _RULE.match(line):
                break
        found[-1] = found[-1]._replace(last=at - start + 1)
    return found


def _reaches(line: str, column: int, wanted: int) -> bool:
    """Tell whether a line belongs to an item without a look at the line above; `-x` and `2.5` count as text behind."""
    mark = _MARK.match(line)
    if mark is not None:
        column += len(mark[1])
    return column > TAB or (mark is not None and column >= max(wanted, 2))


def _quoted(state: StateBlock, start: int, end: int) -> Iterator[str]:
    for at in range(start, end):
        line = _line(state, at)
        mark = _QUOTE.match(line)
        if mark is not None:
            yield line[mark.end() :]
        elif not line.strip() or state.is_code_block(at) or _interrupts(state, at, end, "blockquote"):
            return
        else:
            yield line


def _interrupts(state: StateBlock, at: int, end: int, what: str) -> bool:
    """Ask the rules that may end a list or quote whether one of them begins at a line."""
    return any(rule(state, at, end, True) for rule in state.md.block.ruler.getRules(what))  # noqa: FBT003


def columns(text: str) -> int:
    """Return how many columns the blanks at the start of a text take; a tab goes to the next multiple of four."""
    column = 0
    for char in text:
        if char == "\t":
            column += TAB - column % TAB
        elif char == " ":
            column += 1
        else:
            break
    return column


def _unmarked(lines: Sequence[str]) -> list[str]:
    """Remove the marker of an item, and the common indentation of its other lines."""
    opening = _ITEM.match(lines[0])
    assert opening is not None
    indents = [columns(line) for line in lines[1:] if line.strip()]
    shared = min([_width(opening), *indents])
    return [lines[0][opening.end() :], *(_outdented(line, shared) for line in lines[1:])]


def _width(opening: re.Match[str]) -> int:
    """Return the most that lines below a marker are moved left: its width, made even for numbers of one digit."""
    before, marker, after = opening.groups()
    odd = marker[-1] == "." and int(marker[:-1]) < 10 and len(opening[0]) % 2  # noqa: PLR2004
    return columns(before + " " * (len(marker) + bool(odd)) + after)


def _outdented(line: str, most: int) -> str:
    column = at = 0
    while column < most and line[at : at + 1] in {" ", "\t"}:
        column += TAB - column % TAB if line[at] == "\t" else 1
        at += 1
    return line[at:]


def _read(state: StateBlock, lines: Sequence[str], first: int, *, footnote: bool = False) -> None:
    """Read the text of a container, and put its tokens in their place; most are one plain line.

    The text of a `footnote` still begins with the mark that opened it.
    """
    if len(lines) == 1 and state.env["fast"] and _PLAIN.match(lines[0]):
        _push_paragraph(state, first, first + 1, lines[0].strip())
        return
    env: dict[str, Any] = {"depth": _depth(state) + 1, "fast": state.env["fast"], "footnote": footnote}
    tokens = state.md.block.parse("\n".join(lines), state.md, env, []) or []
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + first, token.map[1] + first]
    state.tokens.extend(tokens)
