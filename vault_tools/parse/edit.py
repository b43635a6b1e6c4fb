"""Adds properties and text to a note without changing any other byte of it.

It is here and not in `dialect` because only the one reader of properties can say what a note already has.
"""

import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import islice

from vault_tools.dialect.properties import dump
from vault_tools.model.note import Value
from vault_tools.model.text import Say, say
from vault_tools.parse import frontmatter
from vault_tools.parse.frontmatter import Frontmatter
from vault_tools.parse.note import clean

_LINE_END = re.compile(r"\r\n?|\n")
_MARK = "\ufeff"
_FLOW = re.compile(r"(?P<head>[^\[\r\n]*\[)(?P<items>[^\r\n]*)(?P<tail>\][ \t]*)(?=[\r\n])")
_ITEM = re.compile(r"^(?P<indent>[ ]*)-(?=[ \r\n])[^\r\n]*(?:\r\n?|\n)", re.MULTILINE)


class PropertiesError(ValueError):
    """No property can be added safely to a note; `said` is the reason."""

    def __init__(self, sentence: Say) -> None:
        """Take the sentence."""
        self.sentence = sentence
        super().__init__(sentence)


def add(text: str, values: Mapping[str, Value]) -> str:
    """Return a note's text with its missing properties added after the existing ones.

    Case of names does not matter. Line ends, byte order mark, order, comments and the text below do not change.

    Raises:
        PropertiesError: The existing properties cannot be read, have no end, or cannot take more lines.
    """
    front = frontmatter.read(clean(text))
    if front.values is None and front.problems:
        raise PropertiesError(front.problems[0].sentence)
    old = front.values or {}
    new = _lacking(old, values)
    if not new:
        return text
    lines = dump(new)
    changed = _inserted(text, lines, front.lines)
    added = frontmatter.read(f"---\n{lines}---\n").values or {}
    if frontmatter.read(clean(changed)).values != old | added:
        raise PropertiesError(say("error.properties-full"))
    return changed


def insert(text: str, template: str) -> str:
    """Return a note with a template inserted at its end, as Obsidian's *Insert template* does with the cursor there.

    The template's variables are filled in already. Properties that the note lacks are added; a list in both has the
    note's items first; all other properties of the note stay unchanged.

    Raises:
        PropertiesError: In the note or the template; see `add`. Nothing is inserted then, as in Obsidian.
    """
    plain = clean(template)
    front = frontmatter.read(plain)
    if front.values is None and front.problems:
        raise PropertiesError(front.problems[0].sentence)
    return append(merge(text, front.values or {}), plain[front.body :])


def merge(text: str, values: Mapping[str, Value]) -> str:
    """Return a note with properties merged into its own, by the rules of `insert`.

    Raises:
        PropertiesError: See `add`; or no item can be added to a list because of how it is written.
    """
    own = frontmatter.read(clean(text)).values or {}
    names = {name.lower(): name for name in own}
    for name, value in values.items():
        mine = names.get(name.lower(), "")
        items = _new_items(own.get(mine), value)
        if items:
            text = extend(text, mine, items)
    return add(text, values)


def _new_items(old: Value, value: Value) -> list[Value]:
    """Return the items of a list that an older one lacks; none if one of them is no list."""
    if not isinstance(value, list) or not isinstance(old, list):
        return []
    return [item for item in value if item not in old]


def append(text: str, body: str) -> str:
    """Return a note with some text added at the end, on a separate line and with the note's line ends."""
    if not body:
        return text
    first = _LINE_END.search(text)
    end = first.group() if first else "\n"
    gap = "" if not text.removeprefix(_MARK) or text.endswith(("\n", "\r")) else end
    return text + gap + _LINE_END.sub(lambda _: end, body)


def extend(text: str, name: str, items: Sequence[Value]) -> str:
    """Return a note with items added at the end of a list property.

    Raises:
        PropertiesError: No item can be added because of how the list is written.
    """
    front = frontmatter.read(clean(text))
    values = front.values or {}
    old = values.get(name)
    if not isinstance(old, list):
        raise PropertiesError(say("error.property-no-list", name=name))
    begin, end = _extent(text, front, name)
    changed = text[:begin] + _longer(text[begin:end], items) + text[end:]
    if frontmatter.read(clean(changed)).values != {**values, name: [*old, *items]}:
        raise PropertiesError(say("error.list-full", name=name))
    return changed


def _extent(text: str, front: Frontmatter, name: str) -> tuple[int, int]:
    """Return where the lines of a property begin and end."""
    starts = [0, *(line_end.end() for line_end in _LINE_END.finditer(text))]
    first = front.places[name] - 1
    later = [line - 1 for line in front.places.values() if line - 1 > first]
    return starts[first], starts[min([*later, front.lines - 1])]


def _longer(lines: str, items: Sequence[Value]) -> str:
    """Return the lines of a list with more items in it; unchanged lines if the way to add them is unclear."""
    flow = _FLOW.match(lines)
    if flow:
        return _longer_in_brackets(flow, items) + lines[flow.end() :]
    last = deque(_ITEM.finditer(lines), maxlen=1)
    if not last:
        return lines
    end = last[0].end()
    return lines[:end] + _lines_like(last[0], items) + lines[end:]


def _longer_in_brackets(flow: re.Match[str], items: Sequence[Value]) -> str:
    """Return a list in brackets with more items in it."""
    inside = flow["items"].rstrip()
    more = ", ".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"{flow['head']}{inside}{', ' if inside else ''}{more}{flow['tail']}"


def _lines_like(item: re.Match[str], items: Sequence[Value]) -> str:
    """Return lines of items that are indented like another item, and end like it."""
    indent, end = item["indent"], _LINE_END.findall(item.group())[-1]
    lines = dump({"x": list(items)}).partition("\n")[2]
    return (indent + lines.replace("\n  ", "\n" + indent).removeprefix("  ")).replace("\n", end)


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
    """Put lines before the last line of the block; if there is no block, put a new one at the top."""
    first = _LINE_END.search(text)
    if not block:
        lines = f"---\n{lines}---\n"
    lines = lines.replace("\n", first.group() if first else "\n")
    at = _end_of_line(text, block - 1) if block else len(text) - len(text.removeprefix(_MARK))
    return text[:at] + lines + text[at:]


def _end_of_line(text: str, number: int) -> int:
    return next(islice(_LINE_END.finditer(text), number - 1, None)).end()
