"""Dates in the patterns of Moment.js: written as Obsidian does, read back, known in names, and in templates."""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.moment import ENGLISH, LANGUAGES, language, vectors

from vault_tools.dialect.moment import Locale, format_moment, name_pattern, read
from vault_tools.dialect.template import render
from vault_tools.store.locales import locale

laws = partial(settings, deadline=None, derandomize=True)
NEVER = datetime.max.replace(tzinfo=UTC)

TOKENS = (
    *("M", "Mo", "MM", "MMM", "MMMM", "Q", "Qo", "D", "Do", "DD", "DDD", "DDDo", "DDDD"),
    *("d", "do", "dd", "ddd", "dddd", "e", "E", "w", "wo", "ww", "W", "Wo", "WW"),
    *("YY", "YYYY", "YYYYY", "YYYYYY", "Y", "y", "yy", "yyy", "yyyy", "yo", "N", "NN", "NNN", "NNNN", "NNNNN"),
    *("gg", "gggg", "ggggg", "GG", "GGGG", "GGGGG", "A", "a", "H", "HH", "h", "hh", "k", "kk", "m", "mm", "s", "ss"),
    *("S", "SS", "SSS", "SSSS", "SSSSSSSSS", "Hmm", "Hmmss", "hmm", "hmmss", "z", "zz", "Z", "ZZ", "X", "x"),
    *("LT", "LTS", "L", "LL", "LLL", "LLLL", "l", "ll", "lll", "llll"),
)
BETWEEN = (*(" ", "-", "/", ".", ", ", "", "[de]", "[1]", "[", "]", "\\", "\n", "年", "|", "o", "[в] ", "-MMM-"),)


def midnight(day: date) -> datetime:
    """Give the beginning of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


languages = st.sampled_from(LANGUAGES).map(language)
days = st.dates(date(1, 1, 1), date(9998, 12, 31))
times = st.datetimes(max_value=datetime(9998, 12, 31))  # noqa: DTZ001
zoned = st.datetimes(max_value=datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
patterns = st.lists(st.sampled_from(TOKENS) | st.sampled_from(BETWEEN) | st.text(max_size=2), max_size=8).map("".join)


@pytest.mark.parametrize("name", sorted(vectors()))
def test_every_date_is_written_as_moment_writes_it(name: str) -> None:
    """Every vector of a language, to the letter."""
    rows = [
        (format_moment(datetime.fromisoformat(row["date"]), row["format"], language(name)), row)
        for row in vectors()[name]
    ]
    assert len(rows) == 574
    assert [(got, row["out"], row["format"], row["date"]) for got, row in rows if got != row["out"]][:5] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_of_moment_has_a_word_for_every_token(name: str) -> None:
    """In each month and at each hour; nothing is left of the token itself, and nothing raises."""
    hours = [datetime(2024, 1, 31, tzinfo=UTC) + timedelta(days=28 * at, hours=at, minutes=7 * at) for at in range(24)]
    for token in TOKENS:
        assert all(format_moment(hour, token, language(name)) not in {"", token} for hour in hours), token


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[]|[[x]]|[a] b] c", "|[x]|a] b c"),
        (r"\YYYY \\Y \[Y]", "YYYY 2024 [2024]"),
        ("MMMMMM DDDDD ggg YYY", "December12 36530 25g 242024"),
        ("w| W|", "w| W|"),
        ("Y\nY\u2028Y", "202420242024"),
        (r"\LL [LL] LLLLL", "LL LL Monday, December 30, 2024 1:05 PM12/30/2024"),
        ("lT lll", "12/30/2024T Dec 30, 2024 1:05 PM"),
        ("SSSS YYYYYY Hmmss", "1230 +002024 130509"),
        ("", "2024-12-30T13:05:09+00:00"),
        ("z zz Z ZZ X x", "UTC Coordinated Universal Time +00:00 +0000 1735563909 1735563909123"),
    ],
)
def test_a_pattern_is_taken_apart_as_moment_does(pattern: str, text: str) -> None:
    """Odd ones included, seen in Moment 2.29.4."""
    assert format_moment(datetime(2024, 12, 30, 13, 5, 9, 123999, UTC), pattern, ENGLISH) == text


def test_a_time_with_a_zone_is_written_in_it() -> None:
    """Moment names no zone but UTC."""
    zone = timezone(-timedelta(hours=3, minutes=30))
    assert (
        format_moment(datetime(1969, 12, 31, 20, 30, tzinfo=zone), "H:mm Z ZZ[]z X", ENGLISH) == "20:30 -03:30 -0330 0"
    )


def test_a_time_without_a_zone_counts_as_utc() -> None:
    """So that the same time gives the same text on every computer."""
    assert format_moment(datetime(1970, 1, 2), "X x Z", ENGLISH) == "86400 86400000 +00:00"  # noqa: DTZ001


@laws(max_examples=400)
@given(times | zoned, st.text() | patterns, languages)
@example(datetime(1, 1, 1), "gggg GGGG X x y N", ENGLISH)  # noqa: DTZ001
@example(NEVER, "gggg GGGG X x y N", ENGLISH)
def test_any_text_is_a_date_pattern(when: datetime, pattern: str, locale: Locale) -> None:
    """Nothing that stands in a user's settings raises."""
    format_moment(when, pattern, locale)
    re.compile(name_pattern(pattern, locale))
    read("2024-12-30", pattern, locale)


