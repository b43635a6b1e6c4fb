"""Whether a path is named by a day, week, month or year, as the vault's periodic notes are."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from posixpath import basename

from vault_tools.graph.names import file_key
from vault_tools.model.vocabulary import Period

_ISO_DAY = re.compile(r"(?P<YYYY>\d{4})-(?P<MM>\d{2})-(?P<DD>\d{2})")
_LEAP_YEAR, _CYCLE = 2000, 400  # the calendar repeats after this many years
_LARGEST = {"Q": 4, "M": 12, "w": 53, "W": 53, "D": 31, "DDD": 366}
_SAME = {"MM": "M", "DD": "D", "DDDD": "DDD", "ww": "w", "WW": "W", "YYYY": "Y", "YYYYYY": "Y"}


def is_day(path: str, periods: Iterable[Period]) -> bool:
    """Tell whether a path or linkpath is that of a daily note: by the vault's own format, or an ISO date."""
    return is_dated(path, (period for period in periods if period.kind == "daily"))


def is_dated(path: str, periods: Iterable[Period]) -> bool:
    """Tell whether a path or linkpath is named by a day, week, month … as the vault's settings have it."""
    bare = unicodedata.normalize("NFC", path.removesuffix(".md"))
    return _is_date(_ISO_DAY.fullmatch(basename(bare))) or any(_is_of(bare, period) for period in periods)


def _is_of(bare: str, period: Period) -> bool:
    return any(_is_date(re.fullmatch(period.pattern, name)) for name in _names(bare, period) if name)


def _names(bare: str, period: Period) -> set[str]:
    """Return what a path without suffix may be called in a period's folder: its last part, or all below the folder."""
    folder = unicodedata.normalize("NFC", period.folder)
    if folder and file_key(bare).startswith(file_key(folder) + "/"):
        return {basename(bare), bare[len(folder) + 1 :]}
    return {bare}


def _is_date(match: re.Match[str] | None) -> bool:
    """Tell whether a match of a date pattern is a real date; its groups are Moment's tokens."""
    if match is None:
        return False
    values = dict(_values(match))
    if any(not 1 <= values.get(token, 1) <= most for token, most in _LARGEST.items()):
        return False
    if "M" not in values or "D" not in values:
        return True
    year = values.get("Y", _LEAP_YEAR)
    return values["D"] <= monthrange(_LEAP_YEAR + year % _CYCLE, values["M"])[1]


def _values(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield each number of a date, by its token; of two tokens for the same, the last counts."""
    texts = {_SAME.get(token, token): text for token, text in match.groupdict().items()}
    for token, text in texts.items():
        if text and text.isdecimal():
            yield token, int(text)
