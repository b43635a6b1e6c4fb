"""Properties added to a note's text, and not a byte of it changed beside them.

It stands here and not in `dialect`, because what is there already is for the one reader of properties to say.
"""

import re
from collections.abc import Mapping
from itertools import islice

from vault_tools.dialect.properties import dump
from vault_tools.model.note import Value
from vault_tools.parse import frontmatter
from vault_tools.parse.note import clean

_LINE_END = re.compile(r"\r\n?|\n")
_MARK = "\ufeff"


class PropertiesError(ValueError):
    """The properties of a note are such that none can be added safely; its text says why."""


def add(text: str, values: Mapping[str, Value]) -> str:
    """Return a note's text with those of the properties that it lacks, behind those that it has.

    Names are compared without case. Line ends, byte order mark, order, comments and the text below stay as they are.

    Raises:
        PropertiesError: The properties that are there cannot be read, are never closed, or take no more lines.
    """
    front = frontmatter.read(clean(text))
    if front.values is None and front.problems:
        raise PropertiesError(front.problems[0].what)
    old = front.values or {}
    new = _lacking(old, values)
    if not new:
        return text
    lines = dump(new)
    changed = _inserted(text, lines, front.lines)
    said = frontmatter.read(f"---\n{lines}---\n").values or {}
    if frontmatter.read(clean(changed)).values != old | said:
        raise PropertiesError("the properties are written in a way that takes no more lines")
    return changed


def _lacking(old: Mapping[str, Value], values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the properties whose names are not taken, in any case."""
    taken = {name.lower() for name in old}
    new: dict[str, Value] = {}
    for name, value in values.items():
        if name.lower() not in taken:
            taken.add(name.lower())
            new[name] = value
    return new


def _inserted(text: str, lines: str, block: int) -> str:
    """Put lines before the last of the block's lines, or a block of their own at the top where there is none."""
    first = _LINE_END.search(text)
    if not block:
        lines = f"---\n{lines}---\n"
    lines = lines.replace("\n", first.group() if first else "\n")
    at = _end_of_line(text, block - 1) if block else len(text) - len(text.removeprefix(_MARK))
    return text[:at] + lines + text[at:]


def _end_of_line(text: str, number: int) -> int:
    return next(islice(_LINE_END.finditer(text), number - 1, None)).end()