@laws(max_examples=600)
@given(times | zoned, patterns, languages)
def test_a_name_that_a_date_pattern_makes_is_recognised(when: datetime, pattern: str, locale: Locale) -> None:
    """In every language, composed or not."""
    name = format_moment(when, pattern, locale)
    assert re.fullmatch(name_pattern(pattern, locale), name)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("YYYY-MM-DD", "2024-12-3"),
        ("YYYY-MM-DD", "2024-12-30 Trip"),
        ("YYYY/MM/YYYY-MM-DD", "2023/12/2024-12-30"),
        ("YYYY MMMM", "2024 Decembre"),
        ("gggg-[W]ww", "2025-V01"),
        ("YYYY.MM", "2024-12"),
        ("YYYY", "٢٠٢٤"),
    ],
)
def test_a_name_that_a_date_pattern_does_not_make_is_not_recognised(pattern: str, name: str) -> None:
    """Too short, too long, at odds with itself, or in another language."""
    assert not re.fullmatch(name_pattern(pattern, ENGLISH), name)


DAILY = (
    *(
        "YYYY-MM-DD",
        "YYYY/MM-MMMM/YYYY-MM-DD-dddd",
        "DD.MM.YYYY",
        "YYYYMMDD",
        "dddd, MMMM Do YYYY",
        "YYYY DDDD",
        "Y-DDD",
    ),
    *("gggg-[W]ww-E", "GGGG-[W]WW-E", "GGGG/WW/dddd", "gggg w e", "YYYY-MM-DD [W]ww", "D MMM YYYYYY", "gggg-MM-DD"),
    *("NNNN y-M-D", "YYYY/[Q]Q/MM/DD", "L", "LL", "LLLL", "ll", "YYYY-MM-DD HH:mm", ""),
)


@laws(max_examples=600)
@given(days, st.sampled_from(DAILY), languages)
def test_the_name_of_a_day_is_read_back(day: date, pattern: str, locale: Locale) -> None:
    """Whatever the order of its parts, and in every language.

    The year of a week beside a month (`gggg-MM-DD`) names two days around New Year; then it may be either.
    """
    name = format_moment(midnight(day), pattern, locale)
    for spelling in (name, normalize("NFC", name)):
        other = read(spelling, pattern, locale)
        is_same_name = other is not None and format_moment(midnight(other), pattern, locale) == name
        assert other == day or (pattern == "gggg-MM-DD" and is_same_name)


@laws(max_examples=200)
@given(days, languages)
@example(date(1, 1, 1), ENGLISH)
def test_the_name_of_a_period_is_read_as_its_first_day(day: date, locale: Locale) -> None:
    """Weeks as the language counts them, or from Monday; months, quarters and years."""
    monday = max(date.min, date.fromordinal(max(1, day.toordinal() - day.weekday())))
    week = date.fromordinal(max(1, day.toordinal() - int(format_moment(midnight(day), "e", locale))))
    quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    for pattern, first in (
        ("GGGG-[W]WW", monday),
        ("gggg-[W]ww", week),
        ("YYYY-MM", day.replace(day=1)),
        ("MMMM YYYY", day.replace(day=1)),
        ("YYYY-[Q]Q", quarter),
        ("YYYY", day.replace(month=1, day=1)),
        ("YYYY/MM/[W]ww", max(week, day.replace(day=1))),
    ):
        assert read(format_moment(midnight(day), pattern, locale), pattern, locale) == first


