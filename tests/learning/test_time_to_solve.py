"""The time to solve a problem, with problems that are still open."""

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from statistics import median

from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.learning_facts import DAY

from vault_tools.learning.time_to_solve import time_to_solve
from vault_tools.learning.windows import containing
from vault_tools.model.learning import Case, Facts
from vault_tools.model.text import Ref

laws = partial(settings, deadline=None, derandomize=True)


JUNE = containing("month", date(2024, 6, 1))
TODAY = date(2024, 6, 30)
lengths = st.lists(st.integers(1, 40).map(lambda half: half * DAY / 2), min_size=1, max_size=12)
ages = st.lists(st.integers(0, 40), max_size=12)


def solved(minutes: float, closed: date = date(2024, 6, 15)) -> Case:
    return Case("p", (), (Ref("log.md"),), closed - timedelta(days=minutes // DAY), closed, minutes)


def still_open(days: int) -> Case:
    return Case("q", (), (Ref("open.md"),), TODAY - timedelta(days=days), None, None)


def took(told: Iterable[Case], enough: int = 1) -> float | None:
    return time_to_solve(Facts(TODAY, resting=False, cases=tuple(told)), JUNE, enough).value


def by_definition(events: Sequence[float], waiting: Sequence[float]) -> float:
    """Kaplan and Meier's median by brute force, infinite where there is none: the middle of where they cross a half."""
    left = 1.0
    at_half: list[float] = []
    for moment in sorted(set(events)):
        if at_half:
            return (at_half[0] + moment) / 2
        at_risk = sum(each >= moment for each in (*events, *waiting))
        left *= 1 - sum(each == moment for each in events) / at_risk
        if abs(left - 0.5) < 1e-12:
            at_half = [moment]
        elif left < 0.5:
            return moment
    return at_half[0] if at_half else float("inf")


@laws()
@given(lengths)
def test_the_time_to_solve_is_the_median_if_all_problems_are_solved(minutes: list[float]) -> None:
    value = took(map(solved, minutes))
    assert value == median(minutes)
    assert min(minutes) <= value <= max(minutes)


@laws()
@given(lengths, ages)
@example([DAY, 2 * DAY], [1, 1])
def test_open_problems_are_counted_as_kaplan_and_meier_do(minutes: list[float], days: list[int]) -> None:
    value = took([*map(solved, minutes), *map(still_open, days)])
    expected = by_definition(minutes, [age * DAY for age in days])
    assert value == (None if expected == float("inf") else expected)


@laws()
@given(lengths, ages, st.integers(0, 60))
def test_an_additional_open_problem_never_shortens_the_time_to_solve(
    minutes: list[float], days: list[int], age: int
) -> None:
    told = [*map(solved, minutes), *map(still_open, days)]
    one, two = took(told), took([*told, still_open(age)])
    assert two is None or (one is not None and one <= two)


@laws()
@given(lengths, st.lists(st.integers(0, 10), max_size=8), st.integers(2, 3))
def test_the_time_to_solve_scales_with_all_lengths_together(minutes: list[float], days: list[int], by: int) -> None:
    value = took([*map(solved, minutes), *map(still_open, days)])
    longer = took([*(solved(by * each) for each in minutes), *(still_open(by * each) for each in days)])
    assert longer == (None if value is None else by * value)


@laws()
@given(lengths, st.integers(1, 14))
def test_too_few_solved_problems_give_no_time_to_solve_but_the_number_that_is_missing(
    minutes: list[float], enough: int
) -> None:
    figure = time_to_solve(Facts(TODAY, resting=False, cases=tuple(map(solved, minutes))), JUNE, enough)
    assert figure.lacking == max(0, enough - len(minutes))
    assert (figure.value is None) == (figure.lacking > 0)


def test_a_problem_that_is_solved_later_was_open_in_the_period_before() -> None:
    later = solved(20 * DAY, closed=date(2024, 6, 10))
    facts = Facts(TODAY, resting=False, cases=(later, *(solved(DAY, date(2024, 5, at)) for at in range(1, 6))))
    may = time_to_solve(facts, containing("month", date(2024, 5, 1)))
    assert (may.part, may.whole, may.others) == (5, 6, later.places)
    assert time_to_solve(facts, JUNE, 1).value == 20 * DAY


def test_the_example_of_the_time_to_solve_in_the_manual_holds() -> None:
    five = [solved(days * DAY) for days in (1, 2, 2, 3, 4)]
    assert took(five) == 2 * DAY
    assert took([*five, *[still_open(7)] * 5]) == 4 * DAY
    assert took([*five, *[still_open(7)] * 6]) is None
