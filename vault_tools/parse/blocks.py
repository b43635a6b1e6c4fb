"""The block structure of a note's body: which lines are live text, and what each of them belongs to.

markdown-it-py decides it, with its block rules only. Most text needs no such parser: chunks with nothing to find
are skipped, and plain_blocks reads the plain ones. `leaves(..., fast=False)` gives everything to markdown-it-py and
must find the same (a test compares the two).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from vault_tools.parse import containers, fields, plain_blocks
from vault_tools.parse.plain_blocks import MARKER, UNDERLINE, Leaf, Line

MARK = "vault-tools:"
"""What every marker of a region holds."""


def leaves(body: str, offset: int = 0, first_line: int = 0, *, fast: bool = True) -> list[Leaf]:
    """Return the live text of a body that starts at `offset` and line `first_line` of its note."""
    if not fast or ("^" in body and _NAMES_BLOCK.search(body)):
        return list(_parsed(body, offset, first_line, fast=fast))
    found: list[Leaf] = []
    signed = ("] " in body or "]\t" in body) and fields.has_signs(body)
    marked = MARK in body
    at, row = 0, first_line
    for start, end in _chunks(body):
        chunk = body[start:end]
        if _holds_something(chunk) or (signed and fields.has_signs(chunk)) or (marked and MARK in chunk):
            row += body.count("\n", at, start)
            at = start
            plain = plain_blocks.read(chunk, offset + start, row)
            found.extend(_parsed(chunk, offset + start, row, fast=True) if plain is None else plain)
    return found


_UNDERLINE = re.compile(rf"[^ \t\n][ \t]*\n[ \t>]*{UNDERLINE}[ \t]*$", re.MULTILINE)


def _holds_something(chunk: str) -> bool:
    """Tell whether a chunk may hold anything to find; it uses plain searches because it runs on every chunk."""
    return (
        "[[" in chunk
        or "](" in chunk
        or "#" in chunk
        or "^" in chunk
        or "::" in chunk
        or "://" in chunk
        or "]:" in chunk
        or (("=" in chunk or "---" in chunk) and _UNDERLINE.search(chunk) is not None)
    )


_NAMES_BLOCK = re.compile(r"^[ \t]*\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
# A line of nothing but a tab ends no paragraph, and `2.5` may go on with the list above.
_BREAK = re.compile(
    r"\n(?:(?<=\S\n)|(?<=\S \n)|(?<=\S  \n))(?>(?: *\t[ \t]*\n)*)(?: *\n)(?>(?:[ \t]*\n)*)(?=\S)(?![0-9]+[.)]\S)"
)
_DANGER = re.compile(
    r"^[ \t>*+\-\d.)]*(?:(`{3,}|~{3,})|\$\$|%%(?!.*%%)|<!--|<[?!]|<(?:script|pre|style|textarea)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_HTML_LINE = re.compile(r"^[ \t]*<", re.MULTILINE)


def _chunks(body: str) -> Iterator[tuple[int, int]]:
    """Cut a body at blank lines before unindented text, where no block can be open; code fences are left out."""
    pos = 0
    risky = "```" in body or "~~~" in body or "$$" in body or "%%" in body or "<" in body
    while risky and (danger := _DANGER.search(body, pos)) is not None:
        start = _chunk_start(body, pos, danger.start())
        yield from _cut(body, pos, start)
        fence = danger.group(1)
        line = body[danger.start() : _line_end(body, danger.start())]
        if not fence or not line.startswith(fence) or _HTML_LINE.search(body, start, danger.start()):
            yield start, len(body)
            return
        if fence[0] == "`" and "`" in line[len(fence) :]:
            yield start, len(body)
            return
        yield start, danger.start()
        closing = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
        end = closing.search(body, danger.end() + len(line) - len(fence))
        if end is None:
            return
        pos = end.end()
    yield from _cut(body, pos, len(body))


def _chunk_start(body: str, pos: int, danger: int) -> int:
    """Return the start of the chunk with the line at `danger`."""
    start = pos
    for match in _BREAK.finditer(body, pos, danger + 1):
        start = match.end()
    return start


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(body, start, end):
        yield start, match.start() + 1
        start = match.end()
    last = start + len(body[start:end].rstrip(" \t\n"))
    if start < last:  # the last line keeps its blanks, since `--- ` underlines nothing
        yield start, min(end, _line_end(body, last))


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return len(text) if end < 0 else end


# ---------------------------------------------------------------- read by markdown-it-py


def _fenced_by(state: StateBlock, start: int, end: int, mark: str) -> int:
    """Return the line that closes a block opened by `mark` at line `start`; `end` if none does, -1 if none opens."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(mark, begin) or state.is_code_block(start):
        return -1
    if mark in state.src[begin + 2 : state.eMarks[start]]:
        return -1
    closing = state.src.find(mark, state.eMarks[start])
    return min(end, bisect_right(state.bMarks, closing, 0, state.lineMax) - 1) if closing >= 0 else end


