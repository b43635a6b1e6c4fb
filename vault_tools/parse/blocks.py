"""The block structure of a note's body: which lines are live text, and what each of them belongs to.

markdown-it-py decides it, with its block rules alone. Most of a vault is plainer than that: what holds nothing
to find is skipped, and simple paragraphs, headings and lists are read line by line. `leaves(..., fast=False)`
asks markdown-it-py about everything and must find the same (a test holds the two side by side).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from vault_tools.parse import containers, fields


class Line(NamedTuple):
    """A line of live text: its offset in the source, its row there (0-based), and the text itself."""

    offset: int
    row: int
    text: str


class Leaf(NamedTuple):
    """A run of text that is read as one: a paragraph, a heading, a table cell.

    `level` is set for headings. `first` and `last` are the lines (0-based, `last` excluded) of the block that
    a block id at its end names. `item` says that it is the text of a list item or a task.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    level: int = 0
    item: Literal["", "item", "task"] = ""
    cell: bool = False
    before: tuple[int, int] | None = None


def leaves(body: str, offset: int = 0, first_line: int = 0, *, fast: bool = True) -> list[Leaf]:
    """Return the live text of a body that starts at `offset` and line `first_line` of its note."""
    page = _Page(body, offset, first_line)
    if not fast or ("^" in body and _NAMES_BLOCK.search(body)):
        return list(_parsed(page, 0, body, fast=fast))
    found: list[Leaf] = []
    signed = ("] " in body or "]\t" in body) and fields.has_signs(body)
    for start, end in _chunks(body):
        chunk = body[start:end]
        if _holds_something(chunk) or (signed and fields.has_signs(chunk)):
            found.extend(_simple(page, start, chunk) or _parsed(page, start, chunk, fast=True))
    return found


_UNDERLINE = re.compile(r"\S[ \t]*\n[ \t>]*(?:=+|-{3,})[ \t]*$", re.MULTILINE)


