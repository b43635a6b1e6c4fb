"""The calendar: ISO weeks, months, quarters and years, by the day they hold."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from vault_tools.model.learning import Window, WindowKind

DAY = timedelta(days=1)
KINDS: tuple[WindowKind, ...] = ("week", "month", "quarter", "year")
EVER = Window("year", date(1, 1, 1), date.max, "ever")
"""A window that holds every day."""
EARLIEST, LATEST = 1900, 2200
"""The years that a vault may name; a year outside is a typing mistake."""
_NAMES: Mapping[WindowKind, re.Pattern[str]] = {
    "week": re.compile(r"(?<!\d)(\d{4})(?:-?W| ?年 ?第? ?(?=\d{1,2} ?[周週]))(\d{1,2})(?!\d)", re.IGNORECASE),
    "month": re.compile(r"(?<!\d)(\d{4})(?:-| ?年 ?(?=\d{1,2} ?月))(\d{1,2})(?!\d)"),
    "quarter": re.compile(
        r"(?<!\d)(\d{4})(?:-?Q| ?年 ?Q| ?年 ?第? ?(?=[1-4一二三四] ?季))([1-4一二三四])(?!\d)", re.IGNORECASE
    ),
    "year": re.compile(r"(?<!\d)(\d{4})(?!\d)"),
}
_DAY = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2})-(\d{2})|年(\d{1,2})月(\d{1,2})日)(?!\d)")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def containing(kind: WindowKind, day: date) -> Window:
    """Return the window of a kind that holds a day."""
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        return Window(kind, start, start + 6 * DAY, f"{start + 3 * DAY:%G-W%V}")
    months = _MONTHS[kind]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    return Window(kind, start, _later(start, months) - DAY, _name(kind, start))


def before(window: Window) -> Window:
    """Return the window of the same kind that ends where this one begins."""
    return containing(window.kind, window.start - DAY)


def recent(kind: WindowKind, day: date, many: int) -> tuple[Window, ...]:
    """Return the last windows up to the one that holds a day, the oldest first."""
    found = [containing(kind, day)]
    while len(found) < many:
        found.append(before(found[-1]))
    return tuple(reversed(found))


def named(kind: WindowKind, text: str) -> Window | None:
    """Return the window of a kind that a text names (`2024-W19`, `2024-05`, `2024年第2季度`); None if it names none.

    A text that names only a day (`2024-05-06`, `2024年5月6日`) means the window that holds it.
    """
    found = _NAMES[kind].search(text) or _DAY.search(text)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        return None
    try:
        if found.re is _DAY:
            return containing(kind, date(*(int(part) for part in found.groups() if part)))
        year, number = int(found[1]), _number(found[2]) if found.re.groups > 1 else 1
        if kind == "week":
            return containing(kind, date.fromisocalendar(year, number, 4))
        return containing(kind, date(year, (number - 1) * _MONTHS[kind] + 1, 1))
    except ValueError:
        return None


def _number(text: str) -> int:
    return "一二三四".find(text) + 1 or int(text)


def _later(start: date, months: int) -> date:
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def _name(kind: WindowKind, start: date) -> str:
    if kind == "month":
        return f"{start:%Y-%m}"
    return f"{start:%Y}-Q{(start.month + 2) // 3}" if kind == "quarter" else f"{start:%Y}"
