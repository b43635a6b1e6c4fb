"""Lines that are headings by the `#` at their start."""

import re

from vault_tools.parse.leaf import Leaf, Line

_HASHES = re.compile(r" {0,3}(#{1,6})")


def heading(offset: int, index: int, line: str) -> Leaf:
    """Read a line that is a heading; its text is trimmed of blanks of any kind, as in Obsidian."""
    marks = _HASHES.match(line)
    level, begin = (len(marks.group(1)), marks.end()) if marks else (1, 0)
    text = line[begin:].rstrip(" \t")
    open_end = text.rstrip("#")
    text = (open_end if open_end.endswith((" ", "\t")) else text).strip()
    start = line.index(text, begin) if text else len(line)
    return Leaf((Line(offset + start, index, text),), index, index + 1, level)
