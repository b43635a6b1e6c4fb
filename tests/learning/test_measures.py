"""Measures of learning over a period: their bounds, and what never raises or lowers them."""

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shared.learning_facts import KNOWLEDGE, LAST, gathered, goal, kinds, many_or_none, near_days, vaults, windows

from vault_tools.learning.measures import BY_NAME, MEASURES
from vault_tools.learning.shares import share
from vault_tools.learning.windows import EVER, containing, recent
from vault_tools.model.learning import Facts, Use, Window
from vault_tools.model.text import Ref

laws = partial(settings, deadline=None, derandomize=True)


def refs(many: int, kind: str = "a") -> list[Ref]:
    return [Ref(f"{kind}{at}.md") for at in range(many)]


counts = st.integers(0, 60)


@laws()
@given(counts, counts, st.integers(0, 12))
def test_a_share_lies_between_its_bounds_and_is_none_exactly_where_there_is_too_little(
    part: int, rest: int, enough: int
) -> None:
    figure = share(refs(part), refs(rest, "b"), enough)
    needed = max(enough, 1)
    assert (figure.part, figure.whole) == (part, part + rest)
    assert (len(figure.notes), len(figure.others)) == (part, rest)
    assert figure.lacking == max(0, needed - part - rest)
    assert (figure.value is None) == (part + rest < needed) == (figure.lacking > 0)
    if figure.value is None:
        assert figure.low is figure.high is None
        return
    assert figure.value == part / (part + rest)
    assert figure.low is not None
    assert figure.high is not None
    assert 0 <= figure.low <= figure.value <= figure.high <= 1


@laws()
@given(counts, counts)
def test_more_in_the_part_never_lowers_a_share_and_more_in_the_rest_never_raises_it(part: int, rest: int) -> None:
    assume(part + rest)
    values = [
        share(refs(part), refs(rest + 1, "b"), 1).value,
        share(refs(part), refs(rest, "b"), 1).value,
        share(refs(part + 1), refs(rest, "b"), 1).value,
    ]
    assert values == sorted(values, key=lambda value: -1 if value is None else value)


def test_the_interval_of_a_share_is_wilsons() -> None:
    figure = share(refs(14), refs(6, "b"), 5)
    assert figure.value == 0.7
    assert figure.low == pytest.approx(0.481, abs=0.001)
    assert figure.high == pytest.approx(0.855, abs=0.001)


@laws()
@given(vaults, windows, many_or_none)
def test_every_figure_says_what_it_is_made_of_and_lies_in_its_bounds(facts: Facts, window: Window, enough: int) -> None:
    for measure in MEASURES:
        figure = measure.reckon(facts, window, enough)
        assert 0 <= figure.part <= figure.whole
        assert (figure.value is None) >= (figure.lacking > 0)
        if figure.value is None:
            assert figure.lacking or measure.unit == "minutes"
        elif measure.unit == "share":
            assert figure.value == figure.part / figure.whole
            assert (len(figure.notes), len(figure.others)) == (figure.part, figure.whole - figure.part)
        else:
            assert figure.value >= 0


@laws()
@given(vaults, windows, st.randoms(use_true_random=False))
def test_no_measure_depends_on_the_order_of_the_facts(facts: Facts, window: Window, chance: Random) -> None:
    def stirred(things: Iterable[object]) -> tuple[object, ...]:
        return tuple(sorted(things, key=lambda _: chance.random()))

    other = replace(
        facts,
        entries=stirred(facts.entries),  # type: ignore[arg-type]
        uses=stirred(facts.uses),  # type: ignore[arg-type]
        cases=stirred(facts.cases),  # type: ignore[arg-type]
        goals=dict(stirred(facts.goals.items())),  # type: ignore[arg-type]
        learned=dict(stirred(facts.learned.items())),  # type: ignore[arg-type]
    )
    for measure in MEASURES:
        one, two = measure.reckon(facts, window, 1), measure.reckon(other, window, 1)
        assert (one.value, one.part, one.whole, one.low, one.high) == (
            two.value,
            two.part,
            two.whole,
            two.low,
            two.high,
        )
        assert sorted(map(str, one.notes)) == sorted(map(str, two.notes))


@laws()
@given(vaults, st.integers(2023, 2024))
@pytest.mark.parametrize("name", ["hours", "projects", "summaries"])
@pytest.mark.parametrize(("kind", "many"), [("quarter", 4), ("month", 12)])
def test_counts_of_the_months_add_up_to_the_year(name: str, kind: str, many: int, facts: Facts, year: int) -> None:
    measure, last = BY_NAME[name], date(year, 12, 31)
    parts = [measure.reckon(facts, window, 1) for window in recent(kind, last, many)]  # type: ignore[arg-type]
    whole = measure.reckon(facts, containing("year", last), 1)
    assert sum(part.value or 0 for part in parts) == pytest.approx(whole.value)
    assert sum(part.part for part in parts) == whole.part
    assert sum(len(part.notes) for part in parts) == len(whole.notes)


