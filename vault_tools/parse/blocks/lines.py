"""The lines of a markdown-it-py state: their text, their indentation, and what begins at them."""

from markdown_it.rules_block import StateBlock

TAB = 4
DEEPEST = 20
"""How deep lists and quotes may nest; deeper ones are read as text."""
_BLANKS = (
    " \t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def line_at(state: StateBlock, at: int) -> str:
    """Return a line of the text that is being read."""
    return state.src[state.bMarks[at] : state.eMarks[at]]


def depth(state: StateBlock) -> int:
    """Return how many lists, quotes and footnotes the text is in."""
    depth: int = state.env.get("depth", 0)
    return depth


def is_blank(line: str) -> bool:
    """Tell whether a line contains only white space that Markdown treats as text."""
    return bool(line.strip(" \t")) and not line.strip(_BLANKS)


def interrupts(state: StateBlock, at: int, end: int, what: str) -> bool:
    """Ask the rules that may end a paragraph or quote whether one of them begins at a line."""
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


def outdented(line: str, most: int) -> str:
    """Move a line left by at most some columns."""
    column = at = 0
    while column < most and line[at : at + 1] in {" ", "\t"}:
        column += TAB - column % TAB if line[at] == "\t" else 1
        at += 1
    return line[at:]