@laws(max_examples=600)
@given(st.data(), patterns | st.sampled_from(DAILY), languages, times)
def test_a_date_that_is_read_from_a_name_writes_the_same_name(
    data: st.DataObject, pattern: str, locale: Locale, when: datetime
) -> None:
    """A name that is not quite that of a day is none: law of any text, and of names with a sign changed."""
    name = format_moment(when, pattern, locale)
    at = data.draw(st.integers(0, len(name)))
    name = (
        name[:at]
        + data.draw(st.sampled_from("0129 -") | st.text(max_size=2))
        + name[at + data.draw(st.integers(0, 2)) :]
    )
    day = read(name, pattern, locale)
    if day is not None:
        again = format_moment(midnight(day), pattern, locale)
        assert name in {again, normalize("NFC", again)}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("YYYY-MM-DD", "2024-02-30"),
        ("YYYY-MM-DD", "2024-13-01"),
        ("YYYY-MM-DD", "0000-01-01"),
        ("YYYY-MM-DD dddd", "2024-12-30 Sunday"),
        ("gggg-[W]ww", "2024-W54"),
        ("YYYY-[Q]Q", "2024-Q5"),
        ("YYYY DDDD", "2023 366"),
        ("MM-DD", "12-30"),
        ("YYYY dddd", "2024 Monday"),
        ("YYYY-DD", "2024-30"),
        ("dddd", "Monday"),
        ("HH:mm", "13:05"),
        ("[Inbox]", "Inbox"),
    ],
)
def test_no_day_is_read_from_a_name_without_a_day(pattern: str, name: str) -> None:
    """A date that there is not, or a pattern that settles no day and no period."""
    assert read(name, pattern, ENGLISH) is None


def test_a_year_of_an_era_is_read_with_its_name() -> None:
    """The Japanese calendar counts from each emperor's first year."""
    japanese = language("ja")
    assert format_moment(datetime(2024, 5, 6, tzinfo=UTC), "NNNNy年M月D日", japanese) == "令和6年5月6日"
    assert read("令和6年5月6日", "NNNNy年M月D日", japanese) == date(2024, 5, 6)
    assert read("昭和64年1月7日", "NNNNy年M月D日", japanese) == date(1989, 1, 7)
    assert read("昭和64年1月8日", "NNNNy年M月D日", japanese) is None
    assert read("令和元年5月6日", "NNNNyoM月D日", japanese) == date(2019, 5, 6)
    assert read("6年5月6日", "y年M月D日", japanese) is None


def test_years_of_two_digits_are_near_the_year_2000() -> None:
    """The border is Moment's."""
    assert read("68-01-02", "YY-MM-DD", ENGLISH) == date(2068, 1, 2)
    assert read("69-01-02", "YY-MM-DD", ENGLISH) == date(1969, 1, 2)


def test_a_week_is_read_together_with_a_year_of_the_calendar() -> None:
    """The days around New Year belong to a week of another year."""
    assert read("2021-W53", "YYYY-[W]WW", ENGLISH) == date(2021, 1, 1)
    assert read("2024-W01", "YYYY-[W]WW", ENGLISH) == date(2024, 1, 1)
    assert read("2025-W01-1", "YYYY-[W]WW-E", ENGLISH) == date(2025, 12, 29)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


VAGUE = (*"DMwWHhkms", "DDD", "y", "Hmm", "hmm", "Hmmss", "hmmss", "X", "x", "Do", "wo", "YYYY")
"""Numbers of no certain length; a digit between them may belong to any."""


@pytest.mark.parametrize(
    "call",
    [
        lambda size: format_moment(NEVER, "LLLL[" * size + "\\" * size, ENGLISH),
        lambda size: format_moment(NEVER, "D[ ] MMMM" * size, language("ru")),
        lambda size: format_moment(NEVER, "D" * size + " " * size, language("lt")),
        lambda size: re.fullmatch(name_pattern("MMMM" * size + "X", ENGLISH), "May" * size),
        lambda size: re.fullmatch(name_pattern("[1]".join(VAGUE[: size // 400]) + "-", ENGLISH), "1" * size),
        lambda size: read("1" * size, "D" * size + "YYYY", ENGLISH),
        lambda size: render("{{date:" * size, title="", now=NEVER, locale=ENGLISH),
        lambda size: render("<%" * size + "%>" + "<%" * size, title="", now=NEVER, locale=ENGLISH),
        lambda size: render("<%%>{{" * size + " " * size, title="", now=NEVER, locale=ENGLISH),
    ],
)
def test_time_for_a_date_pattern_grows_with_its_length(call: Callable[[int], object]) -> None:
    """Four times the pattern, the name or the template takes no more than ten times as long."""
    base = max(_seconds(partial(call, 2_000)), 0.005)
    assert min(_seconds(partial(call, size)) for size in (8_000, 8_001, 8_002)) < 10 * base


def test_a_date_format_of_many_month_names_is_matched_in_linear_time() -> None:
    """However often a month is named, there is one way to read it."""
    import re

    began = time.perf_counter()
    assert not re.fullmatch(name_pattern("MMMM" * 12 + "X", locale("en")[0]), "a" * 40)
    assert time.perf_counter() - began < 1
