"""The block structure of a note's body: which lines are live text, and what each of them belongs to.

markdown-it-py decides it, with its block rules only. Most text needs no such parser: chunks with nothing to find
are skipped, and `plain` reads the plain ones. `leaves(..., fast=False)` gives everything to markdown-it-py and
must find the same (a test compares the two).
"""

import re
from collections.abc import Iterator

from vault_tools.parse import fields
from vault_tools.parse.blocks import plain
from vault_tools.parse.blocks.chunks import chunks
from vault_tools.parse.blocks.markdown import read_markdown
from vault_tools.parse.blocks.starts import UNDERLINE
from vault_tools.parse.leaf import Leaf
from vault_tools.parse.markers import MARK

_SIGNS = ("[[", "](", "#", "^", "::", "://", "]:")
_UNDERLINE = re.compile(rf"[^ \t\n][ \t]*\n[ \t>]*{UNDERLINE}[ \t]*$", re.MULTILINE)
_NAMES_BLOCK = re.compile(r"^[ \t]*\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)


def leaves(body: str, offset: int = 0, first_line: int = 0, *, fast: bool = True) -> list[Leaf]:
    """Return the live text of a body that starts at `offset` and line `first_line` of its note."""
    if not fast or ("^" in body and _NAMES_BLOCK.search(body)):
        return list(read_markdown(body, offset, first_line, fast=fast))
    return list(_plain_leaves(body, offset, first_line))


def _plain_leaves(body: str, offset: int, first_line: int) -> Iterator[Leaf]:
    """Yield the leaves of the chunks that hold something, most of which need no Markdown parser."""
    signs = (*_SIGNS, MARK) if MARK in body else _SIGNS
    has_dates = ("] " in body or "]\t" in body) and fields.has_signs(body)
    at, row = 0, first_line
    for start, end in chunks(body):
        chunk = body[start:end]
        if _holds_something(chunk, signs) or (has_dates and fields.has_signs(chunk)):
            row += body.count("\n", at, start)
            at = start
            plain_leaves = plain.read(chunk, offset + start, row)
            yield from read_markdown(chunk, offset + start, row) if plain_leaves is None else plain_leaves


def _holds_something(chunk: str, signs: tuple[str, ...]) -> bool:
    """Tell whether a chunk may hold anything to find; it uses plain searches because it runs on every chunk."""
    for sign in signs:
        if sign in chunk:
            return True
    return ("=" in chunk or "---" in chunk) and _UNDERLINE.search(chunk) is not None
