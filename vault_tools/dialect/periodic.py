"""Notes named by a date: where the note of a day, week, month, quarter or year is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vault_tools.dialect.moment import Locale, format_moment, matches, name_pattern, readings, says, settles
from vault_tools.model.vocabulary import Period

FORMATS = {
    "daily": "YYYY-MM-DD",
    "weekly": "gggg-[W]ww",
    "monthly": "YYYY-MM",
    "quarterly": "YYYY-[Q]Q",
    "yearly": "YYYY",
}
"""The kinds, and the default Moment format of each."""
ISO_WEEK = "GGGG-[W]WW"
"""The format of weeks that begin on Monday in every language."""


@dataclass(frozen=True, slots=True)
class PeriodicNotes:
    """How the notes of one kind are named and made: folder, Moment format, and the template's path ("" for none)."""

    kind: str
    folder: str
    format: str
    template: str = ""

    def path(self, when: datetime, locale: Locale) -> str:
        """Return the vault path of the note of a time."""
        name = format_moment(when, self.format, locale)
        return (f"{self.folder}/{name}" if self.folder else name) + ".md"

    def period(self, locale: Locale) -> Period:
        """Return how such notes are recognised."""
        return Period(self.kind, self.folder, name_pattern(self.format, locale))


def day_of_name(text: str, pattern: str, locale: Locale, near: date) -> date | None:
    """Return the first of the days that a name means; if it may mean several periods, of the one nearest to a day.

    A name without a year (`W24`, `March`) means the nearest period within eight years, the longest gap between two
    29 Februaries. If two are equally near, the earlier counts. None if the name means no day.
    """
    if not settles(pattern, locale):
        return _nearest(text, pattern, locale, near) if matches(text, pattern, locale) else None
    first_days = sorted(set(readings(text, pattern, locale)))
    if len(first_days) < 2:  # noqa: PLR2004
        return first_days[0] if first_days else None

    def distance(first: date) -> int:
        last = _last(first, text, pattern, locale)
        return max((first - near).days, (near - last).days, 0)

    return min(first_days, key=distance)


def middle(text: str, pattern: str, locale: Locale, first: date) -> date:
    """Return the middle day of the days from a day on that share one name, at most a week."""
    return first + (_last(first, text, pattern, locale, _WEEK) - first) // 2


def _nearest(text: str, pattern: str, locale: Locale, near: date) -> date | None:
    """Look for a name on the days around a day, and return the first of the consecutive days that have it."""
    for day in _days_around(near):
        if says(day, text, pattern, locale):
            return _first(day, text, pattern, locale)
    return None


def _days_around(near: date) -> Iterator[date]:
    """Yield the days around a day, the nearest first; of two that are equally near, the earlier."""
    for away in range(_FAR):
        for days in (-away, away):
            day = _later(near, days)
            if day is not None:
                yield day


def _first(day: date, text: str, pattern: str, locale: Locale) -> date:
    """Return the first of the consecutive days that have one name."""
    before = _later(day, -1)
    while before is not None and says(before, text, pattern, locale):
        day, before = before, _later(before, -1)
    return day


def _last(first: date, text: str, pattern: str, locale: Locale, most: int = 366) -> date:
    """Return the last of the consecutive days, up to a limit, that have one name."""
    last = first
    for days in range(1, most):
        day = _later(first, days)
        if day is None or not says(day, text, pattern, locale):
            break
        last = day
    return last


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


_WEEK = 7
_FAR = 8 * 366


def periodic(kind: str, folder: str = "", pattern: str = "", template: str = "") -> PeriodicNotes:
    """Read settings as they are written; an empty one has Obsidian's default."""
    path = template.strip("/ ")
    if path and not path.lower().endswith(".md"):
        path += ".md"
    return PeriodicNotes(kind, folder.strip("/ "), pattern.strip() or FORMATS[kind], path)


def customary(names: Iterable[str], settings: Iterable[PeriodicNotes], locale: Locale) -> Iterator[Period]:
    """Yield the periods of a vault: those of its settings, and others whose notes exist under the usual names.

    `names` are the names of its notes, without folder and suffix. Daily notes are known only from settings.
    """
    from_settings = tuple(settings)
    yield from (notes.period(locale) for notes in from_settings)
    short = [name for name in names if len(name) <= _LONGEST]
    for kind in sorted(FORMATS.keys() - {"daily", *(notes.kind for notes in from_settings)}):
        usual = periodic(kind).period(locale)
        if any(re.fullmatch(usual.pattern, name) for name in short):
            yield usual


def names_a_period(name: str, settings: Iterable[PeriodicNotes], locale: Locale) -> bool:
    """Tell whether a name (without folder and suffix) is that of a day or a period, by a vault's formats or usual ones.

    The usual ones always count: other tools, or other settings years ago, may have named the notes.
    """
    formats = {notes.format.rpartition("/")[2] for notes in settings} | {*FORMATS.values(), ISO_WEEK}
    return any(matches(name, pattern, locale) for pattern in formats)


_LONGEST = max(map(len, FORMATS.values()))


def beside(kind: str, day: date, steps: int) -> date:
    """Return the same day a number of periods later (earlier, if negative), as near as months allow.

    Before year 1 and after year 9999 there are no days; the day itself is returned then.
    """
    try:
        if kind in _DAYS:
            return day + timedelta(days=_DAYS[kind] * steps)
        months = day.year * 12 + day.month - 1 + _MONTHS[kind] * steps
        return date(months // 12, months % 12 + 1, min(day.day, _SHORTEST_MONTH))
    except (ValueError, OverflowError):
        return day


_DAYS = {"daily": 1, "weekly": 7}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_SHORTEST_MONTH = 28
