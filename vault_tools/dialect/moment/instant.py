"""A time as the tokens of a pattern see it: weekday, week, era, part of the day, zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vault_tools.dialect.moment.locale import Locale
from vault_tools.dialect.moment.weeks import ISO_WEEK, week_of


@dataclass(frozen=True, slots=True)
class Instant:
    """A time with a zone, and what it is in a language."""

    when: datetime
    locale: Locale

    @property
    def weekday(self) -> int:
        """Sunday is 0."""
        return self.when.isoweekday() % 7

    @property
    def week(self) -> tuple[int, int]:
        """Year and number of the week, as the language counts."""
        return week_of(self.when.date(), self.locale.first_weekday, self.locale.first_week)

    @property
    def iso_week(self) -> tuple[int, int]:
        """Year and number of the week from Monday."""
        return week_of(self.when.date(), *ISO_WEEK)

    @property
    def part_of_day(self) -> int:
        """Which row of the language's `meridiem` it is."""
        minute = self.when.hour * 60 + self.when.minute
        return max(at for at, (first, _, _) in enumerate(self.locale.meridiem) if first <= minute)

    @property
    def era(self) -> int:
        """Which row of the language's `eras` it is."""
        today = self.when.date().isoformat()
        return next(at for at, era in enumerate(self.locale.eras) if era.contains(today))

    @property
    def milliseconds(self) -> int:
        """Since the beginning of 1970."""
        return (self.when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)

    def offset(self, colon: str) -> str:
        """How far the zone is ahead of UTC."""
        minutes = round((self.when.utcoffset() or timedelta()).total_seconds() / 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"

    def zone(self, name: str) -> str:
        """Name the zone, which Moment does only for UTC."""
        return name if self.when.tzinfo is UTC else ""
