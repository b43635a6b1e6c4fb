"""The tables of a language: names of months and days, weeks, ordinals, eras, digits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class NameForms:
    """Twelve months or seven days from Sunday: plain, and in other cases, each with the patterns that use it."""

    plain: tuple[str, ...]
    cases: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def within(self, pattern: str) -> tuple[str, ...]:
        """Return the names in the case that a whole pattern needs."""
        return next((names for rule, names in self.cases if re.search(rule, pattern)), self.plain)


@dataclass(frozen=True, slots=True)
class Ordinals:
    """How the numbers of these tokens are counted: the usual text (`%dth`), and odd ones.

    An odd one is a divisor, the remainders that use it, and its text; the first that fits counts.
    """

    tokens: tuple[str, ...]
    usual: str
    odd: tuple[tuple[int, tuple[int, ...], str], ...] = ()

    def counted(self, number: int) -> str:
        """Return a number as an ordinal."""
        odd = (text for divisor, rests, text in self.odd if number % divisor in rests)
        return next(odd, self.usual).replace("%d", str(number))

    @property
    def texts(self) -> set[str]:
        """Every text."""
        return {self.usual, *(text for _, _, text in self.odd)}


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its first and last day in ISO form ("" for none), the number of its first year, and its names."""

    since: str
    until: str
    offset: int
    name: str
    narrow: str
    short: str

    def contains(self, day: str) -> bool:
        """Tell whether a day, in ISO form, is in the era."""
        return self.since <= day and (not self.until or day <= self.until)

    @property
    def before(self) -> int:
        """The year before its year 1, or what that would be."""
        return int(self.since[:4] or 1) - self.offset


@dataclass(frozen=True, eq=False)
class Locale:
    """The tables of a language.

    `first_weekday` counts from Sunday = 0; week 1 holds the day `7 + first_weekday - first_week` of January.
    `long` gives the long formats (`LL` …), `meridiem` the first minute of each part of the day with its words for
    `A` and `a`, `signs` what replaces single characters (digits, in some scripts). Eras are listed from the last to
    the first; if two overlap, the first one listed counts.
    """

    months: NameForms
    months_short: NameForms
    weekdays: NameForms
    weekdays_short: tuple[str, ...]
    weekdays_min: tuple[str, ...]
    first_weekday: int
    first_week: int
    long: Mapping[str, str]
    meridiem: tuple[tuple[int, str, str], ...]
    ordinals: tuple[Ordinals, ...]
    signs: Mapping[str, str] = field(default_factory=dict)
    eras: tuple[Era, ...] = (Era("", "", 1, "Anno Domini", "AD", "AD"),)

    @cached_property
    def table(self) -> Mapping[int, str]:
        """The signs, for `str.translate`."""
        return {ord(sign): shown for sign, shown in self.signs.items()}

    @cached_property
    def digit(self) -> str:
        """A regular expression for one digit."""
        return f"[{'0-9'.translate(self.table)}]"

    def ordinals_of(self, token: str) -> Ordinals:
        """Return how the numbers of a token (`D`, `w` …) are counted."""
        return next(row for row in self.ordinals if token in row.tokens)
