"""The day of a vault: by the clock and its time zone, and how devices whose days differ agree on one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_HERE = frozenset({"localtime", "Factory"})
"""Names that each system fills with a time zone of its own."""


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones (IANA) that mean the same on every device."""
    return frozenset(available_timezones()) - _HERE


def now(zone: str = "") -> datetime:
    """Return the time in a time zone (IANA name), or in that of this device."""
    return datetime.now(UTC).astimezone(ZoneInfo(zone) if zone else None)


def agreed(own: date, told: Iterable[date]) -> date:
    """Return the day for which pages are written here, where the pages of other devices are for the days `told`.

    Somewhere it is tomorrow already: then it is so here. A day further ahead is no day that any device can have, but
    one whose clock is wrong.
    """
    tomorrow = own + timedelta(days=1) if own < date.max else own
    return tomorrow if tomorrow in told else own
