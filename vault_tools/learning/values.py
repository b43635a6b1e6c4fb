"""The values of a note's properties and inline fields by their meaning, in any language."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from posixpath import basename
from typing import TypeVar

from vault_tools.dialect import days, durations
from vault_tools.graph.frame import by_property
from vault_tools.graph.names import word_key
from vault_tools.learning.windows import EARLIEST, LATEST, named
from vault_tools.model.learning import Window, WindowKind
from vault_tools.model.note import Note, Problem, Value
from vault_tools.model.text import Kind, Term
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.parse.values import as_property, is_link, meanings, quoted, shown

_T = TypeVar("_T")
_KINDS: Mapping[str, Kind] = {"statuses": "status", "outcomes": "outcome", "modes": "mode", "stages": "stage"}
"""The groups of values, and the kind of term that each holds."""
_NAMED_DAY = re.compile(r"(\d{4})(?:([-._])?(\d{2})\2?(\d{2})|年(\d{1,2})月(\d{1,2})日)(?!\d)")


class Lexicon:
    """Knows which words of a vocabulary have which meaning."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index every group of words; a meaning's own name goes before another's synonym."""
        self._groups = {group: _index(rows) for group, rows in vocabulary.words.items()}
        self._relations = by_property(vocabulary)
        self._spelled = {group: tuple(rows) for group, rows in vocabulary.words.items()}

    def meaning(self, group: str, word: str) -> str | None:
        """Return what a word of a group means; None for an unknown one."""
        return self._groups.get(group, {}).get(word_key(word))

    def read(self, group: str, value: Value) -> str | None:
        """Return what a value means in a group of words; it may be a link to a note with that name."""
        return _first(self.meaning(group, quoted(each)) for each in meanings(value))

    def relation(self, word: str) -> str | None:
        """Return the relation that a property or field names from its own end; None where it names none so."""
        name, inverted = self._relations.get(word_key(word), (None, False))
        return None if inverted else name

    def terms(self, group: str) -> tuple[Term, ...]:
        """Return the meanings of a group of values, in their order, as they are shown and typed."""
        return tuple(Term(_KINDS[group], name) for name in self._spelled.get(group, ()))


def _index(rows: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found = {word_key(word): name for name, words in reversed(list(rows.items())) for word in words}
    return found | {word_key(name): name for name in rows}


@dataclass(frozen=True, slots=True)
class Written:
    """A value in a note: what was written, its line (1-based, 0 = unknown), and its property's name."""

    value: Value
    line: int
    key: str


@dataclass(slots=True)
class Reader:
    """Reads the values of one part of a note, and remembers what it could not make sense of."""

    written: Mapping[str, Written]
    lexicon: Lexicon
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a value as it is shown, on one line, with commas between list items; "" if there is none."""
        found = self.written.get(name)
        if found is None or is_empty(found.value):
            return ""
        return shown(found.value)

    def day(self, name: str) -> date | None:
        """Return a day; a value that is no day, or outside 1900 to 2200, is a problem.

        A date that does not exist is reported for every note already, so it is not reported here.
        """
        if name in self.written and days.no_day(self.written[name].value):
            return None
        return self._read(name, _day, _no_day)

    def minutes(self, name: str) -> float | None:
        """Return a duration in minutes."""
        return self._read(name, length, _no_duration)

    def word(self, name: str, group: str) -> str:
        """Return the meaning of a word of a group; "" where there is none."""
        if name not in self.written:
            return ""
        known = self.lexicon.terms(group)
        return self._read(name, partial(self.lexicon.read, group), partial(_no_word, known)) or ""

    def _read(self, name: str, read: Callable[[Value], _T | None], trouble: Callable[[Written], Problem]) -> _T | None:
        found = self.written.get(name)
        if found is None or is_empty(found.value):
            return None
        value = read(found.value)
        if value is None:
            self.problems.append(trouble(found))
        return value


def _no_day(found: Written) -> Problem:
    message, remedy = "problem.learning.day-invalid", "problem.learning.day-invalid-fix"
    return Problem("day-unknown", found.line, message, remedy, about(found))


def _no_duration(found: Written) -> Problem:
    message, remedy = "problem.learning.duration-invalid", "problem.learning.duration-invalid-fix"
    return Problem("duration-unknown", found.line, message, remedy, about(found))


def _no_word(known: tuple[Term, ...], found: Written) -> Problem:
    message, remedy = "problem.learning.word-unknown", "problem.learning.fix-word-unknown"
    return Problem("word-unknown", found.line, message, remedy, (*about(found), ("known", known)))


def about(found: Written) -> tuple[tuple[str, str], ...]:
    """Return the values of a message on what is written: its property as the note has it, and the value."""
    return ("name", found.key), ("value", quoted(found.value))


def length(value: Value) -> float | None:
    """Return the minutes of a value; None if it is no length of time."""
    return _first(map(durations.minutes, meanings(value)))


def _first(found: Iterable[_T | None]) -> _T | None:
    return next((each for each in found if each is not None), None)


def _day(value: Value) -> date | None:
    """Return the day of a value; a link to a daily note is read by that note's name."""
    found = _first(map(days.day, meanings(value)))
    if found is None and is_link(value):
        found = _first(named_day(str(each)) for each in meanings(value))
    return plausible(found)


def properties(note: Note, lexicon: Lexicon) -> dict[str, Written]:
    """Return the values in a note's frontmatter, by their meaning; the first that is not empty counts."""
    found: dict[str, Written] = {}
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        name = lexicon.meaning("properties", key)
        if name is not None and not is_empty(value):
            found.setdefault(name, Written(value, line, key))
    return found


def period_of(kind: WindowKind, note: Note, lexicon: Lexicon) -> Window | None:
    """Return the period of a kind that a note is about: by its property `period`, else by its name."""
    written = properties(note, lexicon).get("period")
    texts = [quoted(each) for each in meanings(written.value)] if written is not None else []
    return next((found for text in [*texts, basename(note.path)] if (found := named(kind, text))), None)


def fields(note: Note, lexicon: Lexicon) -> Iterator[tuple[str, Written]]:
    """Yield the values of a note's inline fields, by their meaning; those of tasks only describe the task."""
    for each in note.fields:
        name = None if each.task or each.form == "frontmatter" else lexicon.meaning("properties", each.key)
        if name is not None and not is_empty(each.value):
            yield name, Written(as_property(each.value), each.line, each.key)


def plausible(found: date | None) -> date | None:
    """Return a day if it is in the years that a vault may name."""
    return found if found is not None and EARLIEST <= found.year <= LATEST else None


def named_day(name: str) -> date | None:
    """Return the day with which a name begins: `2024-05-31 …`, `20240531`, `2024年5月31日`; None where it is none."""
    found = _NAMED_DAY.match(name)
    if found is None:
        return None
    year, _, month, day, chinese_month, chinese_day = found.groups()
    try:
        return plausible(date(int(year), int(month or chinese_month), int(day or chinese_day)))
    except ValueError:
        return None


def names(note: Note, lexicon: Lexicon) -> dict[str, str]:
    """Return what a note calls its properties, by their meaning, those without a value too; the first counts."""
    found: dict[str, str] = {}
    for key in (*(note.frontmatter or {}), *(each.key for each in note.fields if not each.task)):
        meant = lexicon.meaning("properties", key)
        if meant is not None:
            found.setdefault(meant, key)
    return found


def is_empty(value: Value) -> bool:
    """Tell whether a value says nothing: it is blank, or a placeholder that a template has left."""
    if isinstance(value, str):
        return not value.strip() or "{{" in value or "<%" in value
    return value is None or value == []
