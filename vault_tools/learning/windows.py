"""The calendar: ISO weeks, months, quarters and years, by the day they hold."""

from collections.abc import Mapping
from datetime import date, timedelta

from vault_tools.model.learning import Window, WindowKind

MINUTES_A_DAY = 24 * 60
DAY = timedelta(days=1)
KINDS: tuple[WindowKind, ...] = ("week", "month", "quarter", "year")
EVER = Window("year", date(1, 1, 1), date.max, "ever")
"""A window that holds every day."""
MONTHS: Mapping[WindowKind, int] = {"month": 1, "quarter": 3, "year": 12}
"""How many months a window of a kind has; a week has none."""


def containing(kind: WindowKind, day: date) -> Window:
    """Return the window of a kind that holds a day."""
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        return Window(kind, start, start + 6 * DAY, f"{start + 3 * DAY:%G-W%V}")
    months = MONTHS[kind]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    return Window(kind, start, _later(start, months) - DAY, _name(kind, start))


def before(window: Window) -> Window:
    """Return the window of the same kind that ends where this one begins."""
    return containing(window.kind, window.start - DAY)


def recent(kind: WindowKind, day: date, count: int) -> tuple[Window, ...]:
    """Return the last windows up to the one that holds a day, the oldest first."""
    windows = [containing(kind, day)]
    while len(windows) < count:
        windows.append(before(windows[-1]))
    return tuple(reversed(windows))


def within(day: date, window: Window) -> bool:
    """Tell whether a day is in a window."""
    return window.start <= day <= window.end


def _later(start: date, months: int) -> date:
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def _name(kind: WindowKind, start: date) -> str:
    if kind == "month":
        return f"{start:%Y-%m}"
    return f"{start:%Y}-Q{(start.month + 2) // 3}" if kind == "quarter" else f"{start:%Y}"
