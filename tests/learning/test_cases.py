"""Problems, from the first log that names one to the last."""

# ruff: noqa: D103  (a test is named for what it holds)
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shared.learning_facts import DAY, KNOWLEDGE, LAST, entries, some

from vault_tools.learning.cases import cases
from vault_tools.model.learning import Case, Entry, WorkOutcome
from vault_tools.model.text import Ref

laws = partial(settings, deadline=None, derandomize=True)


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


def test_a_problem_that_comes_back_is_a_new_case() -> None:
    def log(day: int, outcome: WorkOutcome) -> Entry:
        return Entry(Ref(f"{day}.md"), date(2024, 5, day), problem="Slow" if day < 3 else " slow", outcome=outcome)

    one, two = cases([log(1, ""), log(3, "success"), log(6, "open"), log(10, "success")])
    assert (one.opened, one.closed, one.minutes) == (date(2024, 5, 1), date(2024, 5, 3), 2 * DAY)
    assert (two.opened, two.closed, two.minutes) == (date(2024, 5, 6), date(2024, 5, 10), 4 * DAY)
