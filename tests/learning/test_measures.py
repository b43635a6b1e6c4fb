"""Laws of what is told of learning: windows, measures, problems, advice, order and alerts, on facts of every kind."""

# ruff: noqa: D103  (a test is named for what it holds)
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import pytest
from conftest import parsed, write
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vault_tools import Vault, config
from vault_tools.graph.build import build
from vault_tools.learning.calendar_names import named_window
from vault_tools.learning.cases import cases
from vault_tools.learning.demand import needs
from vault_tools.learning.facts import facts
from vault_tools.learning.logs import first_learned
from vault_tools.learning.measures import BY_NAME, MEASURES
from vault_tools.learning.occasions import occasions
from vault_tools.learning.order import ready, unlocks, way
from vault_tools.learning.shares import share
from vault_tools.learning.states import fitting_rule, states
from vault_tools.learning.thresholds import AlertError, crossed_alerts, parse_alert
from vault_tools.learning.time_to_solve import time_to_solve
from vault_tools.learning.uses import all_uses
from vault_tools.learning.windows import EVER, KINDS, before, containing, recent
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import (
    Case,
    Entry,
    Facts,
    Goal,
    KnowledgeState,
    Status,
    Supply,
    Use,
    Window,
    WorkOutcome,
)
from vault_tools.model.text import Ref, Say, say
from vault_tools.shipped import asset

laws = partial(settings, deadline=None, derandomize=True)

DAY = 24 * 60
VOCABULARY = config.vocabulary(asset("vocabulary.toml"), config.parse(""), {})
RULES = config.advice(asset("advice.toml"), config.parse(""))
KNOWLEDGE = ("Docker.md", "KV cache.md", "TensorRT.md", "missing://Bin packing", "missing://调度", "剪枝.md", "量化.md")
GOALS = ("Deploy.md", "Quantise.md", "部署.md")
FIRST, LAST = date(2023, 12, 1), date(2024, 7, 31)

kinds = st.sampled_from(KINDS)
far_days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
near_days = st.dates(FIRST, LAST)
windows = st.builds(containing, kinds, near_days)
many_or_none = st.sampled_from((1, 2, 5))


