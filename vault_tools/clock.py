"""The date of a vault: by the clock and its time zone, and how devices with different dates agree on one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_HERE = frozenset({"localtime", "Factory"})
"""Names that mean a different time zone on each system."""


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones (IANA) that mean the same on every device."""
    return frozenset(available_timezones()) - _HERE


def now(zone: str = "") -> datetime:
    """Return the time in a time zone (IANA name), or in that of this device."""
    return datetime.now(UTC).astimezone(ZoneInfo(zone) if zone else None)


def agreed(own: date, days: Iterable[date]) -> date:
    """Return the date for which to write pages here; `days` are the dates of the pages that other devices wrote.

    If a page is one day ahead, its date is used here too: in another time zone it is tomorrow already. A date further
    ahead comes from a wrong clock and is ignored.
    """
    tomorrow = own + timedelta(days=1) if own < date.max else own
    return tomorrow if tomorrow in days else own