def _holds_something(chunk: str) -> bool:
    """Tell whether a chunk may hold anything to find; plain searches, for this is asked of every chunk."""
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
    r"\n(?:(?<=\S\n)|(?<=\S \n)|(?<=\S  \n))(?: *\t[ \t]*\n)*+(?: *\n)(?:[ \t]*\n)*+(?=\S)(?![0-9]+[.)]\S)"
)
_DANGER = re.compile(
    r"^[ \t>*+\-\d.)]*(?:(`{3,}|~{3,})|\$\$|%%(?!.*%%)|<!--|<[?!]|<(?:script|pre|style|textarea)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_HTML_LINE = re.compile(r"^[ \t]*<", re.MULTILINE)


def _chunks(body: str) -> Iterator[tuple[int, int]]:
    """Cut a body at blank lines before unindented text, where no block can be open; code fences fall away."""
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
    """Return where the chunk that holds the line at `danger` begins."""
    start = pos
    for match in _BREAK.finditer(body, pos, danger + 1):
        start = match.end()
    return start


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(body, start, end):
        yield start, match.start() + 1
        start = match.end()
    end = start + len(body[start:end].rstrip(" \t\n"))
    if start < end:
        yield start, end


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return len(text) if end < 0 else end


class _Page:
    """A body, and the lines of its places; it goes on from the place before, for chunks come in their order."""

    __slots__ = ("at", "body", "offset", "row")

    def __init__(self, body: str, offset: int, first_line: int) -> None:
        self.body = body
        self.offset = offset
        self.at, self.row = 0, first_line

    def line_at(self, pos: int) -> int:
        """Return the index in the note of the line that holds a position of the body, which is not before the last."""
        self.row += self.body.count("\n", self.at, pos)
        self.at = pos
        return self.row


# ---------------------------------------------------------------- read line by line

_PLAIN = containers.PLAIN.pattern
_HASHES = re.compile(r" {0,3}(#{1,6})")
_LINE = re.compile(
    rf"(?:{_PLAIN}|(?P<heading>#{{1,6}}(?:[ \t]|$))|\#[^#\s]|(?P<underline>-{{3,}}|=+)$|(?P<more> +|\t+)(?={_PLAIN})"
    r"|(?P<item>( *|\t*)([-*+]|(\d{1,9})[.)])( {1,4})(?=(\[.\][ \t]+)?+"
    rf"(?:{_PLAIN}|\#[^\s#]))(?=\S)))"
)


def _simple(page: _Page, start: int, chunk: str) -> list[Leaf] | None:
    """Read a chunk of plain paragraphs, headings, lists and quotes; None where it is not as simple as that."""
    row = page.line_at(start)
    pos = page.offset + start
    rows = chunk.removesuffix("\n").split("\n")
    if len(rows) == 1 and (leaf := _alone(rows[0], pos, row)) is not None:
        return [leaf]
    if chunk.startswith("|"):
        return _table_of(rows, pos, row)
    lines = _Lines(quoted=chunk.startswith(">"))
    for line in rows:
        cut = 0
        if lines.quoted:
            if not line.startswith(">"):
                return None
            cut = 2 if line.startswith("> ") else 1
        if not lines.take(line[cut:], pos + cut, row):
            return None
        pos, row = pos + len(line) + 1, row + 1
    lines.flush()
    return lines.found


def _alone(line: str, pos: int, row: int) -> Leaf | None:
    """Read a line with nothing around it that is a paragraph or a heading, as most are."""
    match = _LINE.match(line)
    if match is None or match.lastgroup not in {None, "heading"}:
        return None
    return _heading(pos, row, line) if match.lastgroup else Leaf((Line(pos, row, line.rstrip()),), row, row + 1)


class _Lines:
    """Reads simple lines one after the other; `take` says no to the first that only a real parser understands."""

    __slots__ = ("columns", "found", "item", "lazy", "marker", "nested", "quoted", "text")

    def __init__(self, *, quoted: bool) -> None:
        self.quoted = quoted
        self.found: list[Leaf] = []
        self.text: list[Line] = []
        self.item: Literal["", "item", "task"] = ""
        self.columns: list[int] = []
        self.marker = ""
        self.lazy = self.nested = False

    def take(self, line: str, pos: int, row: int) -> bool:
        """Read one line that begins at `pos` of the source."""
        match = _LINE.match(line)
        if match is None:
            self.flush()
            return not (self.columns or line.strip(" "))
        kind = match.lastgroup
        if kind is None:
            self.lazy = bool(self.columns)
            self.text.append(Line(pos, row, line.rstrip()))
            return not (self.lazy and self.nested)
        if kind == "item":
            return self._take_item(match, line, pos, row)
        if kind == "underline":
            return self._take_underline(line)
        if kind == "more":
            return self._take_more(line, match.end(), pos, row)
        self.flush()
        leaf = _heading(pos, row, line)
        self.found.append(leaf._replace(level=0) if self.quoted else leaf)
        self.item, self.marker, self.columns = "", "", []
        return True

    def _take_underline(self, line: str) -> bool:
        """Read a line that makes a heading of the one line above it, or else is a rule."""
        if self.quoted or self.columns or len(self.text) > 1 or (line[0] == "=" and not self.text):
            return False
        if self.text:
            above = self.text.pop()
            if above.text.startswith("#"):
                return False
            self.found.append(Leaf((above,), above.row, above.row + 2, 1 if line[0] == "=" else 2))
        self.marker = ""
        return True

    def _take_more(self, line: str, indent: int, pos: int, row: int) -> bool:
        """Read an indented line that goes on with the text of the item above."""
        column = indent * (4 if line[0] == "\t" else 1)
        if not self.text or self.lazy or not self.columns or column < self.columns[-1]:
            return False
        self.text.append(Line(pos + indent, row, line[indent:].rstrip()))
        return True

    def _take_item(self, match: re.Match[str], line: str, pos: int, row: int) -> bool:
        """Read a list item; one that is indented by four columns more than it may be is code, or a lazy line.

        An unindented line keeps the items below from being moved left, so that one below it may be none.
        """
        indent, marker, number, blanks, box = match.group(5, 6, 7, 8, 9)
        column = len(indent) * (4 if indent.startswith("\t") else 1)
        while self.columns and column < self.columns[-1]:
            self.columns.pop()
        self.nested = bool(self.columns)
        if self.nested and self.lazy:
            return False
        self.lazy = False
        if column - (self.columns[-1] if self.columns else 0) > 3:  # noqa: PLR2004
            return False
        begins = not (self.text or self.found)
        if number and (column or not (begins or self.marker == marker[-1])):
            return False
        self.flush()
        self.marker = marker[-1] if number else ("" if column else marker)
        self.columns.append(column + len(marker) + len(blanks))
        self.item = "task" if box else "item"
        at = match.end(8)
        self.text.append(Line(pos + at, row, line[at:].rstrip()))
        return True

    def flush(self) -> None:
        """End the run of text that is being read."""
        if self.text:
            self.found.append(Leaf(tuple(self.text), self.text[0].row, self.text[-1].row + 1, 0, self.item))
            self.text = []


_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"\|(?: *:?-+:? *\|)+ *")
_MOST_CELLS = 50_000