def _math(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `$$` … `$$` over several lines; without a closing mark it reaches to the end."""
    closing = _fenced_by(state, start, end, "$$")
    if closing < 0:
        return False
    if not silent:
        last = min(closing + 1, end)
        state.push("math_block", "", 0).map = [start, last]
        state.line = last
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `%%` … `%%` over several lines: its text is live, its headings and items are not.

    Without a closing mark it reaches to the end.
    """
    closing = _fenced_by(state, start, end, "%%")
    if closing < 0:
        return False
    if not silent:
        last = min(closing + 1, end)
        state.push("comment_open", "", 1).map = [start, last]
        _push_line(state, start)
        state.md.block.tokenize(state, start + 1, closing)
        if closing < end:
            _push_line(state, closing)
        state.push("comment_close", "", -1)
        state.line = last
    return True


def _push_line(state: StateBlock, at: int) -> None:
    """Push a line of live text unchanged."""
    token = state.push("inline", "", 0)
    token.map, token.content = [at, at + 1], state.getLines(at, at + 1, 0, False).strip()  # noqa: FBT003


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a table, unless its first line opens a list item or a quote: that comes first."""
    return not _MARKED.match(state.src, state.bMarks[start] + state.tShift[start]) and table(state, start, end, silent)


_MARKED = re.compile(rf"{MARKER}\s|>")


def _parser() -> MarkdownIt:
    """Return a parser with Obsidian's own blocks; `alt` names what a block ends when it begins in its lines."""
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "lheading"])
    rules = parser.block.ruler
    rules.at("table", _table, {"alt": ["paragraph"]})
    rules.before("fence", "math", _math, {"alt": ["paragraph", "blockquote"]})
    rules.before("fence", "comment", _comment, {"alt": ["paragraph", "blockquote"]})
    rules.at("blockquote", containers.quote, {"alt": ["paragraph", "blockquote"]})
    rules.at("list", containers.list_, {"alt": ["paragraph", "blockquote"]})
    rules.before("paragraph", "footnote", containers.footnote)
    rules.at("paragraph", containers.paragraph)
    rules.before("html_block", "underlined", containers.underlined, {"alt": ["blockquote"]})
    return parser


_PARSER = _parser()


def _parsed(chunk: str, pos: int, row: int, *, fast: bool) -> Iterator[Leaf]:
    """Ask markdown-it-py about a chunk."""
    tokens: list[Token] = []
    _PARSER.block.parse(chunk, _PARSER, {"fast": fast}, tokens)
    if tokens:
        yield from _Leaves(chunk, pos, row).found(tokens)


class _Leaves:
    """Turns block tokens into leaves; the text begins at `pos` of the source, in line `index`."""

    def __init__(self, text: str, pos: int, index: int) -> None:
        self.lines = text.split("\n")
        self.index = index
        self.starts = []
        for line in self.lines:
            self.starts.append(pos)
            pos += len(line) + 1

    def found(self, tokens: Sequence[Token]) -> Iterator[Leaf]:
        """Walk the tokens; `previous` is the last block at the top level, which a lone block id names."""
        stack: list[Token] = []
        previous: tuple[int, int] | None = None
        for token in tokens:
            if token.nesting < 0:
                closed = stack.pop()
                if closed.type == "table_open" and closed.map:
                    first, last = closed.map[0], self._trimmed(closed.map)
                    yield from plain_blocks.cells([self._row(at) for at in range(first, last)])
                if not stack and closed.map:
                    previous = (self.index + closed.map[0], self.index + self._trimmed(closed.map))
            elif token.nesting > 0:
                stack.append(token)
            elif token.type == "inline" and token.map:
                if not any(open_.type == "table_open" for open_ in stack):
                    yield self._leaf(token, stack, previous)
            elif not stack and token.map:
                previous = (self.index + token.map[0], self.index + self._trimmed(token.map))

    def _row(self, at: int) -> Line:
        return Line(self.starts[at], self.index + at, self.lines[at])

    def _trimmed(self, lines: Sequence[int]) -> int:
        first, last = lines
        while last > first + 1 and not self.lines[last - 1].strip(" \t>"):
            last -= 1
        return last

    def _leaf(self, token: Token, stack: Sequence[Token], previous: tuple[int, int] | None) -> Leaf:
        assert token.map is not None
        first, last = token.map
        parent = stack[-1] if stack else token
        if parent.type == "heading_open" and len(stack) == 1:
            if parent.markup.startswith("#"):
                return plain_blocks.heading(self.starts[first], self.index + first, self.lines[first])
            line = self._line(first, token.content)
            return Leaf((line,), line.row, line.row + 2, int(parent.tag[1]))
        item: Literal["", "item", "task"] = ""
        if len(stack) > 1 and stack[-2].type == "list_item_open" and parent.type == "paragraph_open":
            item = "task" if _TASK.match(token.content) else "item"
        if any(open_.type == "comment_open" for open_ in stack):
            item = ""
        if parent.type == "heading_open" and parent.markup.startswith("#"):
            lines = [self._line(first, token.content)]
        else:
            texts = token.content.split("\n")
            begin = self._begin(first, last, texts[0])
            lines = [self._line(begin + at, text) for at, text in enumerate(texts)]
        before = previous if len(stack) == 1 else None
        if item and _LONE_ID.match(token.content):
            first = (stack[-2].map or token.map)[0]
        return Leaf(tuple(lines), self.index + first, self.index + last, 0, item, before=before)

    def _begin(self, first: int, last: int, text: str) -> int:
        """Find the first line of a text: markdown-it drops lines before it that contain only no-break spaces."""
        return next((at for at in range(first, last) if text in self.lines[at]), first)

    def _line(self, at: int, content: str) -> Line:
        """Find a line's text in the source, behind its list markers and quote signs."""
        raw, text = self.lines[at].rstrip(), content.strip()
        start = raw.rfind(text) if text else len(raw)
        return Line(self.starts[at] + max(start, 0), self.index + at, text)


_LONE_ID = re.compile(r"\^[A-Za-z0-9-]+\Z")
_TASK = re.compile(r"\[.\][ \t]")
