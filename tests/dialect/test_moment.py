"""Dates in the patterns of Moment.js: written as Obsidian does, read back, known in names, and in templates."""

import json
import lzma
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.obsidian_cases import CASES

from vault_tools import shipped
from vault_tools.dialect.moment import Locale, name_pattern, read, written
from vault_tools.dialect.template import render
from vault_tools.store import locales

laws = partial(settings, deadline=None, derandomize=True)
HERE = Path(__file__).parents[1] / "obsidian"

TABLES: dict[str, Any] = json.loads(shipped.asset("locales.json"))
LANGUAGES = [name for name in TABLES if name != "notice"]
ENGLISH = locales.locale("en")[0]
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


@cache
def vectors() -> dict[str, list[dict[str, str]]]:
    """What Moment.js itself writes, by language."""
    found: dict[str, list[dict[str, str]]] = {}
    with lzma.open(HERE / "moment-vectors.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["locale"], []).append(row)
    return found


def language(name: str) -> Locale:
    """Give a language that must be known."""
    found, known = locales.locale(name)
    assert known
    return found


def midnight(day: date) -> datetime:
    """Give the beginning of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


languages = st.sampled_from(LANGUAGES).map(language)
days = st.dates(date(1, 1, 1), date(9998, 12, 31))
times = st.datetimes(max_value=datetime(9998, 12, 31))  # noqa: DTZ001
zoned = st.datetimes(max_value=datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
patterns = st.lists(st.sampled_from(TOKENS) | st.sampled_from(BETWEEN) | st.text(max_size=2), max_size=8).map("".join)


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize("name", sorted(vectors()))
def test_what_moment_writes_is_written(name: str) -> None:
    """Every vector of a language, to the letter."""
    rows = [
        (written(datetime.fromisoformat(row["date"]), row["format"], language(name)), row) for row in vectors()[name]
    ]
    assert len(rows) == 574
    assert [(got, row["out"], row["format"], row["date"]) for got, row in rows if got != row["out"]][:5] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_a_word_for_every_token(name: str) -> None:
    """In each month and at each hour; nothing is left of the token itself, and nothing raises."""
    hours = [datetime(2024, 1, 31, tzinfo=UTC) + timedelta(days=28 * at, hours=at, minutes=7 * at) for at in range(24)]
    for token in TOKENS:
        assert all(written(hour, token, language(name)) not in {"", token} for hour in hours), token


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
    assert written(datetime(2024, 12, 30, 13, 5, 9, 123999, UTC), pattern, ENGLISH) == text


def test_a_time_with_a_zone_is_written_in_it() -> None:
    """Moment names no zone but UTC."""
    zone = timezone(-timedelta(hours=3, minutes=30))
    assert written(datetime(1969, 12, 31, 20, 30, tzinfo=zone), "H:mm Z ZZ[]z X", ENGLISH) == "20:30 -03:30 -0330 0"


def test_a_time_without_a_zone_counts_as_utc() -> None:
    """So that the same time gives the same text on every computer."""
    assert written(datetime(1970, 1, 2), "X x Z", ENGLISH) == "86400 86400000 +00:00"  # noqa: DTZ001


@laws(max_examples=400)
@given(times | zoned, st.text() | patterns, languages)
@example(datetime(1, 1, 1), "gggg GGGG X x y N", ENGLISH)  # noqa: DTZ001
@example(NEVER, "gggg GGGG X x y N", ENGLISH)
def test_any_text_is_a_pattern(when: datetime, pattern: str, locale: Locale) -> None:
    """Nothing that stands in a user's settings raises."""
    written(when, pattern, locale)
    re.compile(name_pattern(pattern, locale))
    read("2024-12-30", pattern, locale)


# ---------------------------------------------------------------- recognising and reading names


@laws(max_examples=600)
@given(times | zoned, patterns, languages)
def test_a_name_that_a_pattern_makes_is_recognised(when: datetime, pattern: str, locale: Locale) -> None:
    """In every language, composed or not."""
    name = written(when, pattern, locale)
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
def test_another_name_is_not_recognised(pattern: str, name: str) -> None:
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
    """Whatever the order of its parts, and in every language."""
    name = written(midnight(day), pattern, locale)
    assert read(name, pattern, locale) == day
    assert read(normalize("NFC", name), pattern, locale) == day


@laws(max_examples=200)
@given(days, languages)
@example(date(1, 1, 1), ENGLISH)
def test_the_name_of_a_period_is_read_as_its_first_day(day: date, locale: Locale) -> None:
    """Weeks as the language counts them, or from Monday; months, quarters and years."""
    monday = max(date.min, date.fromordinal(max(1, day.toordinal() - day.weekday())))
    week = date.fromordinal(max(1, day.toordinal() - int(written(midnight(day), "e", locale))))
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
        assert read(written(midnight(day), pattern, locale), pattern, locale) == first


@laws(max_examples=600)
@given(st.data(), patterns | st.sampled_from(DAILY), languages, times)
def test_what_is_read_is_what_would_be_written(
    data: st.DataObject, pattern: str, locale: Locale, when: datetime
) -> None:
    """A name that is not quite that of a day is none: law of any text, and of names with a sign changed."""
    name = written(when, pattern, locale)
    at = data.draw(st.integers(0, len(name)))
    name = (
        name[:at]
        + data.draw(st.sampled_from("0129 -") | st.text(max_size=2))
        + name[at + data.draw(st.integers(0, 2)) :]
    )
    day = read(name, pattern, locale)
    if day is not None:
        again = written(midnight(day), pattern, locale)
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
def test_no_day_is_read_where_none_is_told(pattern: str, name: str) -> None:
    """A date that there is not, or a pattern that settles no day and no period."""
    assert read(name, pattern, ENGLISH) is None


def test_a_year_of_an_era_is_read_with_its_name() -> None:
    """The Japanese calendar counts from each emperor's first year."""
    japanese = language("ja")
    assert written(datetime(2024, 5, 6, tzinfo=UTC), "NNNNy年M月D日", japanese) == "令和6年5月6日"
    assert read("令和6年5月6日", "NNNNy年M月D日", japanese) == date(2024, 5, 6)
    assert read("昭和64年1月7日", "NNNNy年M月D日", japanese) == date(1989, 1, 7)
    assert read("昭和64年1月8日", "NNNNy年M月D日", japanese) is None
    assert read("令和元年5月6日", "NNNNyoM月D日", japanese) == date(2019, 5, 6)
    assert read("6年5月6日", "y年M月D日", japanese) is None


def test_years_of_two_digits_are_those_around_2000() -> None:
    """The border is Moment's."""
    assert read("68-01-02", "YY-MM-DD", ENGLISH) == date(2068, 1, 2)
    assert read("69-01-02", "YY-MM-DD", ENGLISH) == date(1969, 1, 2)


def test_a_week_is_read_beside_the_year_of_the_calendar() -> None:
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
        lambda size: written(NEVER, "LLLL[" * size + "\\" * size, ENGLISH),
        lambda size: written(NEVER, "D[ ] MMMM" * size, language("ru")),
        lambda size: written(NEVER, "D" * size + " " * size, language("lt")),
        lambda size: re.fullmatch(name_pattern("MMMM" * size + "X", ENGLISH), "May" * size),
        lambda size: re.fullmatch(name_pattern("[1]".join(VAGUE[: size // 400]) + "-", ENGLISH), "1" * size),
        lambda size: read("1" * size, "D" * size + "YYYY", ENGLISH),
        lambda size: render("{{date:" * size, title="", now=NEVER, locale=ENGLISH),
        lambda size: render("<%" * size + "%>" + "<%" * size, title="", now=NEVER, locale=ENGLISH),
        lambda size: render("<%%>{{" * size + " " * size, title="", now=NEVER, locale=ENGLISH),
    ],
)
def test_time_grows_with_the_length_alone(call: Callable[[int], object]) -> None:
    """Four times the pattern, the name or the template takes no more than ten times as long."""
    base = max(_seconds(partial(call, 2_000)), 0.005)
    assert min(_seconds(partial(call, size)) for size in (8_000, 8_001, 8_002)) < 10 * base


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        *(("en", "en"), ("en-US", "en"), ("en-GB", "en-gb"), ("en_GB.UTF-8", "en-gb"), ("de-DE.UTF-8", "de")),
        *(("de-CH", "de-ch"), ("de_LU@euro", "de"), ("zh", "zh-cn"), ("zh-TW", "zh-tw"), ("zh_Hant_TW", "zh-tw")),
        *(("zh-Hans", "zh-cn"), ("pt", "pt"), ("pt_BR", "pt-br"), ("no", "nb"), ("nn-NO", "nn"), ("hy", "hy-am")),
        *(("kh", "km"), ("iw", "he"), ("sr-Latn-RS", "sr"), ("uz-Latn", "uz-latn"), (" FR ", "fr")),
    ],
)
def test_a_language_is_found_by_any_of_its_names(asked: str, name: str) -> None:
    """Obsidian's, the system's and Moment's; the nearest is taken."""
    found, known = locales.locale(asked)
    assert known
    when = datetime(2024, 12, 30, 13, 5, 9, tzinfo=UTC)
    assert written(when, "LLLL lll Do w a", found) == written(when, "LLLL lll Do w a", language(name))


@pytest.mark.parametrize("asked", ["", "C", "POSIX", "xx", "x", "x-pseudo", "notice", "e", "--", "_", "\ud800"])
def test_a_language_that_is_not_known_is_english_and_said_so(asked: str) -> None:
    """The caller can tell the user."""
    found, known = locales.locale(asked)
    assert not known
    assert found.months == ENGLISH.months


def test_the_languages_are_shipped_in_order_and_with_their_licence() -> None:
    """One line each, so that a change can be read."""
    text = shipped.asset("locales.json")
    assert next(iter(TABLES)) == "notice"
    assert "Permission is hereby granted" in TABLES["notice"]
    assert len(text.encode()) < 150_000
    assert sorted(LANGUAGES) == LANGUAGES
    assert text.count("\n") == len(TABLES) + 2
    assert all(list(table) == sorted(table) for name, table in TABLES.items() if name != "notice")
    assert set(vectors()) <= set(LANGUAGES)


# ---------------------------------------------------------------- templates

FILLED = [case for case in CASES if case["area"] == "template"]


@pytest.mark.parametrize("case", FILLED, ids=[case["id"] for case in FILLED])
def test_a_template_is_filled_in_as_obsidian_does(case: dict[str, Any]) -> None:
    """Where the app's own output is not known, unknown variables stay."""
    asked = case["expect"]["render"]
    now = datetime.fromisoformat(asked["now"])
    text = render(case["files"][case["source"]], title=asked["title"], now=now, locale=language(asked["locale"]))
    if asked["out"] is None:
        assert text.startswith("{{unknown}} ")
    else:
        assert text == asked["out"]


def filled(text: str, title: str = "T", **formats: str) -> str:
    """Fill in a template at one time."""
    return render(text, title=title, now=datetime(2024, 12, 30, 13, 5, 9, tzinfo=UTC), locale=ENGLISH, **formats)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{date:}} {{time:}} {{date: }}", "2024-12-30 13:05 2024-12-30"),
        ("{{ title }} {{Title}} {{DATE}} {{ date : YYYY }}", "T T 2024-12-30 2024"),
        ("{{dates}} {{title:x}} {{title :x}} {{date+1d:YYYY}} {{yesterday}}",) * 2,
        ("{date} {{date} {{date:YYYY\n}} {{\ndate}}",) * 2,
        ("{{date:{{date:YYYY}} {{{date:YYYY}}}", "{{date:2024 {2024}"),
        (
            "<% tp.date.now('{{date}}') %>{{time}}<%* {{title}}\n-%>",
            "<% tp.date.now('{{date}}') %>13:05<%* {{title}}\n-%>",
        ),
        ("{{date:<% x %>}} {{title}} <% x %>", "{{date:<% x %>}} T <% x %>"),
        ("<% {{title}}", "<% T"),
        ("<%> {{title}} <%>", "<%> {{title}} <%>"),
    ],
)
def test_only_the_variables_themselves_are_filled_in(template: str, text: str) -> None:
    """Blanks and case are forgiven; all else in braces, and every command of Templater, stays as it is."""
    assert filled(template) == text


def test_a_variable_in_a_title_is_not_filled_in() -> None:
    """The title is text, not a template."""
    assert filled("{{title}} \\1", title=r"{{date}} \g<title> <%") == r"{{date}} \g<title> <% \1"


def test_what_date_and_time_mean_is_a_setting() -> None:
    """An empty setting means what Obsidian means."""
    assert filled("{{date}} {{time}}", date_format="DD.MM.", time_format="HH") == "30.12. 13"
    assert filled("{{date}} {{time}}", date_format="", time_format="") == "2024-12-30 13:05"


@laws(max_examples=300)
@given(
    st.lists(st.sampled_from(["{{", "}}", "<%", "%>", "date", "title", ":", "YYYY", "{", "}", " ", "\n"]) | st.text())
)
def test_any_text_is_a_template(parts: list[str]) -> None:
    """What stands in no pair of braces is kept."""
    text = "".join(parts)
    assert filled(text) == text or "}}" in text
