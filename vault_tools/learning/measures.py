"""The measures of learning: facts and a window -> a figure with the notes behind it.

Each is a row of MEASURES; reports, `stats`, alerts and trends need no other edit for a new one. None is given for
an empty or a tiny denominator: `Figure.lacking` says how many more it takes.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Literal

from vault_tools.learning.facts import MINUTES_A_DAY, SCENARIO
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Case, Facts, Figure, Goal, Targets, Unit, Window
from vault_tools.model.text import Ref, Say, say

_Z = 1.96
_MONTHS = {"week": 84 / 365.25, "month": 1.0, "quarter": 3.0, "year": 12.0}
"""How many months a window of each kind has in the mean; a week is 7 days of the 365.25 of a year."""


_OTHERS = say("measure.not-counted")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name for settings and programs, its unit, whether more is better, and how to compute it.

    `others` says what the notes are that count against it.
    """

    name: str
    unit: Unit
    better: Literal["up", "down"]
    reckon: Callable[[Facts, Window, int], Figure]
    target: Callable[[Targets, Window], float] | None = None
    others: Say = _OTHERS

    @property
    def title(self) -> Say:
        """How readers call it: a row of the catalogue."""
        return say(f"measure.{self.name.replace('_', '-')}")

    @property
    def is_rate(self) -> bool:
        """Tell whether it is a share or a median, which a few cases do not make."""
        return self.unit in {"share", "minutes"}


def share(part: Sequence[Ref], rest: Sequence[Ref], enough: int) -> Figure:
    """Return how much of a whole is a part, with Wilson's 95 % interval.

    14 of 20: 0.7, between 0.48 and 0.85. 3 of 4, where 5 are enough: no value, 1 lacking.
    """
    whole = len(part) + len(rest)
    if whole < max(enough, 1):
        return Figure(None, len(part), whole, tuple(part), tuple(rest), max(enough, 1) - whole)
    low, high = _wilson(len(part), whole)
    return Figure(len(part) / whole, len(part), whole, tuple(part), tuple(rest), low=low, high=high)


def _wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927): never below 0, never above 1."""
    p, square = part / whole, _Z * _Z
    middle = (p + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(p * (1 - p) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))


# ---------------------------------------------------------------- reuse


def reuse(facts: Facts, window: Window, enough: int = ENOUGH) -> Figure:
    """Return the share of what was learned by the window's end that was applied by then.

    Ten learned in April, three of them applied by 30 April: 0.3.
    """
    applied = used_by(facts, window.end)
    learned = sorted(name for name, (day, _) in facts.learned.items() if day <= window.end)
    return share(
        [Ref(name) for name in learned if name in applied],
        [Ref(name) for name in learned if name not in applied],
        enough,
    )


def used_by(facts: Facts, day: date) -> set[str]:
    """Return what was applied by the end of a day; a use without a date counts from today on."""
    return {use.knowledge for use in facts.uses if (use.day or facts.today) <= day}


# ---------------------------------------------------------------- problems


def time_to_solve(facts: Facts, window: Window, enough: int = ENOUGH) -> Figure:
    """Return the median time in minutes of the problems closed in the window; those still open pull it up.

    An open problem has taken at least as long as it has been open, and is counted so (Kaplan and Meier 1958): five
    solved in 1, 2, 2, 3 and 4 days: 2 days. With six more that are open since last week, more than half are unsolved,
    so that there is no median: `part` of `whole` are solved, and `value` is None while nothing is `lacking`.
    """
    solved = [case for case in facts.cases if closed_in(case, window) and case.minutes is not None]
    waiting = [case for case in facts.cases if open_at(case, window, facts.today)]
    notes, others = (tuple(ref for case in group for ref in case.places) for group in (solved, waiting))
    whole = len(solved) + len(waiting)
    if len(solved) < max(enough, 1):
        return Figure(None, len(solved), whole, notes, others, max(enough, 1) - len(solved))
    end = min(window.end, facts.today)
    took = [case.minutes for case in solved if case.minutes is not None]
    still = [float((end - case.opened).days * MINUTES_A_DAY) for case in waiting]
    return Figure(_median(took, still), len(solved), whole, notes, others)


def closed_in(case: Case, window: Window) -> bool:
    """Tell whether a problem was solved in a window."""
    return case.closed is not None and window.start <= case.closed <= window.end


def open_at(case: Case, window: Window, today: date) -> bool:
    """Tell whether a problem was open at a window's end, or is so today if the window is not over."""
    end = min(window.end, today)
    return case.opened <= end and (case.closed is None or case.closed > end)


