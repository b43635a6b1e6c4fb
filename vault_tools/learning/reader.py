"""Reads the values of a note as days, lengths of time and words, and keeps what it could not read as problems."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from vault_tools.dialect import days, durations
from vault_tools.learning.calendar_names import named_day, plausible
from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import NoteValue, is_empty, message_values
from vault_tools.model.note import Problem, Value
from vault_tools.model.text import Term
from vault_tools.parse.values import format_value, is_link, meanings

_T = TypeVar("_T")


@dataclass(slots=True)
class Reader:
    """Reads the values of one part of a note, and remembers what it could not make sense of."""

    values: Mapping[str, NoteValue]
    lexicon: Lexicon
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a value as it is shown, on one line, with commas between list items; "" if there is none."""
        value = self._value(name)
        return format_value(value.value) if value is not None else ""

    def day(self, name: str) -> date | None:
        """Return a day; a value that is no day, or outside 1900 to 2200, is a problem.

        A date that does not exist is reported for every note already, so it is not reported here.
        """
        if name in self.values and days.no_day(self.values[name].value):
            return None
        return self._read(name, _day, _no_day)

    def minutes(self, name: str) -> float | None:
        """Return a duration in minutes."""
        return self._read(name, minutes_of, _no_duration)

    def word(self, name: str, group: str) -> str:
        """Return the meaning of a word of a group; "" where there is none."""
        if name not in self.values:
            return ""
        words = self.lexicon.terms(group)
        return self._read(name, partial(self.lexicon.read, group), partial(_no_word, words)) or ""

    def _value(self, name: str) -> NoteValue | None:
        value = self.values.get(name)
        return None if value is None or is_empty(value.value) else value

    def _read(
        self, name: str, read: Callable[[Value], _T | None], trouble: Callable[[NoteValue], Problem]
    ) -> _T | None:
        value = self._value(name)
        if value is None:
            return None
        result = read(value.value)
        if result is None:
            self.problems.append(trouble(value))
        return result


def _no_day(value: NoteValue) -> Problem:
    message, remedy = "problem.learning.day-invalid", "problem.learning.day-invalid-fix"
    return Problem("day-unknown", value.line, message, remedy, message_values(value))


def _no_duration(value: NoteValue) -> Problem:
    message, remedy = "problem.learning.duration-invalid", "problem.learning.duration-invalid-fix"
    return Problem("duration-unknown", value.line, message, remedy, message_values(value))


def _no_word(words: tuple[Term, ...], value: NoteValue) -> Problem:
    message, remedy = "problem.learning.word-unknown", "problem.learning.fix-word-unknown"
    return Problem("word-unknown", value.line, message, remedy, (*message_values(value), ("known", words)))


def minutes_of(value: Value) -> float | None:
    """Return the minutes of a value; None if it is no length of time."""
    return _first(map(durations.minutes, meanings(value)))


def _day(value: Value) -> date | None:
    """Return the day of a value; a link to a daily note is read by that note's name."""
    day = _first(map(days.day, meanings(value)))
    if day is None and is_link(value):
        day = _first(named_day(str(each)) for each in meanings(value))
    return plausible(day)


def _first(results: Iterable[_T | None]) -> _T | None:
    return next((each for each in results if each is not None), None)
