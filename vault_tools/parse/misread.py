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
        if isinstance(value, list) and any(_is_unquoted(item) for item in (value, *value)):
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


def _unquoted(front: Frontmatter, key: str, value: list[Value]) -> Problem:
    """Report `[[x]]` without quotes: to YAML, this is a list in a list."""
    message = "problem.property.link-unquoted"
    items = [_link(item) for item in ([value] if _is_unquoted(value) else value)]
    line = _written(key, items[0] if _is_unquoted(value) else items)
    if not all(isinstance(item, str) for item in items) or len(line) > _LONGEST:
        line = f'{one_line(key)}: "[[…]]"'
    told = (("property", key), ("line", line))
    return Problem(
        "link-unquoted", front.places.get(key, FIRST_LINE), message, "problem.property.link-unquoted-fix", told
    )


def _is_unquoted(value: Value) -> bool:
    """Tell whether a value is a list of nothing but one list of one text."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else None
    return isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], str)


def _link(item: Value) -> Value:
    """Return a value as the text that its writer means: a link, where it is one without quotes."""
    if isinstance(item, list) and _is_unquoted(item):
        (inner,) = item
        return f"[[{inner[0]}]]" if isinstance(inner, list) else item
    return item


def _unspaced(front: Frontmatter, key: str, lines: list[str]) -> Iterator[Problem]:
    """Report a list whose dashes have no space after them: to YAML, this is one text."""
    first, *rest = lines or [""]
    items = [found[1].strip() for line in rest if (found := _UNSPACED.fullmatch(line))]
    if items and len(items) == len([line for line in rest if line.strip()]) and _KEY_ALONE.fullmatch(first):
        message = "problem.property.list-dash-unspaced"
        remedy = "problem.property.list-dash-unspaced-fix"
        told = (("property", key), ("line", _written(key, items)))
        yield Problem("list-unspaced", front.places.get(key, FIRST_LINE), message, remedy, told)


def _written(key: str, value: object) -> str:
    """Write a property on one line, its texts in quotes where they need them."""
    written = f"[{', '.join(map(_scalar, value))}]" if isinstance(value, list) else _scalar(value)
    return f"{one_line(key)}: {written}"


def _scalar(value: object) -> str:
    plain = isinstance(value, str) and _PLAIN.fullmatch(value)
    return str(value) if plain else json.dumps(value, ensure_ascii=False, default=str)
