"""Dataview inline fields (`key:: value`, and the date signs of tasks), by Dataview's own rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vault_tools.model.note import FieldForm


class InlineField(NamedTuple):
    """A field in a line: key and value as text, its form, and where the value starts and ends in the line."""

    key: str
    value: str
    form: FieldForm
    start: int
    end: int


_OPEN = {"[": "]", "(": ")"}
_FORMS: Mapping[str, FieldForm] = {"[": "bracket", "(": "paren"}
_BRACKETED_KEY = re.compile(r"([\[(])([^\[\]()]*?)::")
_BRACKETS = {"[": re.compile(r"\\.|[\[\]]"), "(": re.compile(r"\\.|[()]")}
_KEY = re.compile(r"[\w\s/\-\u2190-\u2bff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+\Z")
_LEADING = re.compile(r"[^\w\u2190-\u2bff\U0001f000-\U0001faff]*")
_CANONICAL = re.compile(r"[^\w\s/\-\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]")
_LETTER = re.compile(r"\w|[^\x00-\x7f]")
_SPACES = re.compile(r"\s+")
_MARKS = ("***", "**", "*", "~~", "==", "`", "___", "__", "_")
_SIGNED = re.compile(
    "([\u2795\U0001f4c5\U0001f4c6\U0001f5d3\u2705\u23f3\u231b\U0001f6eb])\ufe0f?\\s*([0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_MEANT = {
    "➕": "created",
    "📅": "due",
    "📆": "due",
    "🗓": "due",
    "✅": "completion",
    "⏳": "scheduled",
    "⌛": "scheduled",
    "🛫": "start",
}


def fields(line: str, *, task: bool = False) -> list[InlineField]:
    """Return the fields of a line (or of a list item, its lines joined); tasks have brackets and date signs only."""
    bracketed = list(_bracketed(line)) if "::" in line else []
    if task:
        return sorted([*bracketed, *_signed(line)], key=lambda field: field.start)
    return bracketed or (_whole_line(line) if "::" in line else [])


def without_code(text: str, code: Iterable[tuple[int, int]]) -> str:
    """Blank out the code spans of a text that hold two colons, so that `std::vector` is no field; its length stays."""
    pieces, pos = [], 0
    for start, end in code:
        if "::" in text[start:end]:
            pieces += [text[pos:start], " " * (end - start)]
            pos = end
    return "".join([*pieces, text[pos:]])


def has_signs(text: str) -> bool:
    """Tell whether a text holds a date sign of tasks (`📅 2024-05-06`)."""
    return not text.isascii() and any(sign in text for sign in _MEANT) and _SIGNED.search(text) is not None


def canonical(key: str) -> str:
    """Return a key as Dataview queries it: lower case, blanks as dashes, punctuation dropped."""
    return _SPACES.sub("-", _CANONICAL.sub("", key).strip().lower())


def _signed(line: str) -> Iterator[InlineField]:
    """Yield the dates that a task's signs give it."""
    for date in _SIGNED.finditer(line):
        yield InlineField(_MEANT[date[1]], date[2], "emoji", date.start(2), date.end())


def _whole_line(line: str) -> list[InlineField]:
    """Return the field that a line is (`key:: value`), if it is one."""
    at = line.find("::")
    key = _LEADING.sub("", _unmarked(line[:at]), count=1).rstrip().rstrip("*~`").strip()
    if not key or not _KEY.match(key) or not _LETTER.search(key):
        return []
    return [InlineField(key, line[at + 2 :].strip(), "line", at + 2, len(line))]


def _unmarked(key: str) -> str:
    """Return a key without the emphasis around it: `_requires_` and `**requires**` name what `requires` names."""
    key = key.strip()
    for mark in _MARKS:
        if key.startswith(mark) and key.endswith(mark) and len(key) > 2 * len(mark):
            key = key.removeprefix(mark).removesuffix(mark).strip()
    return key


def _bracketed(line: str) -> Iterator[InlineField]:
    """Yield the fields in brackets: `[key:: value]` and `(key:: value)`."""
    ends = {opening: _matching(line, opening) for opening in _OPEN}
    pos = 0
    while (opening := _BRACKETED_KEY.search(line, pos)) is not None:
        bracket, key, pos = opening[1], _unmarked(opening[2]), opening.end()
        end = ends[bracket].get(opening.start())
        if key and end is not None:
            yield InlineField(key, line[pos:end].strip(), _FORMS[bracket], pos, end)
            pos = end + 1


def _matching(line: str, opening: str) -> dict[int, int]:
    """Pair the brackets of one kind; a backslash escapes."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKETS[opening].finditer(line):
        char = match.group()
        if char == opening:
            stack.append(match.start())
        elif char == _OPEN[opening] and stack:
            pairs[stack.pop()] = match.start()
    return pairs
