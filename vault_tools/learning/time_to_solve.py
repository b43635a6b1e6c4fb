"""The measure of problems: how long it took to solve one, those still open included."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from vault_tools.learning.windows import MINUTES_A_DAY, within
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Case, Facts, Measurement, Window
from vault_tools.model.text import Ref


def time_to_solve(facts: Facts, window: Window, enough: int = ENOUGH) -> Measurement:
    """Return the median time in minutes of the problems closed in the window; those still open pull it up.

    An open problem has taken at least as long as it has been open, and is counted so (Kaplan and Meier 1958): five
    solved in 1, 2, 2, 3 and 4 days: 2 days. With six more that are open since last week, more than half are unsolved,
    so that there is no median: `part` of `whole` are solved, and `value` is None while nothing is `lacking`.
    """
    solved = [case for case in facts.cases if closed_in(case, window) and case.minutes is not None]
    waiting = [case for case in facts.cases if open_at(case, window, facts.today)]
    lacking = max(0, max(enough, 1) - len(solved))
    median = None if lacking else _median_time(solved, waiting, _end(window, facts.today))
    whole = len(solved) + len(waiting)
    return Measurement(median, len(solved), whole, _places(solved), _places(waiting), lacking)


def closed_in(case: Case, window: Window) -> bool:
    """Tell whether a problem was solved in a window."""
    return case.closed is not None and within(case.closed, window)


def open_at(case: Case, window: Window, today: date) -> bool:
    """Tell whether a problem was open at a window's end, or is so today if the window is not over."""
    end = _end(window, today)
    return case.opened <= end and (case.closed is None or case.closed > end)


def _end(window: Window, today: date) -> date:
    return min(window.end, today)


def _places(cases: Iterable[Case]) -> tuple[Ref, ...]:
    return tuple(place for case in cases for place in case.places)


def _median_time(solved: Iterable[Case], waiting: Iterable[Case], end: date) -> float | None:
    times = [case.minutes for case in solved if case.minutes is not None]
    open_times = [float((end - case.opened).days * MINUTES_A_DAY) for case in waiting]
    return _median(times, open_times)


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
