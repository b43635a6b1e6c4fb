"""Block scalars of YAML (`|` and `>`): header, indentation, folding, and the line ends at the end."""

import re
from typing import NamedTuple

from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.scalar_ends import at_marker

MARKS = "|>"
"""What a block scalar begins with: literal, folded."""

_HEADER = re.compile(r"[|>](?:([-+])([1-9])?|([1-9])([-+])?)?(?=[ \t\n])(?:[ \t]*+\n|[ \t]++#[^\n]*+\n)")
_SPACES = re.compile(r" *+")


class _Header(NamedTuple):
    """What the line of the mark says: literal or folded, chomping, indentation (0: that of the first line)."""

    literal: bool
    chomp: str
    indent: int
    end: int


def read(text: str, pos: int, parent: int) -> tuple[str, int]:
    """Return the text of the block scalar at `pos`, and the start of the line after it; `parent` is its indentation."""
    header = _header(text, pos)
    lines, end = _lines(text, header, parent)
    if not any(line.strip(" ") for line in lines):
        return ("\n" * len(lines) if header.chomp == "+" else ""), end
    trim = _trim(lines, header, parent)
    count = _count(lines, trim)
    body = [_cut(line, trim, header.end) for line in lines[:count]]
    content = "\n".join(body) if header.literal else _folded(body)
    return content + _ending(header.chomp, [line[trim:] for line in lines[count:]]), end


def _header(text: str, pos: int) -> _Header:
    header = _HEADER.match(text, pos)
    if header is None:
        raise YamlError(pos, "header")
    chomp = header.group(1) or header.group(4) or ""
    return _Header(text[pos] == "|", chomp, int(header.group(2) or header.group(3) or 0), header.end())


def _lines(text: str, header: _Header, parent: int) -> tuple[list[str], int]:
    """Cut out the lines of the scalar, and say where the next begins."""
    first = _indent_of_first(text, header.end)
    lines, pos = _lines_from(text, header.end, _least(header, first, parent))
    while header.chomp != "+" and lines and len(lines[-1]) <= first and not lines[-1].strip(" "):
        lines.pop()
    _check_no_tab(text, pos)
    return lines, pos


def _indent_of_first(text: str, pos: int) -> int:
    """Return the indentation of the first line that is not empty."""
    while pos < len(text):
        spaces = _SPACES.match(text, pos)
        end = spaces.end() if spaces else pos
        if text[end] != "\n" or end + 1 == len(text):
            return end - pos
        pos = end + 1
    return 0


def _least(header: _Header, first: int, parent: int) -> int:
    """Return how many spaces begin a line of the scalar at least; `first` is the indentation of the first one."""
    if first <= parent:
        return parent + 1
    return header.indent + max(parent, 0) if header.indent else first


def _lines_from(text: str, pos: int, least: int) -> tuple[list[str], int]:
    """Cut out the lines that are empty or indented by `least` spaces or more, and say where the next begins."""
    lines: list[str] = []
    while pos < len(text):
        stop = text.find("\n", pos)
        line = text[pos:stop]
        words = line.lstrip(" ")
        if (words and len(line) - len(words) < least) or (not least and at_marker(text, pos)):
            break
        lines.append(line)
        pos = stop + 1
    return lines, pos


def _check_no_tab(text: str, pos: int) -> None:
    """Check that the line after the scalar begins with no tab."""
    spaces = _SPACES.match(text, pos)
    if spaces and text.startswith("\t", spaces.end()):
        raise YamlError(spaces.end(), "tab")


def _trim(lines: list[str], header: _Header, parent: int) -> int:
    """Return how many characters at the start of each line are its indentation."""
    trim = header.indent + max(parent, 0) if header.indent else _first_indent(lines, header.end)
    if not trim and parent >= 0:
        raise YamlError(header.end, "indent")
    return trim


def _first_indent(lines: list[str], pos: int) -> int:
    """Return the indentation of the first line with text; empty lines above it may not be longer."""
    above = 0
    for line in lines:
        if line.strip(" "):
            indent = len(line) - len(line.lstrip(" "))
            if above > indent:
                raise YamlError(pos, "indent")
            return indent
        above = max(above, len(line))
    return above


def _count(lines: list[str], trim: int) -> int:
    """Return how many lines belong to the text: up to the last with words, or with more blanks than the indentation."""
    return max(row for row, line in enumerate(lines, 1) if line.strip(" ") or len(line) > trim)


def _cut(line: str, trim: int, pos: int) -> str:
    if line[:trim].strip(" "):
        raise YamlError(pos, "indent")
    return line[trim:]


def _folded(lines: list[str]) -> str:
    """Join lines by blanks; lines that are indented more, and the line ends around them, stay unchanged."""
    parts: list[str] = []
    above, empty = "", 0
    for line in lines:
        if not line:
            empty += 1
            continue
        parts += (_between(above, empty, line), line)
        above, empty = line, 0
    return "".join(parts)


def _between(above: str, empty: int, below: str) -> str:
    """Return what a folded scalar has between two lines with this number of empty lines between them."""
    if not above:
        return "\n" * empty
    if above[0] in " \t" or below[0] in " \t":
        return "\n" * (empty + 1)
    return "\n" * empty or " "


def _ending(chomp: str, rest: list[str]) -> str:
    """Return the line ends behind the text: one, none for `-`, all for `+`."""
    if chomp == "+":
        return "".join(f"\n{line}" for line in rest) + "\n"
    return "" if chomp else "\n"
