"""The tokens of markdown-it-py -> the leaves of a chunk, with their places in the source."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it.token import Token

from vault_tools.parse.blocks.headings import heading
from vault_tools.parse.blocks.tables import cells
from vault_tools.parse.leaf import Leaf, Line

_LONE_ID = re.compile(r"\^[A-Za-z0-9-]+\Z")
_TASK = re.compile(r"\[.\][ \t]")


class TokenReader:
    """Reads the tokens of a text that begins at `pos` of the source, in line `index`.

    `_above` is the last block at the top level, as lines of the source; a lone block id names it.
    """

    def __init__(self, text: str, pos: int, index: int) -> None:
        self._lines = text.split("\n")
        self._index = index
        self._starts = []
        for line in self._lines:
            self._starts.append(pos)
            pos += len(line) + 1
        self._above: tuple[int, int] | None = None

    def leaves(self, tokens: Sequence[Token]) -> Iterator[Leaf]:
        """Yield the leaves of tokens."""
        parents: list[Token] = []
        for token in tokens:
            if token.nesting > 0:
                parents.append(token)
            elif token.type == "inline":
                if token.map and not _is_within(parents, "table_open"):
                    yield self._leaf(token, token.map, parents)
            else:
                block = parents.pop() if token.nesting < 0 else token
                yield from self._cells(block)
                if not parents and block.map:
                    self._above = (self._index + block.map[0], self._index + self._trimmed(block.map))

    def _cells(self, block: Token) -> Iterator[Leaf]:
        """Yield the cells of a block that is a table."""
        if block.type == "table_open" and block.map:
            rows = range(block.map[0], self._trimmed(block.map))
            yield from cells([Line(self._starts[at], self._index + at, self._lines[at]) for at in rows])

    def _trimmed(self, lines: Sequence[int]) -> int:
        """Return the end of a block without blank lines and empty lines of quotes at its end."""
        first, last = lines
        while last > first + 1 and not self._lines[last - 1].strip(" \t>"):
            last -= 1
        return last

    def _leaf(self, token: Token, lines: Sequence[int], parents: Sequence[Token]) -> Leaf:
        """Read the text of a heading, a paragraph or an item; `lines` are its first line and the one after it."""
        first, last = lines
        parent = parents[-1] if parents else token
        is_top = len(parents) == 1
        if is_top and parent.type == "heading_open":
            return self._heading(token, first, parent)
        text = tuple(self._text(token, lines, parent))
        item = _item(token, parents)
        if item and _LONE_ID.match(token.content):
            first = (parents[-2].map or lines)[0]
        above = self._above if is_top else None
        return Leaf(text, self._index + first, self._index + last, 0, item, before=above)

    def _heading(self, token: Token, first: int, parent: Token) -> Leaf:
        if parent.markup.startswith("#"):
            return heading(self._starts[first], self._index + first, self._lines[first])
        line = self._line(first, token.content)
        return Leaf((line,), line.row, line.row + 2, int(parent.tag[1]))

    def _text(self, token: Token, lines: Sequence[int], parent: Token) -> Iterator[Line]:
        """Yield the lines of a text; the ones before it that contain only no-break spaces were dropped."""
        first, last = lines
        if parent.type == "heading_open" and parent.markup.startswith("#"):
            yield self._line(first, token.content)
            return
        texts = token.content.split("\n")
        begin = next((at for at in range(first, last) if texts[0] in self._lines[at]), first)
        for at, text in enumerate(texts, begin):
            yield self._line(at, text)

    def _line(self, at: int, content: str) -> Line:
        """Find a line's text in the source, behind its list markers and quote signs."""
        raw, text = self._lines[at].rstrip(), content.strip()
        start = raw.rfind(text) if text else len(raw)
        return Line(self._starts[at] + max(start, 0), self._index + at, text)


def _is_within(parents: Sequence[Token], kind: str) -> bool:
    return any(parent.type == kind for parent in parents)


def _item(token: Token, parents: Sequence[Token]) -> Literal["", "item", "task"]:
    """Return what a text is: that of a list item, of a task, or neither."""
    if len(parents) < 2 or parents[-2].type != "list_item_open" or parents[-1].type != "paragraph_open":  # noqa: PLR2004
        return ""
    if _is_within(parents, "comment_open"):
        return ""
    return "task" if _TASK.match(token.content) else "item"
