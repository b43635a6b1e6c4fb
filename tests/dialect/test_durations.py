"""What people write for how long something took, and for the day it happened."""

import math
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools import words as catalogue
from vault_tools.dialect import durations
from vault_tools.dialect.durations import DAY, HOUR, LANGUAGES, WEEK, format_duration, minutes
from vault_tools.model.speech import format_words
from vault_tools.words import Words

CHINESE = catalogue.words("zh")
LIKELY = st.text("0123456789.,:+-ptwdhms 半天小时分一二十两个零又andxyz　９", max_size=30)


def in_words(length: float, words: Words | None = None) -> str:
    """What the reader sees of a length."""
    return format_words(format_duration(length), words or catalogue.words(), lambda ref: ref.id)


@given(st.one_of(st.text(), LIKELY, st.floats(), st.integers(), st.booleans(), st.none(), st.lists(st.text())))
def test_any_text_is_a_finite_length_or_none(value: Any) -> None:
    """Never an error, never a negative length, never more than can be counted."""
    length = minutes(value)
    assert length is None or (type(length) is float and math.isfinite(length) and length >= 0)


@given(st.floats(0, 1e9))
def test_a_written_length_reads_back_within_its_rounding(length: float) -> None:
    """In English and in Chinese alike."""
    for words in (None, CHINESE):
        again = minutes(in_words(length, words))
        assert again is not None
        assert again == pytest.approx(length, rel=0.051, abs=0.051)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_longer_time_never_reads_as_a_shorter_one(one: float, other: float) -> None:
    """The change of unit makes no step back."""
    shorter, longer = (minutes(in_words(length)) for length in sorted((one, other)))
    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


WRITTEN_UNITS = st.sampled_from([(word, length) for language in LANGUAGES for word, length in language.units.items()])


@given(st.integers(0, 999), st.integers(0, 999), WRITTEN_UNITS)
def test_more_of_a_unit_is_a_longer_length(few: int, many: int, unit: tuple[str, float]) -> None:
    """Each word that the table holds counts its own unit."""
    word, length = unit
    lengths = [minutes(f"{n}{word}") for n in sorted((few, many))]
    assert lengths == pytest.approx([n * length for n in sorted((few, many))])


@given(st.lists(st.tuples(st.integers(0, 99), WRITTEN_UNITS), min_size=1, max_size=4), st.sampled_from(["", " ", "　"]))
def test_parts_of_a_length_in_falling_units_add_up_and_others_are_not_guessed(
    parts: list[tuple[int, tuple[str, float]]], blank: str
) -> None:
    """Days before hours before minutes, in any mixture of languages."""
    text = blank.join(f"{number}{blank}{word}" for number, (word, _) in parts)
    falls = all(larger[1][1] > smaller[1][1] for larger, smaller in pairwise(parts))
    expected = sum(number * length for number, (_, length) in parts)
    assert minutes(text) == (pytest.approx(expected) if falls else None)


@given(LIKELY)
def test_blanks_and_capitals_change_no_length(text: str) -> None:
    """People write `2 Days` and `1H30`."""
    assert minutes(f" {text.upper()}\t") == minutes(text)


@given(st.integers(0, 3), st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
def test_iso_lengths_are_read_as_the_standard_has_them(weeks: int, days: int, hours: int, rest: int) -> None:
    """Held against `timedelta`."""
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=rest)
    assert minutes(f"P{weeks}W{days}DT{hours}H{rest}M") == length.total_seconds() / 60


@given(st.integers(1, 99))
def test_chinese_numerals_in_a_length_count_up_to_99(number: int) -> None:
    """Written out here by another rule than the table."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    written = (digits[tens].replace("一", "") + "十" if tens else "") + digits[ones].strip()
    assert minutes(f"{written}分钟") == number


@pytest.mark.parametrize("piece", ["9", "1h ", "一", "半", "1,", "a ", "p1d", "two and ", "  "])
def test_a_long_text_is_no_length_and_takes_no_long_time(piece: str) -> None:
    """However much of it looks like a length."""
    assert minutes(piece * 1_000_000) is None


@pytest.mark.parametrize(
    ("written", "length"),
    [
        (90, 90), (22.5, 22.5), (0, 0), ("90", 90), ("90 min", 90), ("９０", 90), ("1.5", 1.5),
        ("1.5h", 1.5 * HOUR), ("1,5 h", 1.5 * HOUR), (".5 h", 0.5 * HOUR), ("1h30", 90), ("1h 30m", 90),
        ("1 hr 30", 90),
        ("2 days", 2 * DAY), ("1 Day 4 h", DAY + 4 * HOUR), ("1 day, 4 hours", DAY + 4 * HOUR), ("1 week", WEEK),
        ("an hour", HOUR), ("half a day", DAY / 2), ("two hours and five minutes", 125), ("30s", 0.5),
        ("2天", 2 * DAY), ("30分钟", 30), ("1小时30分", 90), ("1小时30", 90), ("1小时零5分", 65), ("半天", DAY / 2),
        ("半个小时", HOUR / 2), ("两小时", 2 * HOUR), ("三天", 3 * DAY), ("一个半小时", 90), ("两天半", 2.5 * DAY),
        ("二十五分钟", 25), ("一刻钟", 15), ("1周", WEEK), ("两个星期", 2 * WEEK), ("１．５　小時", 90),
        ("1小时，5分", 65),
        ("PT1H30M", 90), ("P2D", 2 * DAY), ("P1W", WEEK), ("PT1,5H", 90), ("pt45m", 45),
    ],
)  # fmt: skip
def test_people_write_a_length_in_many_ways(written: object, length: float) -> None:
    """English, Chinese, ISO 8601, plain numbers."""
    assert minutes(written) == length


@pytest.mark.parametrize(
    "written",
    [
        True, False, None, -5, -0.5, math.nan, math.inf, 10**400, [90], "", " ", "-5", "nan", "inf", "1e5", "true",
        "soon", "1h90", "2天3", "4 h 1 day", "1h 2h", "1h and", "and 1h", "1,000 min", "1:30", "14时30分", "1 month",
        "P1Y", "P1M", "P", "PT", "P1DT", "h", "小时", "2 daysish", "2024-05-01", "9" * 50, "1h [[Docker]]",
    ],
)  # fmt: skip
def test_an_ambiguous_length_is_not_guessed(written: object) -> None:
    """A wrong figure is worse than a diagnostic."""
    assert minutes(written) is None


@pytest.mark.parametrize(
    ("length", "english", "chinese"),
    [
        (0, "0 min", "0 分钟"), (0.4, "0.4 min", "0.4 分钟"), (45, "45 min", "45 分钟"), (59.7, "1 h", "1 小时"),
        (90, "1.5 h", "1.5 小时"), (6 * HOUR, "6 h", "6 小时"), (23.98 * HOUR, "1 day", "1 天"), (DAY, "1 day", "1 天"),
        (2.5 * DAY, "2.5 days", "2.5 天"), (20.2 * DAY, "20 days", "20 天"), (99.7 * DAY, "14 weeks", "14 周"),
    ],
)  # fmt: skip
def test_a_length_is_shown_with_a_short_number_in_the_readers_language(
    length: float, english: str, chinese: str
) -> None:
    """Rounded into the next unit where it would read "60 min"."""
    assert in_words(length) == english
    assert in_words(length, CHINESE) == chinese


def test_every_form_of_a_length_that_a_message_names_is_read() -> None:
    """What the remedy says works when it is followed."""
    named = durations.ACCEPTED.partition(": ")[2].split(", ")
    assert len(named) > 5
    assert None not in map(minutes, named)
