"""How long something took, as people write it in a property: `90`, `1.5h`, `2 days`, `1小时30分`, `PT45M`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from vault_tools.model.text import Say, say

HOUR = 60.0
DAY = 24 * HOUR
WEEK = 7 * DAY
ACCEPTED = (
    "minutes as a number (90), or a number with its unit: 45 min, 1.5h, 1h30, 2 days, 1 week, 30分钟, 半天, PT1H30M"
)
"""The forms that `minutes` reads, in words for the reader."""

_LONGEST = 100
"""A longer text is prose, not a length of time."""
_MOST = 1e12
"""No property means more minutes than this (two million years)."""


@dataclass(frozen=True, slots=True)
class DurationWords:
    """The words of a language for lengths of time, in lower case.

    `joints` join two parts (1 hour *and* 5 minutes). `measures` come between a number and its unit (两*个*小时).
    `halves` mean half a unit before a unit (半天), and half a unit more after a number or unit (一个半小时, 两天半).
    """

    seconds: tuple[str, ...]
    minutes: tuple[str, ...]
    hours: tuple[str, ...]
    days: tuple[str, ...]
    weeks: tuple[str, ...]
    numbers: tuple[tuple[str, float], ...]
    quarters: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()

    @property
    def units(self) -> dict[str, float]:
        """Each word for a unit, and its minutes."""
        rows = (
            (self.seconds, 1 / 60), (self.minutes, 1.0), (self.quarters, 15.0),
            (self.hours, HOUR), (self.days, DAY), (self.weeks, WEEK),
        )  # fmt: skip
        return {word: length for words, length in rows for word in words}


def _chinese_numbers() -> tuple[tuple[str, float], ...]:
    ones = ("", *"一二三四五六七八九")
    tens = ("", "十", *(f"{digit}十" for digit in ones[2:]))
    below_hundred = (
        (ten + one, 10.0 * tenfold + single) for tenfold, ten in enumerate(tens) for single, one in enumerate(ones)
    )
    return (("两", 2.0), ("兩", 2.0), *((word, number) for word, number in below_hundred if word))


LANGUAGES = (
    DurationWords(
        seconds=("s", "sec", "secs", "second", "seconds"),
        minutes=("m", "min", "mins", "minute", "minutes"),
        hours=("h", "hr", "hrs", "hour", "hours"),
        days=("d", "day", "days"),
        weeks=("w", "wk", "wks", "week", "weeks"),
        numbers=(
            ("half", 0.5), ("half a", 0.5), ("half an", 0.5), ("a", 1.0), ("an", 1.0), ("one", 1.0), ("two", 2.0),
            ("three", 3.0), ("four", 4.0), ("five", 5.0), ("six", 6.0), ("seven", 7.0), ("eight", 8.0), ("nine", 9.0),
            ("ten", 10.0),
        ),
        joints=("and", "&", ","),
    ),
    DurationWords(
        seconds=("秒", "秒钟", "秒鐘"),
        minutes=("分", "分钟", "分鐘"),
        quarters=("刻", "刻钟", "刻鐘"),
        hours=("小时", "小時", "钟头", "鐘頭"),
        days=("天",),
        weeks=("周", "週", "星期", "礼拜", "禮拜"),
        numbers=_chinese_numbers(),
        joints=("零", "又", "、"),
        measures=("个", "個"),
        halves=("半",),
    ),
)  # fmt: skip
"""The languages that are read, all of them in any text; another language is another row."""

_UNITS = {word: length for language in LANGUAGES for word, length in language.units.items()}
_NUMBERS = {word: number for language in LANGUAGES for word, number in language.numbers}


def _any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for one of these, the longest first; a word of letters ends where the letters end."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_whole_word, ordered))})"


def _whole_word(word: str) -> str:
    ends_in_letter = word[-1].isascii() and word[-1].isalpha()
    return re.escape(word) + ("(?![a-z])" if ends_in_letter else "")


def _any_language(name: str) -> str:
    return _any_of(tuple(word for language in LANGUAGES for word in getattr(language, name)))


_DIGITS = r"\d+(?:\.\d+|,\d{1,2})?|\.\d+"
_PART = re.compile(
    rf"(?:(?P<number>{_DIGITS}|{_any_of(tuple(_NUMBERS))})\s*{_any_language('measures')}?\s*(?P<more>{_any_language('halves')})?"
    rf"|(?P<half>{_any_language('halves')})\s*{_any_language('measures')}?)"
    rf"\s*(?P<unit>{_any_of(tuple(_UNITS))})(?P<after>{_any_language('halves')})?"
)
_JOINT = re.compile(rf"\s*(?:{_any_language('joints')}\s*)?")
_BARE = re.compile(rf"(?:{_DIGITS})")
_REST = re.compile(r"(?P<minutes>[0-5]?\d)\Z")
_ISO = re.compile(
    r"p(?=[\dt])(?:(?P<weeks>N)w)?(?:(?P<days>N)d)?(?:t(?=\d)(?:(?P<hours>N)h)?(?:(?P<minutes>N)m)?(?:(?P<seconds>N)s)?)?"
    .replace("N", r"\d+(?:[.,]\d+)?")
)  # fmt: skip
_ISO_UNITS = {"weeks": WEEK, "days": DAY, "hours": HOUR, "minutes": 1.0, "seconds": 1 / 60}


def minutes(value: object) -> float | None:
    """Return the minutes that a property's value means; None if it is not a length of time.

    A bare number means minutes. A day is 24 hours, and a week is seven days.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _possible(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = normalize("NFKC", value).strip().lower()
    if _BARE.fullmatch(text):
        return _possible(_number(text))
    iso = _ISO.fullmatch(text)
    return _possible(_iso(iso) if iso else _parts(text))


def _possible(length: float | None) -> float | None:
    return float(length) if length is not None and 0 <= length <= _MOST else None


def _number(text: str) -> float:
    return _NUMBERS[text] if text in _NUMBERS else float(text.replace(",", "."))


def _iso(amounts: re.Match[str]) -> float:
    return sum(_number(amount) * _ISO_UNITS[unit] for unit, amount in amounts.groupdict().items() if amount)


def _parts(text: str) -> float | None:
    """Return the sum of the parts of a text, each of a smaller unit than the one before."""
    parts = list(_beginning_parts(text))
    units = [_UNITS[part["unit"]] for part in parts]
    if not parts or any(unit <= following for unit, following in pairwise(units)):
        return None
    length = sum(unit * _amount(part) for unit, part in zip(units, parts, strict=True))
    if parts[-1].end() == len(text):
        return length
    rest = _REST.match(text, _behind(parts[-1])) if units[-1] == HOUR else None
    return length + int(rest["minutes"]) if rest else None


def _beginning_parts(text: str) -> Iterator[re.Match[str]]:
    """Yield the parts with which a text begins."""
    part = _PART.match(text)
    while part:
        yield part
        part = _PART.match(text, _behind(part)) if part.end() < len(text) else None


def _behind(part: re.Match[str]) -> int:
    """Return where the text behind a part and its joint begins."""
    joint = _JOINT.match(part.string, part.end())
    return joint.end() if joint else part.end()


def _amount(part: re.Match[str]) -> float:
    whole = _number(part["number"]) if part["number"] else 0.5
    return whole + (0.5 if part["more"] else 0) + (0.5 if part["after"] else 0)


_SHOWN = (
    (1.0, 60, "duration.minutes"),
    (HOUR, 24, "duration.hours"),
    (DAY, 100, "duration.days"),
    (WEEK, _MOST, "duration.weeks"),
)
"""Each unit that is shown: its minutes, the largest number it is used for, and its sentence."""


def format_duration(length: float) -> Say:
    """Return a number of minutes in words, in the unit that makes the number short: `45 min`, `2.5 days`.

    Below ten of a unit, one decimal is kept; above, none.
    """
    unit, _, sentence = next(row for row in _SHOWN if _rounded(length / row[0]) < row[1] or row[0] == WEEK)
    shown = _rounded(length / unit)
    return say(sentence, n=int(shown) if shown == int(shown) else f"{shown:.1f}")


def _rounded(amount: float) -> float:
    to_tenths = round(amount, 1)
    return to_tenths if to_tenths < 10 else float(round(amount))  # noqa: PLR2004 - ten has two digits