def some(names: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of some names, each once."""
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(tuple)


def maybe(strategy: st.SearchStrategy[float]) -> st.SearchStrategy[float | None]:
    """A value, or that it is not said."""
    return st.none() | strategy


@st.composite
def entries(draw: st.DrawFn, day: st.SearchStrategy[date] = near_days) -> Entry:
    """An entry of a log as the gathering makes them: a problem is named by its text, or by what it is about."""
    blockers = draw(some(KNOWLEDGE, 2))
    text = draw(st.sampled_from(("", "", "slow", "Slow ", "精度下降")))
    return Entry(
        place=Ref(f"Logs/{draw(st.integers(0, 40))}.md", line=draw(st.integers(0, 3))),
        day=draw(day),
        learned=draw(some(KNOWLEDGE)),
        applied=draw(some(KNOWLEDGE)),
        goals=draw(some(GOALS, 2)),
        minutes=draw(maybe(st.integers(0, 600).map(float))),
        mode=draw(st.sampled_from(("", "paper-first", "project-first"))),
        problem=text or ", ".join(blockers),
        blockers=blockers,
        solved_in=draw(maybe(st.integers(0, 20).map(lambda half: half * DAY / 2))),
        outcome=draw(st.sampled_from(("", "success", "failure", "partial", "open"))),
    )


@st.composite
def goals(draw: st.DrawFn, name: str) -> Goal:
    """A scenario or project; one that is not over has no end."""
    status: Status = draw(st.sampled_from(("planned", "active", "finished", "dropped")))
    return Goal(
        id=name,
        type=draw(st.sampled_from(("project", "scenario"))),
        status=status,
        requires=draw(some(KNOWLEDGE)),
        applies=draw(some(KNOWLEDGE)),
        answers=draw(some(GOALS, 1)),
        mode=draw(st.sampled_from(("", "paper-first", "project-first"))),
        outcome=draw(st.sampled_from(("", "success", "failure", "partial", "open"))),
        started=draw(st.none() | near_days),
        ended=draw(st.none() | near_days) if status in {"finished", "dropped"} else None,
    )


def gathered(logs: Iterable[Entry], wanted: Iterable[Goal], today: date = LAST, **more: object) -> Facts:
    """Facts of entries and goals, put together as the gathering does it."""
    ordered = sorted(logs, key=lambda entry: (entry.day, entry.place.id, entry.place.line))
    by_name = {goal.id: goal for goal in wanted}
    return replace(
        Facts(
            today=today,
            resting=False,
            entries=tuple(ordered),
            goals=by_name,
            uses=tuple(all_uses(ordered, by_name, ())),
            cases=tuple(cases(ordered)),
            learned=first_learned(ordered),
            requires={goal.id: goal.requires for goal in by_name.values()},
        ),
        **more,  # type: ignore[arg-type]
    )


all_goals = st.tuples(*map(goals, GOALS))
summaries = st.lists(st.tuples(near_days, st.builds(Ref, st.sampled_from(("May.md", "六月.md")))), max_size=5)
vaults = st.builds(
    lambda logs, wanted, written: gathered(logs, wanted, summaries=tuple(sorted(written, key=str))),
    st.lists(entries(), max_size=12),
    all_goals,
    summaries,
)


# ---------------------------------------------------------------- windows


@laws()
@given(kinds, far_days)
@example("week", date(2020, 12, 31))
@example("week", date(2021, 1, 3))
@example("week", date(2024, 12, 30))
def test_a_window_holds_its_day_and_those_before_it_abut(kind: str, day: date) -> None:
    window = containing(kind, day)  # type: ignore[arg-type]
    assert window.start <= day <= window.end
    assert before(window).end + timedelta(days=1) == window.start
    assert before(window).kind == kind
    assert containing(window.kind, window.start) == containing(window.kind, window.end) == window


@laws()
@given(kinds, far_days, st.integers(1, 30))
def test_the_recent_windows_abut_and_end_with_that_of_the_day(kind: str, day: date, many: int) -> None:
    found = recent(kind, day, many)  # type: ignore[arg-type]
    assert len(found) == many
    assert found[-1] == containing(kind, day)  # type: ignore[arg-type]
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(found))


@laws()
@given(kinds, far_days, kinds, far_days)
def test_the_names_of_windows_are_unique_and_sort_as_the_windows_do(
    kind: str, day: date, other_kind: str, other_day: date
) -> None:
    one, other = containing(kind, day), containing(other_kind, other_day)  # type: ignore[arg-type]
    assert (one.name == other.name) == (one == other)
    if kind == other_kind:
        assert (one.name < other.name) == (one.start < other.start)


@laws()
@given(kinds, far_days)
def test_a_window_is_found_by_its_name(kind: str, day: date) -> None:
    window = containing(kind, day)  # type: ignore[arg-type]
    assert named_window(window.kind, window.name) == window


@laws()
@given(kinds, st.text() | st.from_regex(r"\d{4}[-年W Q第]{0,3}\d{0,3}", fullmatch=True))
def test_any_text_names_a_window_or_none(kind: str, text: str) -> None:
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


def test_the_53rd_week_of_a_year_of_52_is_none() -> None:
    assert named_window("week", "2021-W53") is None
    assert named_window("week", "2020年第53周") == containing("week", date(2020, 12, 31))


# ---------------------------------------------------------------- shares


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


# ---------------------------------------------------------------- every measure


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
def test_no_measure_minds_the_order_in_which_things_are_told(facts: Facts, window: Window, chance: Random) -> None:
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
def test_what_is_counted_adds_up_over_the_year(name: str, kind: str, many: int, facts: Facts, year: int) -> None:
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


# ---------------------------------------------------------------- reuse

reuse = BY_NAME["reuse_rate"].reckon


@laws()
@given(vaults, windows, st.sampled_from(KNOWLEDGE), st.none() | near_days)
def test_one_more_use_never_lowers_reuse(facts: Facts, window: Window, name: str, day: date | None) -> None:
    more = replace(facts, uses=(*facts.uses, Use(name, Ref("new.md"), day, ())))
    one, two = reuse(facts, window, 1), reuse(more, window, 1)
    assert two.whole == one.whole
    assert two.part - one.part in {0, 1}


@laws()
@given(vaults, windows, near_days)
def test_what_is_learned_and_not_applied_never_raises_reuse(facts: Facts, window: Window, day: date) -> None:
    more = replace(facts, learned={**facts.learned, "new.md": (day, Ref("log.md"))})
    one, two = reuse(facts, window, 1), reuse(more, window, 1)
    assert two.part == one.part
    assert two.whole == one.whole + (day <= window.end)
    assert one.value is None or (two.value or 0) <= one.value


@laws()
@given(vaults, kinds)
def test_what_was_reused_once_stays_so_in_every_later_window(facts: Facts, kind: str) -> None:
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


def test_what_was_used_without_a_day_counts_from_today_on() -> None:
    learned = {"A.md": (date(2024, 5, 1), Ref("log.md"))}
    facts = Facts(date(2024, 6, 30), resting=False, learned=learned, uses=(Use("A.md", Ref("run.md"), None, ()),))
    assert reuse(facts, containing("month", date(2024, 5, 31)), 1).value == 0
    assert reuse(facts, containing("month", date(2024, 6, 1)), 1).value == 1


# ---------------------------------------------------------------- time to solve

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
def test_where_all_is_solved_the_time_is_the_median(minutes: list[float]) -> None:
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
def test_one_more_open_problem_never_shortens_the_time(minutes: list[float], days: list[int], age: int) -> None:
    told = [*map(solved, minutes), *map(still_open, days)]
    one, two = took(told), took([*told, still_open(age)])
    assert two is None or (one is not None and one <= two)


@laws()
@given(lengths, st.lists(st.integers(0, 10), max_size=8), st.integers(2, 3))
def test_all_lengths_together_scale_the_time(minutes: list[float], days: list[int], by: int) -> None:
    value = took([*map(solved, minutes), *map(still_open, days)])
    longer = took([*(solved(by * each) for each in minutes), *(still_open(by * each) for each in days)])
    assert longer == (None if value is None else by * value)


@laws()
@given(lengths, st.integers(1, 14))
def test_too_few_solved_tell_no_time_but_how_many_are_lacking(minutes: list[float], enough: int) -> None:
    figure = time_to_solve(Facts(TODAY, resting=False, cases=tuple(map(solved, minutes))), JUNE, enough)
    assert figure.lacking == max(0, enough - len(minutes))
    assert (figure.value is None) == (figure.lacking > 0)


def test_a_problem_that_is_solved_later_was_open_in_the_window_before() -> None:
    later = solved(20 * DAY, closed=date(2024, 6, 10))
    facts = Facts(TODAY, resting=False, cases=(later, *(solved(DAY, date(2024, 5, at)) for at in range(1, 6))))
    may = time_to_solve(facts, containing("month", date(2024, 5, 1)))
    assert (may.part, may.whole, may.others) == (5, 6, later.places)
    assert time_to_solve(facts, JUNE, 1).value == 20 * DAY


def test_the_example_of_the_time_to_solve_holds() -> None:
    five = [solved(days * DAY) for days in (1, 2, 2, 3, 4)]
    assert took(five) == 2 * DAY
    assert took([*five, *[still_open(7)] * 5]) == 4 * DAY
    assert took([*five, *[still_open(7)] * 6]) is None


# ---------------------------------------------------------------- problems


def logs_in_order(most: int = 14) -> st.SearchStrategy[list[Entry]]:
    return st.lists(entries(), max_size=most).map(
        lambda found: sorted(found, key=lambda entry: (entry.day, entry.place.id, entry.place.line))
    )


def key(case: Case) -> object:
    return frozenset(case.about) or " ".join(case.name.casefold().split())


@laws()
@given(logs_in_order())
def test_a_problem_is_open_once_at_a_time(logs: list[Entry]) -> None:
    for upto in range(len(logs) + 1):
        unsolved = [key(case) for case in cases(logs[:upto]) if case.closed is None]
        assert len(unsolved) == len(set(unsolved))


@laws()
@given(logs_in_order())
def test_every_log_of_a_problem_belongs_to_one_case_and_cases_last_from_first_to_last(logs: list[Entry]) -> None:
    found = list(cases(logs))
    told = [entry.place for entry in logs if entry.problem]
    assert sorted(map(str, (place for case in found for place in case.places))) == sorted(map(str, told))
    for case in found:
        assert case.closed is None or case.opened <= case.closed
        assert case.minutes is None or (case.closed is not None and case.minutes >= 0)


@laws()
@given(logs_in_order(), entries())
def test_a_later_log_that_solves_a_problem_closes_it(logs: list[Entry], last: Entry) -> None:
    assume(last.problem)
    closing = replace(last, day=LAST + timedelta(days=1), solved_in=DAY, outcome="success")
    found = list(cases([*logs, closing]))
    assert not [case for case in found if case.closed is None and key(case) == key(next(cases([closing])))]


@laws()
@given(some(KNOWLEDGE, 3), st.randoms(use_true_random=False))
def test_the_order_in_which_a_log_names_what_is_in_the_way_does_not_matter(
    names: tuple[str, ...], chance: Random
) -> None:
    assume(names)
    stirred = tuple(chance.sample(names, len(names)))
    first = Entry(Ref("1.md"), date(2024, 5, 1), problem="x", blockers=names)
    second = Entry(Ref("2.md"), date(2024, 5, 3), problem="x", blockers=stirred, outcome="success")
    (case,) = cases([first, second])
    assert (case.closed, case.minutes) == (date(2024, 5, 3), 2 * DAY)


def test_a_problem_that_comes_back_is_another_one() -> None:
    def log(day: int, outcome: WorkOutcome) -> Entry:
        return Entry(Ref(f"{day}.md"), date(2024, 5, day), problem="Slow" if day < 3 else " slow", outcome=outcome)

    one, two = cases([log(1, ""), log(3, "success"), log(6, "open"), log(10, "success")])
    assert (one.opened, one.closed, one.minutes) == (date(2024, 5, 1), date(2024, 5, 3), 2 * DAY)
    assert (two.opened, two.closed, two.minutes) == (date(2024, 5, 6), date(2024, 5, 10), 4 * DAY)


# ---------------------------------------------------------------- occasions


@laws()
@given(vaults, st.none() | windows)
def test_reuse_of_one_thing_is_a_share_of_occasions(facts: Facts, window: Window | None) -> None:
    for name, figure in occasions(facts, window).items():
        assert figure.value is not None
        assert 0 <= figure.value <= 1
        assert len({*figure.notes, *figure.others}) == figure.whole >= 1
        asking = {goal.id for goal in facts.goals.values() if name in goal.requires and goal.status != "planned"}
        assert {ref.id for ref in figure.others} <= asking


@laws()
@given(vaults, st.sampled_from(GOALS))
def test_a_planned_goal_asks_for_nothing(facts: Facts, name: str) -> None:
    planned = replace(facts.goals[name], status="planned", ended=None)
    without = replace(facts, goals={**facts.goals, name: replace(planned, requires=())})
    figures = occasions(replace(facts, goals={**facts.goals, name: planned}))
    assert {each: (figure.value, figure.whole) for each, figure in figures.items()} == {
        each: (figure.value, figure.whole) for each, figure in occasions(without).items()
    }


def goal(name: str, **more: object) -> Goal:
    plain = Goal(name, "project", "active", (), (), (), "", "", None, None)
    return replace(plain, **more)  # type: ignore[arg-type]


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


def test_a_use_for_several_goals_counts_for_those_that_asked() -> None:
    log = Entry(Ref("1.md"), date(2024, 5, 1), applied=("A.md",), goals=("Other.md", "Asks.md"))
    figure = occasions(gathered([log], [goal("Other.md"), goal("Asks.md", requires=("A.md",))]))["A.md"]
    assert (figure.notes, figure.others) == ((Ref("Asks.md"),), ())


def test_three_of_four_occasions_used_it() -> None:
    wanted = [goal(f"P{at}.md", requires=("TensorRT.md",)) for at in range(3)]
    logs = [
        Entry(Ref("1.md"), date(2024, 5, 1), applied=("TensorRT.md",), goals=("P0.md",)),
        Entry(Ref("2.md"), date(2024, 5, 2), applied=("TensorRT.md",), goals=("P0.md",)),
        Entry(Ref("3.md"), date(2024, 5, 3), applied=("TensorRT.md",), goals=("P1.md",)),
        Entry(Ref("4.md"), date(2024, 5, 4), applied=("TensorRT.md",)),
    ]
    figure = occasions(gathered(logs, wanted))["TensorRT.md"]
    assert (figure.value, figure.part, figure.whole) == (0.75, 3, 4)
    assert {ref.id for ref in figure.notes} == {"P0.md", "P1.md", "4.md"}
    assert [ref.id for ref in figure.others] == ["P2.md"]


# ---------------------------------------------------------------- demand and advice


def graph_of(names: Iterable[str]) -> KnowledgeGraph:
    """A graph of notes that are long enough, and of names that nobody wrote."""
    text = "---\ntype: knowledge\n---\n" + "word " * 40
    files = {name: text for name in names if name.endswith(".md")}
    graph = build(parsed(files), files, VOCABULARY)
    missing = {name: Node(name, "missing", name, "missing") for name in names if not name.endswith(".md")}
    return replace(graph, nodes={**graph.nodes, **missing})


GRAPH = graph_of(KNOWLEDGE)
WORST_FIRST: tuple[Supply, ...] = (
    "problem",
    "missing",
    "stub",
    "unlearned",
    "written",
    "unapplied",
    "stale",
    "works",
)


def judged(facts: Facts) -> dict[str, KnowledgeState]:
    return states(GRAPH, facts, stub_words=20, stale_days=90)


@laws()
@given(vaults)
def test_everything_is_known_in_one_way_and_in_demand_where_something_needs_or_troubles_it(facts: Facts) -> None:
    found = judged(facts)
    assert {name for name in KNOWLEDGE if name.endswith(".md")} <= found.keys() <= set(KNOWLEDGE)
    for name, state in found.items():
        wanting = {each.id for each in facts.goals.values() if each.status in {"active", "planned"}}
        needed = {each for each in wanting if name in dict(needs(facts.requires, each))}
        troubled = [case for case in facts.cases if case.closed is None and name in case.about]
        assert {need.goal for need in state.needs} == needed
        assert state.cases == tuple(troubled)
        assert state.demanded == bool(needed or troubled)
        assert state.supply in WORST_FIRST
        assert (state.supply == "problem") == bool(troubled)


@laws()
@given(vaults, st.sampled_from(KNOWLEDGE), near_days)
def test_a_use_never_makes_known_worse(facts: Facts, name: str, day: date) -> None:
    more = replace(facts, uses=(*facts.uses, Use(name, Ref("new.md"), day, ())))
    one, two = judged(facts).get(name), judged(more)[name]
    if one is not None:
        assume(one.last_day or not one.uses)  # what was used on an unknown day is not called old
        assert WORST_FIRST.index(two.supply) >= WORST_FIRST.index(one.supply)
        assert two.demanded == one.demanded
    assert {each: state for each, state in judged(more).items() if each != name} == {
        each: state for each, state in judged(facts).items() if each != name
    }


@laws()
@given(vaults, st.sampled_from(RULES))
def test_a_rule_that_is_switched_off_never_speaks_and_the_others_say_what_they_said(facts: Facts, off: object) -> None:
    rest = tuple(rule for rule in RULES if rule != off)
    for state in judged(facts).values():
        rule = fitting_rule(state, rest)
        assert rule != off
        if fitting_rule(state, RULES) != off:
            assert rule == fitting_rule(state, RULES)
        if rule is not None:
            assert rule.demand == state.demanded
            assert state.supply in rule.supply


@laws(max_examples=30)
@given(st.integers(1, 36_500), vaults)
def test_any_number_of_days_may_make_knowledge_stale(days: int, facts: Facts) -> None:
    settled = config.parse(f"[learning]\nstale_days = {days}").learning.stale_days
    found = states(GRAPH, facts, stub_words=20, stale_days=settled)
    old = LAST - FIRST
    assert days <= old.days or not [state for state in found.values() if state.supply == "stale"]


# ---------------------------------------------------------------- order

LETTERS = "ABCDEFG"
trees = st.dictionaries(st.sampled_from(LETTERS), some(LETTERS, 4)).map(
    lambda found: {name: tuple(need for need in needed if need != name) for name, needed in found.items()}
)


def requiring(requires: Mapping[str, tuple[str, ...]], wanted: Iterable[Goal] = ()) -> Facts:
    return Facts(TODAY, resting=False, requires=requires, goals={each.id: each for each in wanted})


def reached(requires: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Return what something needs at any distance."""
    found: set[str] = set()
    todo = [start]
    while todo:
        more = [name for name in requires.get(todo.pop(), ()) if name not in found]
        found.update(more)
        todo += more
    return found


@laws()
@given(trees, st.sampled_from(LETTERS), some(LETTERS))
def test_the_way_to_a_goal_holds_what_it_takes_and_prerequisites_come_first(
    requires: dict[str, tuple[str, ...]], start: str, known: tuple[str, ...]
) -> None:
    steps = way(requiring(requires), start, known)
    assert steps[-1] == start
    assert len(set(steps)) == len(steps)
    assert set(steps) == (reached(requires, start) - set(known)) | {start}
    for at, name in enumerate(steps):
        for need in requires.get(name, ()):
            in_circle = name in reached(requires, need) or need == start
            assert need in known or need in steps[:at] or in_circle


@laws()
@given(trees, st.sampled_from(LETTERS), some(LETTERS))
def test_what_needs_nothing_unknown_is_its_own_way(
    requires: dict[str, tuple[str, ...]], start: str, known: tuple[str, ...]
) -> None:
    everything = (*known, *reached(requires, start))
    assert way(requiring(requires), start, everything) == (start,)
    assert way(requiring({**requires, start: ()}), start, known) == (start,)


def test_a_chain_of_twenty_thousand_and_a_circle_of_as_many_have_a_way() -> None:
    many = 20_000
    chain = {str(at): (str(at + 1),) for at in range(many)}
    expected = tuple(str(at) for at in range(many, -1, -1))
    assert way(requiring(chain), "0", ()) == expected
    assert way(requiring({**chain, str(many): ("0",)}), "0", ()) == expected
    assert len(list(needs(requiring(chain).requires, "0"))) == many


@laws()
@given(trees, some(LETTERS, 7), some(LETTERS, 7))
def test_what_one_is_ready_for_is_unknown_and_builds_on_what_is_known(
    requires: dict[str, tuple[str, ...]], names: tuple[str, ...], known: tuple[str, ...]
) -> None:
    found = ready(requiring(requires), names, known)
    assert not set(found) & set(known)
    for name in names:
        assert (name in found) == (name not in known and set(requires.get(name, ())) <= set(known))


@laws()
@given(trees, some(LETTERS, 7), some(LETTERS, 7), st.sampled_from(("active", "planned", "finished", "dropped")))
def test_what_something_unlocks_is_ready_once_it_is_known_and_was_not_before(
    requires: dict[str, tuple[str, ...]], names: tuple[str, ...], known: tuple[str, ...], status: str
) -> None:
    facts = requiring(requires, [goal("A", status=status)])
    found = unlocks(facts, names, known)
    everything = tuple(name for name in requires if name != "A" or status in {"active", "planned"})
    for name in set(names) - set(known):
        freed = set(ready(facts, everything, (*known, name))) - set(ready(facts, everything, known))
        assert set(found.get(name, ())) - {name} == freed


def test_only_a_goal_that_is_open_is_unlocked() -> None:
    wanted = [goal("P.md"), goal("Q.md", status="planned"), goal("R.md", status="finished")]
    facts = requiring({each.id: ("A.md",) for each in wanted}, wanted)
    assert unlocks(facts, ("A.md",), ()) == {"A.md": ("P.md", "Q.md")}


# ---------------------------------------------------------------- alerts


@pytest.mark.parametrize(
    ("text", "measure", "sign", "limit", "window"),
    [
        ("reuse_rate < 50 %", "reuse_rate", "<", 0.5, "quarter"),
        ("reuse_rate < 0.5", "reuse_rate", "<", 0.5, "quarter"),
        ("reuse_rate<50%", "reuse_rate", "<", 0.5, "quarter"),
        ("time_to_solve > 3 days in month", "time_to_solve", ">", 3 * DAY, "month"),
        ("time_to_solve >= 两天 in year", "time_to_solve", ">=", 2 * DAY, "year"),
        ("hours < 10 in week", "hours", "<", 10, "week"),
        ("Hours < 1000 IN Year", "hours", "<", 1000, "year"),
        ("  projects   <= 1 ", "projects", "<=", 1, "quarter"),
    ],
)
def test_an_alert_is_read_as_it_is_written(text: str, measure: str, sign: str, limit: float, window: str) -> None:
    read = parse_alert(text)
    assert (read.measure.name, read.sign, read.limit, read.window) == (measure, sign, limit, window)
    assert read.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse_rate", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse_rate = 50 %", say("settings.alert-form", measures=tuple(BY_NAME))),
        ("reuse < 50 %", say("settings.alert-measure", measure="reuse", measures=tuple(BY_NAME))),
        ("reuse_rate < 50", say("settings.alert-share", limit="50", measure="reuse_rate")),
        ("reuse_rate < 120 %", say("settings.alert-share", limit="120 %", measure="reuse_rate")),
        ("time_to_solve > soon", say("settings.alert-duration", limit="soon", measure="time_to_solve")),
        ("hours < 50 %", say("settings.alert-hours", limit="50 %", measure="hours")),
        ("projects < many", say("settings.alert-count", limit="many", measure="projects")),
        ("hours < 10 in decade", say("settings.alert-hours", limit="10 in decade", measure="hours")),
    ],
)
def test_what_is_no_alert_is_told_with_what_to_write(text: str, said: Say) -> None:
    with pytest.raises(AlertError) as caught:
        parse_alert(text)
    assert caught.value.said == said


