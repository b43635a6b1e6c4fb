"""Properties that YAML reads differently from what their writer means: bare links, unspaced lists."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from vault_tools.dialect.properties import one_line
from vault_tools.model.note import Problem, Value
from vault_tools.parse.frontmatter import Frontmatter
from vault_tools.parse.yaml.lines import FIRST_LINE

_UNSPACED = re.compile(r"[ \t]*-([^\s-].*)")
_KEY_ALONE = re.compile(r"[^\n]*:[ \t]*")
_PLAIN = re.compile(r"(?!(?:true|false|null)\Z)[^\W\d_][\w/-]*", re.IGNORECASE)
_LONGEST = 200


def lint(front: Frontmatter) -> Iterator[Problem]:
    """Yield the properties that YAML takes for something else, and what to write instead."""
    lines = _LinesOfKeys(front)
    for key, value in (front.values or {}).items():
        if key.lower() == "tags":
            continue  # a link is no tag, and tags have their own remedies
        if isinstance(value, list):
            if _has_bare_link(value):
                yield _unquoted(front, key, value)
        elif isinstance(value, str) and value[:1] == "-":
            yield from _unspaced(front, key, lines.of(key))


class _LinesOfKeys:
    """The lines of each property, from its name to the next one; the block is split once, when it is first needed."""

    def __init__(self, front: Frontmatter) -> None:
        self._front = front

    @cached_property
    def _cut(self) -> tuple[list[str], list[int]]:
        return self._front.text.split("\n"), sorted({place - FIRST_LINE for place in self._front.places.values()})

    def of(self, key: str) -> list[str]:
        lines, rows = self._cut
        begin = self._front.places.get(key, FIRST_LINE) - FIRST_LINE
        after = bisect_right(rows, begin)
        return lines[begin : rows[after] if after < len(rows) else len(lines)]


def _has_bare_link(value: list[Value]) -> bool:
    """Tell whether a list is a link without quotes, or has one."""
    return _is_bare_link(value) or any(_is_bare_link(item) for item in value)


def _is_bare_link(value: Value) -> bool:
    """Tell whether a value is a list of nothing but one list of one text."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else None
    return isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], str)


def _unquoted(front: Frontmatter, key: str, value: list[Value]) -> Problem:
    """Report `[[x]]` without quotes: to YAML, this is a list in a list."""
    about = (("property", key), ("line", _with_quotes(key, value)))
    line, message = front.places.get(key, FIRST_LINE), "problem.property.link-unquoted"
    return Problem("link-unquoted", line, message, "problem.property.link-unquoted-fix", about)


def _with_quotes(key: str, value: list[Value]) -> str:
    """Write a property with its links in quotes, or only show how if it is long or not only links and texts."""
    items = [_link(value)] if _is_bare_link(value) else [_link(item) for item in value]
    line = _written(key, items[0] if _is_bare_link(value) else items)
    if len(line) > _LONGEST or not all(isinstance(item, str) for item in items):
        return f'{one_line(key)}: "[[…]]"'
    return line


def _link(item: Value) -> Value:
    """Return a value as the text that its writer means: a link, where it is one without quotes."""
    if isinstance(item, list) and _is_bare_link(item):
        (inner,) = item
        return f"[[{inner[0]}]]" if isinstance(inner, list) else item
    return item


def _unspaced(front: Frontmatter, key: str, lines: list[str]) -> Iterator[Problem]:
    """Report a list whose dashes have no space after them: to YAML, this is one text."""
    items = _unspaced_items(lines)
    if items:
        about = (("property", key), ("line", _written(key, items)))
        line, message = front.places.get(key, FIRST_LINE), "problem.property.list-dash-unspaced"
        yield Problem("list-unspaced", line, message, "problem.property.list-dash-unspaced-fix", about)


def _unspaced_items(lines: list[str]) -> list[str]:
    """Return the items of a property if each has a line with such a dash, and nothing is beside its name."""
    if not lines or not _KEY_ALONE.fullmatch(lines[0]):
        return []
    items: list[str] = []
    for line in filter(str.strip, lines[1:]):
        item = _UNSPACED.fullmatch(line)
        if item is None:
            return []
        items.append(item[1].strip())
    return items


def _written(key: str, value: Value | list[str]) -> str:
    """Write a property on one line, its texts in quotes where they need them."""
    text = f"[{', '.join(map(_scalar, value))}]" if isinstance(value, list) else _scalar(value)
    return f"{one_line(key)}: {text}"


def _scalar(value: object) -> str:
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value)
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False, default=str)
