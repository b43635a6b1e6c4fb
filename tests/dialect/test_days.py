"""The day that a text says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools.dialect import days


@given(st.one_of(st.text(), st.from_regex(r"\d{4}-\d\d-\d\d[T ]?[0-9:.Z+-]{0,12}"), st.integers(), st.none()))
def test_any_text_is_a_day_or_none(value: Any) -> None:
    """And the day is the one that is written."""
    found = days.day(value)
    assert found is None or value.strip().startswith(found.isoformat())


@given(
    st.datetimes(),
    st.sampled_from(["T", " "]),
    st.sampled_from(
        [
            "",
            "Z",
            "+08:00",
            " +08:00",
            "-0330",
            "+08",
            "+9",
            "-9:30",
            "\u221205:00",
            " CET",
            "[Asia/Tokyo]",
            "Z[UTC]",
            "+9[Etc/GMT-9]",
            "+01:00[Europe/Paris][u-ca=gregory]",
        ]
    ),
)
def test_a_time_with_or_without_a_zone_is_on_the_day_that_is_written(when: Any, between: str, zone: str) -> None:
    """A log of late evening stays on its evening."""
    for precision in ("hours", "minutes", "seconds", "microseconds"):
        written = when.isoformat(sep=between, timespec=precision) + zone
        assert days.day(written) == when.date()
    assert days.day(when.date().isoformat()) == when.date()


@pytest.mark.parametrize(
    "written",
    [
        "", "today", "2024", "2024-05", "2024-W18", "2024-5-1", "20240501", "01.05.2024", "05/01/2024", "2024-02-30",
        "0000-01-01", "2024-05-01x", "2024-05-01T", "2024-05-01T25:00", "2024-05-01T10:60", "2024-05-01[UTC]",
        "2024-05-01T10:00+24", "2024-05-01T10:00+", "2024-05-01T10:00[]", "2024-05-01T10:00[Europe/Paris",
        "2024-05-01T10:00 today",
        "２０２４-05-01", "2024年5月1日", 20240501, date(2024, 5, 1), ["2024-05-01"],
    ],
)  # fmt: skip
def test_ambiguous_ways_to_write_a_day_are_not_guessed(written: object) -> None:
    """05/01 is May to some and January to others."""
    assert days.day(written) is None