words = st.sampled_from(
    (*BY_NAME, "<", ">", "<=", ">=", "50 %", "0.5", "3 days", "两天", " in ", "week", " ", "\n", "٣", "K")
)


@laws(max_examples=400)
@given(st.text() | st.lists(words, max_size=8).map("".join) | st.lists(words, max_size=8).map(" ".join))
def test_any_text_is_an_alert_or_is_refused_in_words(text: str) -> None:
    try:
        read = parse_alert(text)
    except AlertError:
        return
    assert read.limit >= 0
    assert parse_alert(read.text) == read


@pytest.mark.parametrize("shape", ["hours < {}<", "hours < 1{}<", "{}<", "hours{}=", "hours < 1 in{} x"])
def test_reading_an_alert_of_any_length_comes_to_an_end(shape: str) -> None:
    """What went back and forth over the blanks would be at it for hours."""
    with pytest.raises(AlertError):
        parse_alert(shape.format(" " * 500_000))


@laws()
@given(vaults, st.sampled_from(MEASURES), st.sampled_from(("<", ">", "<=", ">=")), kinds)
def test_an_alert_is_crossed_exactly_where_its_figure_is(facts: Facts, measure: object, sign: str, kind: str) -> None:
    name = measure.name  # type: ignore[attr-defined]
    limit = {"share": "50 %", "minutes": "3 days"}.get(BY_NAME[name].unit, "2")
    read = parse_alert(f"{name} {sign} {limit} in {kind}")
    window = containing(read.window, facts.today)
    if not BY_NAME[name].is_rate and sign in {"<", "<="} and window.end > facts.today:
        window = before(window)  # what grows day by day is not too little before its time is over
    figure = BY_NAME[name].reckon(facts, window, 1)
    compare = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}[sign]
    found = crossed_alerts((read,), facts, 1)
    assert len(found) == (figure.value is not None and compare(figure.value, read.limit))
    assert all(each.measurement == figure and each.window == window for each in found)


