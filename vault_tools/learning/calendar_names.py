"""The day or the period that a name means: `2024-05-31 …`, `2024-W19`, `2024年第2季度`."""

import re
from collections.abc import Mapping
from datetime import date

from vault_tools.learning.windows import MONTHS, containing
from vault_tools.model.learning import Window, WindowKind

EARLIEST, LATEST = 1900, 2200
"""The years that a vault may name; a year outside is a typing mistake."""
_WINDOW_NAMES: Mapping[WindowKind, re.Pattern[str]] = {
    "week": re.compile(r"(?<!\d)(\d{4})(?:-?W| ?年 ?第? ?(?=\d{1,2} ?[周週]))(\d{1,2})(?!\d)", re.IGNORECASE),
    "month": re.compile(r"(?<!\d)(\d{4})(?:-| ?年 ?(?=\d{1,2} ?月))(\d{1,2})(?!\d)"),
    "quarter": re.compile(
        r"(?<!\d)(\d{4})(?:-?Q| ?年 ?Q| ?年 ?第? ?(?=[1-4一二三四] ?季))([1-4一二三四])(?!\d)", re.IGNORECASE
    ),
    "year": re.compile(r"(?<!\d)(\d{4})(?!\d)"),
}
_DAY = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2})-(\d{2})|年(\d{1,2})月(\d{1,2})日)(?!\d)")
_FIRST_DAY = re.compile(r"(\d{4})(?:([-._])?(\d{2})\2?(\d{2})|年(\d{1,2})月(\d{1,2})日)(?!\d)")


def named_window(kind: WindowKind, text: str) -> Window | None:
    """Return the window of a kind that a text names (`2024-W19`, `2024-05`, `2024年第2季度`); None if it names none.

    A text that names only a day (`2024-05-06`, `2024年5月6日`) means the window that holds it.
    """
    match = _WINDOW_NAMES[kind].search(text) or _DAY.search(text)
    if match is None or not EARLIEST <= int(match[1]) <= LATEST:
        return None
    try:
        return containing(kind, _day_within(kind, match))
    except ValueError:
        return None


def _day_within(kind: WindowKind, match: re.Match[str]) -> date:
    """Return a day of the window that a match names; ValueError where the calendar has no such window."""
    if match.re is _DAY:
        return date(*(int(part) for part in match.groups() if part))
    year = int(match[1])
    if kind == "year":
        return date(year, 1, 1)
    number = "一二三四".find(match[2]) + 1 or int(match[2])
    if kind == "week":
        return date.fromisocalendar(year, number, 4)
    return date(year, (number - 1) * MONTHS[kind] + 1, 1)


def named_day(name: str) -> date | None:
    """Return the day with which a name begins: `2024-05-31 …`, `20240531`, `2024年5月31日`; None where it is none."""
    match = _FIRST_DAY.match(name)
    if match is None:
        return None
    year, _, month, day, chinese_month, chinese_day = match.groups()
    try:
        return plausible(date(int(year), int(month or chinese_month), int(day or chinese_day)))
    except ValueError:
        return None


def plausible(day: date | None) -> date | None:
    """Return a day if it is in the years that a vault may name."""
    return day if day is not None and EARLIEST <= day.year <= LATEST else None
