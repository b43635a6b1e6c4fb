"""On which line of the note each property begins."""

import re

FIRST_LINE = 2
"""The line of a note's first property; it is also given to a property whose line is unknown."""

_KEY = re.compile(
    r"""^(?:"([^"\n]+)"[ \t]*|'([^'\n]+)'[ \t]*|([^\s#"'\[{\-][^:\n]*|-[^\s:][^:\n]*)):(?=\s|$)""", re.MULTILINE
)


def key_lines(block: str) -> dict[str, int]:
    """Return the line of the note on which each top-level property of a block starts, if it can be found."""
    lines: dict[str, int] = {}
    line, pos = FIRST_LINE, 0
    for key in _KEY.finditer(block):
        line, pos = line + block.count("\n", pos, key.start()), key.start()
        lines.setdefault(key.group(key.lastindex or 0).rstrip(), line)
    return lines


def begins_with_property(line: str) -> bool:
    """Tell whether a line looks like a property with its name."""
    return _KEY.match(line) is not None