def _table_of(lines: Sequence[str], pos: int, row: int) -> list[Leaf] | None:
    """Read a chunk that is a table, each line of it from pipe to pipe."""
    if len(lines) < 2 or not _DASHES.fullmatch(lines[1]) or not all(line.startswith("|") for line in lines):  # noqa: PLR2004
        return None
    head = lines[0].rstrip()
    columns = lines[1].count("|")
    if head.endswith("\\|") or not head.endswith("|") or len(_PIPE.findall(head)) != columns:
        return None
    if columns * len(lines) > _MOST_CELLS:
        return None
    rows = []
    for line in lines:
        rows.append(Line(pos, row, line))
        pos, row = pos + len(line) + 1, row + 1
    return list(_cells(rows))


def _cells(rows: Sequence[Line]) -> Iterator[Leaf]:
    """Cut the rows of a table, the second of which is dashes, into cells at every pipe that is not escaped."""
    first, last = rows[0].row, rows[-1].row + 1
    for offset, row, text in (rows[0], *rows[2:]):
        pos = 0
        for match in _PIPE.finditer(text + "|"):
            cell = text[pos : match.start()]
            content = cell.strip()
            if content.strip("> "):
                yield Leaf((Line(offset + pos + cell.index(content), row, content),), first, last, cell=True)
            pos = match.end()


def _heading(offset: int, index: int, line: str) -> Leaf:
    """Read a line that is a heading; its text is trimmed of blanks of any kind, as in Obsidian."""
    marks = _HASHES.match(line)
    level, begin = (len(marks.group(1)), marks.end()) if marks else (1, 0)
    text = line[begin:].rstrip(" \t")
    open_end = text.rstrip("#")
    text = (open_end if open_end.endswith((" ", "\t")) else text).strip()
    start = line.index(text, begin) if text else len(line)
    return Leaf((Line(offset + start, index, text),), index, index + 1, level)


# ---------------------------------------------------------------- read by markdown-it-py