# ---------------------------------------------------------------- whole vaults

HOSTILE = (
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "2024-13-01",
    "soon",
    "2024-05",
    "''",
    "-5",
    "[2024-05-01, 2024-05-02]",
)
written_days = st.sampled_from(HOSTILE) | near_days.map(str)
links = st.lists(st.sampled_from(("Docker", "KV cache", "量化", "调度")), max_size=3, unique=True).map(
    lambda names: "[" + ", ".join(f"'[[{name}]]'" for name in names) + "]"
)
LOG_FIELDS: dict[str, st.SearchStrategy[str]] = {
    "date": written_days,
    "日期": written_days,
    "learned": links,
    "应用": links,
    "problem": st.sampled_from(("'[[调度]]'", "slow", "慢")),
    "solved-in": st.sampled_from(("2 days", "半天", "1e12", "999999999999", "-1", "PT1H")),
    "outcome": st.sampled_from(("success", "失败", "open", "splendid", "[success, failure]")),
    "minutes": st.sampled_from(("90", "1.5h", "两小时", ".inf", ".nan", "1e308")),
    "project": st.just("'[[Deploy]]'"),
    "mode": st.sampled_from(("project-first", "论文优先", "x")),
}
GOAL_FIELDS: dict[str, st.SearchStrategy[str]] = {
    "requires": links,
    "applies": links,
    "status": st.sampled_from(("active", "planned", "finished", "放弃", "?")),
    "started": written_days,
    "finished": written_days,
    "outcome": st.sampled_from(("success", "失败", "partial")),
}


