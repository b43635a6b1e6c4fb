"""Block scalars of YAML (`|` and `>`): header, indentation, folding, and the line ends at the end."""

import re
from typing import NamedTuple

from vault_tools.parse.yaml_nodes import YamlError
from vault_tools.parse.yaml_text import at_marker

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
    content = len(lines)
    while content and not lines[content - 1].strip(" "):
        content -= 1
    if not content:
        return ("\n" * len(lines) if header.chomp == "+" else ""), end
    trim = header.indent + max(parent, 0) if header.indent else _first_indent(lines, header.end)
    if not trim and parent >= 0:
        raise YamlError(header.end, "indent")
    # lines of blanks that are longer than the indentation belong to the text
    content = max((row + 1 for row, line in enumerate(lines) if row >= content and len(line) > trim), default=content)
    body = [_cut(line, trim, header.end) for line in lines[:content]]
    said = "\n".join(body) if header.literal else _fold(body)
    return said + _ending(header.chomp, [line[trim:] for line in lines[content:]]), end


def _header(text: str, pos: int) -> _Header:
    found = _HEADER.match(text, pos)
    if found is None:
        raise YamlError(pos, "header")
    chomp = found.group(1) or found.group(4) or ""
    return _Header(text[pos] == "|", chomp, int(found.group(2) or found.group(3) or 0), found.end())


def _lines(text: str, header: _Header, parent: int) -> tuple[list[str], int]:
    """Cut out the lines of the scalar, and say where the next begins."""
    least = parent + 1 if parent >= 0 else 0
    pos = header.end
    first = _indent_of_first(text, pos)
    if first < least:
        least = max(least, 1)
    elif header.indent:
        least = header.indent + max(parent, 0)
    else:
        least = first
    lines: list[str] = []
    while pos < len(text):
        stop = text.find("\n", pos)
        line = text[pos:stop]
        outside = line.strip(" ") and (len(line) - len(line.lstrip(" ")) < least or first < parent + 1)
        if outside or (not least and at_marker(text, pos)):
            break
        lines.append(line)
        pos = stop + 1
    while header.chomp != "+" and lines and len(lines[-1]) <= first and not lines[-1].strip(" "):
        lines.pop()
    return lines, _checked(text, pos)


def _indent_of_first(text: str, pos: int) -> int:
    """Return the indentation of the first line that is not empty."""
    while pos < len(text):
        spaces = _SPACES.match(text, pos)
        end = spaces.end() if spaces else pos
        if text[end] != "\n":
            return end - pos
        if end + 1 == len(text):
            return end - pos
        pos = end + 1
    return 0


def _checked(text: str, pos: int) -> int:
    """Return the offset of the line after the scalar, which begins with no tab."""
    spaces = _SPACES.match(text, pos)
    if spaces and text.startswith("\t", spaces.end()):
        raise YamlError(spaces.end(), "tab")
    return pos


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


def _cut(line: str, trim: int, pos: int) -> str:
    if line[:trim].strip(" "):
        raise YamlError(pos, "indent")
    return line[trim:]


def _fold(lines: list[str]) -> str:
    """Join lines by blanks; lines that are indented more, and the line ends around them, stay unchanged."""
    first = next(number for number, line in enumerate(lines) if line)
    parts = ["\n"] * first
    gap, deep = "", False
    for line in lines[first:]:
        if not line:
            parts.append("\n" if gap == "\n" else "")
            gap = "\n"
            continue
        indented = line[0] in " \t"
        if indented and gap:
            gap = "\n\n" if gap == "\n" and not deep else "\n"
        parts += (gap, line)
        gap, deep = "\n" if indented else " ", indented
    return "".join(parts)


def _ending(chomp: str, rest: list[str]) -> str:
    """Return the line ends behind the text: one, none for `-`, all for `+`."""
    if chomp == "+":
        return "".join(f"\n{line}" for line in rest) + "\n"
    return "" if chomp else "\n"