@laws()
@given(vaults)
def test_the_days_of_a_vault_all_lie_in_its_weeks(facts: Facts) -> None:
    weeks = recent("week", LAST, 40)
    for name in ("hours", "projects", "summaries"):
        counted = sum(BY_NAME[name].reckon(facts, week, 1).value or 0 for week in weeks)
        assert counted == pytest.approx(BY_NAME[name].reckon(facts, EVER, 1).value)


@laws()
@given(vaults, windows)
def test_the_projects_that_succeeded_are_among_those_that_were_finished(facts: Facts, window: Window) -> None:
    success, finished = BY_NAME["success_rate"].reckon(facts, window, 1), BY_NAME["projects"].reckon(facts, window, 1)
    assert {*success.notes, *success.others} <= {*finished.notes}
    failed = {name: replace(goal, outcome="failure") for name, goal in facts.goals.items()}
    assert BY_NAME["success_rate"].reckon(replace(facts, goals=failed), window, 1).part == 0


reuse = BY_NAME["reuse_rate"].reckon


@laws()
@given(vaults, windows, st.sampled_from(KNOWLEDGE), st.none() | near_days)
def test_an_additional_use_never_lowers_reuse(facts: Facts, window: Window, name: str, day: date | None) -> None:
    more = replace(facts, uses=(*facts.uses, Use(name, Ref("new.md"), day, ())))
    one, two = reuse(facts, window, 1), reuse(more, window, 1)
    assert two.whole == one.whole
    assert two.part - one.part in {0, 1}


@laws()
@given(vaults, windows, near_days)
def test_learning_without_applying_never_raises_reuse(facts: Facts, window: Window, day: date) -> None:
    more = replace(facts, learned={**facts.learned, "new.md": (day, Ref("log.md"))})
    one, two = reuse(facts, window, 1), reuse(more, window, 1)
    assert two.part == one.part
    assert two.whole == one.whole + (day <= window.end)
    assert one.value is None or (two.value or 0) <= one.value


@laws()
@given(vaults, kinds)
def test_knowledge_that_was_reused_once_counts_as_reused_in_every_later_period(facts: Facts, kind: str) -> None:
    figures = [reuse(facts, window, 1) for window in recent(kind, LAST, 12)]  # type: ignore[arg-type]
    for one, other in pairwise(figures):
        assert set(one.notes) <= set(other.notes)
        assert {*one.notes, *one.others} <= {*other.notes, *other.others}
    assert figures[-1].whole == len(facts.learned)


def test_three_of_ten_that_were_learned_and_applied_by_the_last_day_of_april_are_30_percent() -> None:
    last = date(2024, 4, 30)
    learned = {f"{at}.md": (last, Ref("log.md")) for at in range(10)}
    uses = tuple(Use(f"{at}.md", Ref("log.md"), last if at < 3 else date(2024, 5, 1), ()) for at in range(5))
    facts = Facts(date(2024, 6, 30), resting=False, learned=learned, uses=uses)
    assert reuse(facts, containing("month", last), 5).value == 0.3
    assert reuse(facts, containing("month", date(2024, 5, 1)), 5).value == 0.5


def test_a_use_without_a_day_counts_from_today_on() -> None:
    learned = {"A.md": (date(2024, 5, 1), Ref("log.md"))}
    facts = Facts(date(2024, 6, 30), resting=False, learned=learned, uses=(Use("A.md", Ref("run.md"), None, ()),))
    assert reuse(facts, containing("month", date(2024, 5, 31)), 1).value == 0
    assert reuse(facts, containing("month", date(2024, 6, 1)), 1).value == 1


JUNE = containing("month", date(2024, 6, 1))


def test_nine_of_ten_projects_that_ended_on_the_first_or_last_day_of_a_month_are_90_percent() -> None:
    ends = [JUNE.start, JUNE.end]
    done = [goal(f"P{at}.md", status="finished", outcome="success", ended=ends[at % 2]) for at in range(9)]
    half = goal("Half.md", status="finished", outcome="partial", ended=JUNE.end)
    facts = gathered((), [*done, half])
    assert BY_NAME["success_rate"].reckon(facts, JUNE, 5).value == 0.9
    assert BY_NAME["projects"].reckon(facts, JUNE, 5).value == 10


def test_a_project_that_does_not_say_its_outcome_is_no_success_and_a_scenario_is_no_project() -> None:
    done = [goal(f"P{at}.md", status="finished", outcome="success", ended=JUNE.end) for at in range(4)]
    silent = goal("Silent.md", status="finished", ended=JUNE.end)
    scenario = goal("Scenario.md", type="scenario", status="finished", outcome="success", ended=JUNE.end)
    facts = gathered((), [*done, silent, scenario])
    figure = BY_NAME["success_rate"].reckon(facts, JUNE, 5)
    assert (figure.value, figure.others) == (0.8, (Ref("Silent.md"),))
    assert BY_NAME["projects"].reckon(facts, JUNE, 5).value == 5