def notes(kind: str, fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    def written(values: dict[str, str]) -> str:
        return "\n".join(["---", f"type: {kind}", *(f"{name}: {value}" for name, value in values.items()), "---", "x"])

    return st.fixed_dictionaries({}, optional=fields).map(written)


small_vaults = st.fixed_dictionaries(
    {},
    optional={
        "2024-05-01 a.md": notes("log", LOG_FIELDS),
        "0001-01-01.md": notes("log", LOG_FIELDS),
        "9999-12-31 夜.md": notes("log", LOG_FIELDS),
        "2024-02-30.md": notes("log", LOG_FIELDS),
        "Logs/free.md": notes("log", LOG_FIELDS),
        "Deploy.md": notes("project", GOAL_FIELDS),
        "部署.md": notes("scenario", GOAL_FIELDS),
        "量化.md": notes("knowledge", {"requires": links, "stage": st.sampled_from(("read", "复现", "x"))}),
        "Docker.md": notes("knowledge", {"requires": links, "date": written_days}),
        "run.md": notes("experiment", {"date": written_days, "applies": links, "project": st.just("'[[Deploy]]'")}),
        "May.md": notes("summary", {"date": written_days}),
    },
)
Files = dict[str, str]


def told(root: Path, settings_: str = "") -> tuple[Facts, dict[str, tuple[Finding, ...]]]:
    """Return a vault's facts and all that its pages say, opened as they are in tests."""
    vault = Vault.open(root, cache=False, settings=config.parse(settings_), today=LAST)
    return vault.learning.facts, dict(vault.findings)


@laws(max_examples=60)
@given(small_vaults, st.randoms(use_true_random=False))
def test_whatever_a_vault_says_of_days_it_is_told_and_the_order_of_its_files_is_nothing(
    files: Files, chance: Random
) -> None:
    alerts = '[check]\nalerts = ["reuse_rate < 50 %", "time_to_solve > 1h in year", "hours < 1 in week"]'
    stirred = dict(chance.sample(sorted(files.items()), len(files)))
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "a" / "v", Path(folder) / "b" / "v"
        for root, content in ((one, files), (other, stirred)):
            (root / ".obsidian").mkdir(parents=True)
            write(root, content)
        first, second = told(one, alerts), told(other, alerts)
    assert first == second
    facts = first[0]
    days = [entry.day for entry in facts.entries] + [use.day for use in facts.uses if use.day]
    days += [case.closed for case in facts.cases if case.closed] + [day for day, _ in facts.summaries]
    days += [each.ended for each in facts.goals.values() if each.ended]
    assert all(date(1900, 1, 1) <= day <= facts.today for day in days), "all that counts lies between 1900 and today"


def gathered_from(files: Files, today: date = LAST) -> Facts:
    return facts(build(parsed(files), files, VOCABULARY), today)


def test_a_vault_of_nothing_tells_of_nothing() -> None:
    facts = gathered_from({})
    assert facts == Facts(LAST, resting=False)
    assert [measure.reckon(facts, JUNE, 5).value for measure in MEASURES] == [None, None, None, 0, 0, 0]
    assert not occasions(facts)


@laws(max_examples=50)
@given(st.lists(entries(st.just(date(2024, 5, 1))), min_size=1, max_size=4))
def test_a_days_page_with_a_section_for_each_entry_tells_what_single_logs_tell(logs: list[Entry]) -> None:
    def lines(entry: Entry) -> str:
        links_ = {"learned": entry.learned, "applied": entry.applied}
        said = [f"{name}:: [[{target}]]" for name, targets in links_.items() for target in targets]
        said += [f"minutes:: {entry.minutes:.0f}"] if entry.minutes is not None else []
        said += [f"outcome:: {entry.outcome}"] if entry.outcome else []
        return "\n".join(said)

    def shape(facts: Facts) -> list[object]:
        return [(each.day, each.learned, each.applied, each.minutes, each.outcome) for each in facts.entries]

    text = "\n\n".join(f"## {at}\n{lines(entry)}" for at, entry in enumerate(logs))
    single = {f"2024-05-01 {at}.md": lines(entry) for at, entry in enumerate(logs)}
    plain = {name: "---\ntype: knowledge\n---\n" for name in KNOWLEDGE if name.endswith(".md")}
    one = gathered_from({**plain, "2024-05-01.md": f"---\ntype: log\n---\n{text}"})
    other = gathered_from({**plain, **{name: f"---\ntype: log\n---\n{each}" for name, each in single.items()}})
    assert shape(one) == shape(other)
    assert one.learned.keys() == other.learned.keys()
    for measure in MEASURES:
        assert measure.reckon(one, EVER, 1).value == measure.reckon(other, EVER, 1).value


@pytest.mark.parametrize("name", ["0001-01-01.md", "9999-12-31.md", "2024-02-30.md", "12340506 number.md"])
def test_a_log_named_by_a_day_that_cannot_be_meant_is_told_as_undated(name: str) -> None:
    facts = gathered_from({name: "---\ntype: log\nminutes: 5\n---\n"})
    assert not facts.entries
    assert [problem.code for problem in facts.problems[name]] == ["log-undated"]


def test_a_project_that_ends_after_today_is_not_finished_yet() -> None:
    text = "---\ntype: project\nrequires: '[[Docker]]'\nfinished: {}\noutcome: success\n---\n"
    today = date(2024, 6, 12)
    late, done = (gathered_from({"P.md": text.format(day)}, today) for day in ("2024-06-14", "2024-06-12"))
    assert (late.goals["P.md"].status, late.goals["P.md"].ended) == ("active", None)
    assert (done.goals["P.md"].status, done.goals["P.md"].ended) == ("finished", today)
    assert BY_NAME["projects"].reckon(late, containing("week", today), 1).value == 0


def test_a_vault_in_which_a_summary_was_written_of_late_does_not_rest() -> None:
    files = {"2024-01-05.md": "minutes:: 5", "June.md": "---\ntype: summary\ndate: 2024-06-20\n---\n"}
    facts = gathered_from(files, TODAY)
    assert (facts.today, facts.resting) == (TODAY, False)
    later = gathered_from(files, date(2025, 6, 30))
    assert (later.today, later.resting) == (date(2024, 6, 20), True)
