"""The day in a property such as `date:`, in the ISO form that Obsidian's own date fields write."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_TIME = r"(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?)?"
# An offset of any width, a short name, and what RFC 9557 adds in brackets. None of them changes the day.
_ZONE = r"Z|[+\u2212-](?:2[0-3]|[01]?\d)(?::?[0-5]\d)?|[A-Z]{2,5}"
_BRACKETED = r"(?: ?\[!?[\w/+=.\u2212-]{1,64}\]){0,4}"
_DAY = re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d)(?:[Tt ]{_TIME}(?: ?(?:{_ZONE}))?{_BRACKETED})?", re.ASCII)


class NoDay(NamedTuple):
    """A date that does not exist, as it was written; `month` and `day` may be any number of two digits."""

    year: int
    month: int
    day: int

    @property
    def is_near(self) -> bool:
        """Tell whether other months or years have such a day: `2024-02-30` is surely meant as a date."""
        return 1 <= self.month <= 12 and 1 <= self.day <= 31  # noqa: PLR2004

    @property
    def turned(self) -> date | None:
        """The date if month and day are swapped; None if that does not exist either."""
        return _date(self.year, self.day, self.month)

    @property
    def end(self) -> date | None:
        """The last day of its month; None if there is no such month."""
        has_month = 1 <= self.month <= 12 and self.year > 0  # noqa: PLR2004
        return date(self.year, self.month, monthrange(self.year, self.month)[1]) if has_month else None


def day(value: object) -> date | None:
    """Return the day of a property's value, as written (in the zone of the writer); None if it is not a day."""
    return _date(*written) if (written := _written(value)) else None


def no_day(value: object) -> NoDay | None:
    """Read a value that is written like a date but does not exist; None if it exists, or is not a date."""
    written = _written(value)
    return NoDay(*written) if written and _date(*written) is None else None


def _written(value: object) -> tuple[int, int, int] | None:
    """Return year, month and day as written."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, number = found["day"].split("-")
    return int(year), int(month), int(number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None  # there is no 30 February
