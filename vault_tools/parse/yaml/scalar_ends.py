r"""Where a scalar of YAML ends that is on one line or several.

A line ends at `\n` only, and every other character is allowed anywhere, as in Obsidian.
"""

import re

from vault_tools.parse.yaml.faults import YamlError

_DOUBLE = re.compile(r'"(?>(?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'(?>(?:[^']|'')*)'")
_NEXT_LINE = re.compile(r"\n( *+)([^\n]?)")
_INDENT = re.compile(r"( *+)[ \t]*+")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t\n]|\Z)")
_WORD = r"(?>(?:[^ \t\n:]|:(?![ \t\n]))+)"
_FLOW_WORD = r"(?>(?:[^ \t\n:,\[\]{}]|:(?![ \t\n,\[\]{}]))+)"
_PLAIN = re.compile(rf"{_WORD}(?>(?:[ \t]++(?!#){_WORD})*)")
_FLOW_PLAIN = re.compile(rf"{_FLOW_WORD}(?>(?:[ \t]++(?!#){_FLOW_WORD})*)")
_BLANK = re.compile(r"( *+)[ \t]*+\n")


def plain_end(text: str, pos: int, least: int, *, flow: bool = False) -> int:
    """Return where a scalar without quotes ends; its further lines are indented by `least` blanks or more."""
    pattern = _FLOW_PLAIN if flow else _PLAIN
    end = pos
    words = pattern.match(text, pos)
    while words:
        end = words.end()
        pos = _next_line(text, end, least)
        if not 0 <= pos < len(text) or text[pos] == "#":
            break
        words = pattern.match(text, pos)
    return end


def _next_line(text: str, pos: int, least: int) -> int:
    """Return the first word of the next line with words if it may continue a scalar that ends at `pos`; -1 if not."""
    begin = _behind_blank_lines(text, pos, least)
    indent = _INDENT.match(text, begin) if begin >= 0 else None
    if indent is None or len(indent.group(1)) < least or (not least and at_marker(text, begin)):
        return -1
    return indent.end()


def _behind_blank_lines(text: str, pos: int, least: int) -> int:
    """Return the start of the next line with words; -1 if more words follow on this line, or after a wrong tab."""
    line_end = _BLANK.match(text, pos)
    if line_end is None:
        return -1
    while line_end:
        pos = line_end.end()
        line_end = _BLANK.match(text, pos)
        if line_end and _has_wrong_tab(line_end, least):
            return -1
    return pos


def _has_wrong_tab(blank: re.Match[str], least: int) -> bool:
    """Tell whether a line of blanks has a tab where it needs spaces: in front of the end, it is no indentation."""
    spaces = len(blank.group(1))
    return spaces < least and blank.end() - blank.start() != spaces + 1


def at_marker(text: str, pos: int) -> bool:
    """Tell whether a line that begins at `pos` ends a document or begins one."""
    return _MARKER.match(text, pos) is not None


def quoted_end(text: str, pos: int, least: int) -> int:
    """Return where a scalar in quotes ends, of which further lines are indented by `least` blanks or more."""
    scalar = (_DOUBLE if text[pos] == '"' else _SINGLE).match(text, pos)
    if scalar is None:
        raise YamlError(pos, "quote")
    for line in _NEXT_LINE.finditer(text, pos, scalar.end()):
        if _is_outside(line, least):
            return _closed_above(text, pos, line.start())
    return scalar.end()


def _is_outside(line: re.Match[str], least: int) -> bool:
    """Tell whether a line cannot belong to a scalar in quotes."""
    if line.group(2) and len(line.group(1)) < least:
        return True
    return not least and at_marker(line.string, line.start() + 1)


def _closed_above(text: str, pos: int, end: int) -> int:
    r"""Return the end of a line that ends in an escaped quote: Obsidian takes it for the end of the scalar."""
    if end - 1 > pos and text[end - 1] == text[pos]:
        return end
    raise YamlError(pos, "quote")