def _fenced_by(state: StateBlock, start: int, mark: str) -> int:
    """Return the line that closes a block opened by `mark` at line `start`, or -1."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(mark, begin) or state.is_code_block(start):
        return -1
    if mark in state.src[begin + 2 : state.eMarks[start]]:
        return -1
    closing = state.src.find(mark, state.eMarks[start])
    return bisect_right(state.bMarks, closing, 0, state.lineMax) - 1


def _math(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `$$` … `$$` over several lines."""
    closing = _fenced_by(state, start, "$$")
    if closing < 0 or closing >= end:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.map = [start, closing + 1]
        state.line = closing + 1
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise `%%` … `%%` over several lines: its text is live, its headings and items are not."""
    closing = _fenced_by(state, start, "%%")
    if closing < 0 or closing >= end:
        return False
    if not silent:
        state.push("comment_open", "", 1).map = [start, closing + 1]
        first = state.push("inline", "", 0)
        first.map, first.content = [start, start + 1], state.getLines(start, start + 1, 0, False).strip()  # noqa: FBT003
        state.md.block.tokenize(state, start + 1, closing)
        last = state.push("inline", "", 0)
        last.map, last.content = [closing, closing + 1], state.getLines(closing, closing + 1, 0, False).strip()  # noqa: FBT003
        state.push("comment_close", "", -1)
        state.line = closing + 1
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a table, but for one whose first line opens a list item or a quote: that comes first."""
    return not _MARKED.match(state.src, state.bMarks[start] + state.tShift[start]) and table(state, start, end, silent)


_MARKED = re.compile(r"(?:[-+*]|\d{1,9}[.)])\s|>")


def _parser() -> MarkdownIt:
    """Return a parser with Obsidian's own blocks; `alt` names what a block ends when it begins in its lines."""
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "lheading"])
    rules = parser.block.ruler
    rules.at("table", _table, {"alt": ["paragraph"]})
    rules.before("fence", "math", _math, {"alt": ["paragraph", "blockquote"]})
    rules.before("fence", "comment", _comment, {"alt": ["paragraph", "blockquote"]})
    rules.at("blockquote", containers.quote, {"alt": ["paragraph", "blockquote"]})
    rules.at("list", containers.list_, {"alt": ["paragraph", "blockquote"]})
    rules.at("paragraph", containers.paragraph)
    rules.before("html_block", "underlined", containers.underlined, {"alt": ["blockquote"]})
    return parser


_PARSER = _parser()


def _parsed(page: _Page, start: int, chunk: str, *, fast: bool) -> Iterator[Leaf]:
    """Ask markdown-it-py about a chunk."""
    tokens: list[Token] = []
    _PARSER.block.parse(chunk, _PARSER, {"fast": fast}, tokens)
    if tokens:
        yield from _Reader(chunk, page.offset + start, page.line_at(start)).leaves(tokens)


class _Reader:
    """Turns block tokens into leaves; the text begins at `pos` of the source, in line `index`."""

    def __init__(self, text: str, pos: int, index: int) -> None:
        self.lines = text.split("\n")
        self.index = index
        self.starts = []
        for line in self.lines:
            self.starts.append(pos)
            pos += len(line) + 1

    def leaves(self, tokens: Sequence[Token]) -> Iterator[Leaf]:
        """Walk the tokens; `previous` is the last block at the top level, which a lone block id names."""
        stack: list[Token] = []
        previous: tuple[int, int] | None = None
        for token in tokens:
            if token.nesting < 0:
                closed = stack.pop()
                if closed.type == "table_open" and closed.map:
                    first, last = closed.map[0], self._trimmed(closed.map)
                    yield from _cells([self._row(at) for at in range(first, last)])
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
                return _heading(self.starts[first], self.index + first, self.lines[first])
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
        return Leaf(tuple(lines), self.index + first, self.index + last, 0, item, before=before)

    def _begin(self, first: int, last: int, text: str) -> int:
        """Find the line on which a text begins: markdown-it drops lines of nothing but no-break spaces before it."""
        return next((at for at in range(first, last) if text in self.lines[at]), first)

    def _line(self, at: int, content: str) -> Line:
        """Find a line's text in the source, behind its list markers and quote signs."""
        raw, text = self.lines[at].rstrip(), content.strip()
        start = raw.rfind(text) if text else len(raw)
        return Line(self.starts[at] + max(start, 0), self.index + at, text)


_TASK = re.compile(r"\[.\][ \t]")
