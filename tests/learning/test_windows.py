"""Periods of time: days, weeks, months and longer ones, their names, and those before them."""

# ruff: noqa: D103  (a test is named for what it holds)
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.learning_facts import far_days, kinds

from vault_tools.learning.calendar_names import named_window
from vault_tools.learning.windows import before, containing, recent

laws = partial(settings, deadline=None, derandomize=True)


@laws()
@given(kinds, far_days)
@example("week", date(2020, 12, 31))
@example("week", date(2021, 1, 3))
@example("week", date(2024, 12, 30))
def test_a_period_holds_its_day_and_periods_before_it_leave_no_gap(kind: str, day: date) -> None:
    window = containing(kind, day)  # type: ignore[arg-type]
    assert window.start <= day <= window.end
    assert before(window).end + timedelta(days=1) == window.start
    assert before(window).kind == kind
    assert containing(window.kind, window.start) == containing(window.kind, window.end) == window


@laws()
@given(kinds, far_days, st.integers(1, 30))
def test_the_recent_periods_leave_no_gap_and_end_with_that_of_the_day(kind: str, day: date, many: int) -> None:
    found = recent(kind, day, many)  # type: ignore[arg-type]
    assert len(found) == many
    assert found[-1] == containing(kind, day)  # type: ignore[arg-type]
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(found))


@laws()
@given(kinds, far_days, kinds, far_days)
def test_the_names_of_periods_are_unique_and_sort_as_the_periods_do(
    kind: str, day: date, other_kind: str, other_day: date
) -> None:
    one, other = containing(kind, day), containing(other_kind, other_day)  # type: ignore[arg-type]
    assert (one.name == other.name) == (one == other)
    if kind == other_kind:
        assert (one.name < other.name) == (one.start < other.start)


@laws()
@given(kinds, far_days)
def test_a_period_is_found_by_its_name(kind: str, day: date) -> None:
    window = containing(kind, day)  # type: ignore[arg-type]
    assert named_window(window.kind, window.name) == window


@laws()
@given(kinds, st.text() | st.from_regex(r"\d{4}[-年W Q第]{0,3}\d{0,3}", fullmatch=True))
def test_any_text_names_a_period_or_none(kind: str, text: str) -> None:
    window = named_window(kind, text)  # type: ignore[arg-type]
    assert window is None or window.kind == kind


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_belongs_to_the_year_that_holds_its_thursday(day: date, name: str) -> None:
    assert containing("week", day).name == name


def test_a_year_of_52_weeks_has_no_53rd_week() -> None:
    assert named_window("week", "2021-W53") is None
    assert named_window("week", "2020年第53周") == containing("week", date(2020, 12, 31))