def _median(events: Sequence[float], censored: Sequence[float]) -> float | None:
    """Return Kaplan and Meier's median: where half of all are solved; None where the data end before that.

    Half exactly, as for 1 and 3 of two: the middle, 2, as of any median.
    """
    at_risk, surviving = len(events) + len(censored), Fraction(1)
    times = Counter(events)
    rest = sorted(censored, reverse=True)
    half: float | None = None
    for time in sorted(times):
        if half is not None:
            return (half + time) / 2
        while rest and rest[-1] < time:
            rest.pop()
            at_risk -= 1
        surviving *= Fraction(at_risk - times[time], at_risk)
        at_risk -= times[time]
        if surviving < Fraction(1, 2):
            return time
        if surviving == Fraction(1, 2):
            half = time
    return half


# ---------------------------------------------------------------- projects and cadence


def success(facts: Facts, window: Window, enough: int = ENOUGH) -> Figure:
    """Return the share of the projects finished in the window that were a success: nine of ten are 0.9.

    One that does not say its outcome is no success.
    """
    done = list(finished(facts, window))
    return share(
        [Ref(goal.id) for goal in done if goal.outcome == "success"],
        [Ref(goal.id) for goal in done if goal.outcome != "success"],
        enough,
    )


def finished(facts: Facts, window: Window) -> Iterator[Goal]:
    """Yield the projects finished in a window; a scenario is a situation, and no project."""
    for goal in facts.goals.values():
        if goal.type == SCENARIO:
            continue
        if goal.status == "finished" and goal.ended is not None and window.start <= goal.ended <= window.end:
            yield goal


def hours(facts: Facts, window: Window, _enough: int = ENOUGH) -> Figure:
    """Return the hours in the logs of the window: entries of 90 and 30 minutes are 2 hours."""
    told = [entry for entry in facts.entries if within(entry.day, window) and entry.minutes is not None]
    whole = sum(entry.minutes for entry in told if entry.minutes is not None)
    return Figure(whole / 60, len(told), len(told), tuple(entry.place for entry in told))


def projects(facts: Facts, window: Window, _enough: int = ENOUGH) -> Figure:
    """Return how many projects were finished in the window."""
    return _counted([Ref(goal.id) for goal in finished(facts, window)])


def summaries(facts: Facts, window: Window, _enough: int = ENOUGH) -> Figure:
    """Return how many summaries were written in the window."""
    return _counted([ref for day, ref in facts.summaries if within(day, window)])


def _counted(notes: Sequence[Ref]) -> Figure:
    return Figure(float(len(notes)), len(notes), len(notes), tuple(notes))


def within(day: date, window: Window) -> bool:
    """Tell whether a day is in a window."""
    return window.start <= day <= window.end


def _hours_meant(targets: Targets, window: Window) -> float:
    return targets.hours_a_week * _MONTHS[window.kind] / _MONTHS["week"]


def _projects_meant(targets: Targets, window: Window) -> float:
    return targets.projects_a_month * _MONTHS[window.kind]


def _summaries_meant(targets: Targets, window: Window) -> float:
    return targets.summaries_a_quarter * _MONTHS[window.kind] / _MONTHS["quarter"]


MEASURES: tuple[Measure, ...] = (
    Measure("reuse_rate", "share", "up", reuse, others=say("measure.not-used")),
    Measure("time_to_solve", "minutes", "down", time_to_solve, others=say("measure.still-open")),
    Measure("success_rate", "share", "up", success, others=say("measure.no-success")),
    Measure("hours", "hours", "up", hours, _hours_meant),
    Measure("projects", "count", "up", projects, _projects_meant),
    Measure("summaries", "count", "up", summaries, _summaries_meant),
)
"""Every measure, in the order in which they are shown."""
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
