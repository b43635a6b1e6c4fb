"""A chunk read by markdown-it-py, with Obsidian's own blocks instead of some of CommonMark's."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

from vault_tools.parse.blocks import asides, containers, paragraphs
from vault_tools.parse.blocks.starts import MARKER
from vault_tools.parse.blocks.tokens import TokenReader
from vault_tools.parse.leaf import Leaf

_LIST_OR_QUOTE = re.compile(rf"{MARKER}\s|>")


def read_markdown(chunk: str, pos: int, row: int, *, fast: bool = True) -> Iterator[Leaf]:
    """Yield the leaves of a chunk that begins at `pos` of the source, in line `row`."""
    tokens = _PARSER.block.parse(chunk, _PARSER, {"fast": fast}, [])
    if tokens:
        yield from TokenReader(chunk, pos, row).leaves(tokens)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """Recognise a table, unless its first line opens a list item or a quote: that comes first."""
    opens = _LIST_OR_QUOTE.match(state.src, state.bMarks[start] + state.tShift[start])
    return not opens and table(state, start, end, silent)


def _parser() -> MarkdownIt:
    """Return a parser with Obsidian's own blocks; `alt` names what a block ends when it begins in its lines."""
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "lheading"])
    rules = parser.block.ruler
    rules.at("table", _table, {"alt": ["paragraph"]})
    rules.before("fence", "math", asides.math, {"alt": ["paragraph", "blockquote"]})
    rules.before("fence", "comment", asides.comment, {"alt": ["paragraph", "blockquote"]})
    rules.at("blockquote", containers.quote, {"alt": ["paragraph", "blockquote"]})
    rules.at("list", containers.list_block, {"alt": ["paragraph", "blockquote"]})
    rules.before("paragraph", "footnote", containers.footnote)
    rules.at("paragraph", paragraphs.paragraph)
    rules.before("html_block", "underlined", paragraphs.underlined, {"alt": ["blockquote"]})
    return parser


_PARSER = _parser()
