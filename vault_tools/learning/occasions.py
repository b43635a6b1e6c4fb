"""Reuse of one piece of knowledge: of the occasions that needed it, how many used it."""

from collections.abc import Iterable, Mapping

from vault_tools.learning.shares import share_of_nodes
from vault_tools.learning.windows import within
from vault_tools.model.learning import Facts, Goal, Measurement, Use, Window


def occasions(facts: Facts, window: Window | None = None, enough: int = 1) -> dict[str, Measurement]:
    """Return, for everything that was needed or used in a window (None: ever), used occasions ÷ all occasions.

    An occasion is a scenario or project that requires the knowledge and was going on then, or anything that applied it:
    the goals that a log or experiment served, or itself where it served none. Three projects require it, two of them
    and a log without a project applied it: 3 of 4.
    """
    asking = _asking(facts.goals.values(), window)
    using = _using(facts.uses, asking, window)
    return {
        name: _share(using.get(name, set()), asking.get(name, set()), enough)
        for name in sorted(asking.keys() | using.keys())
    }


def _asking(goals: Iterable[Goal], window: Window | None) -> dict[str, set[str]]:
    """Return the goals that required each thing in a window."""
    asking: dict[str, set[str]] = {}
    for goal in goals:
        if _went_on(goal, window):
            for name in goal.requires:
                asking.setdefault(name, set()).add(goal.id)
    return asking


def _went_on(goal: Goal, window: Window | None) -> bool:
    """Tell whether a goal was being worked at in a window; one that is only planned asks for nothing yet."""
    if goal.status == "planned":
        return False
    if window is None:
        return True
    if goal.started is not None and goal.started > window.end:
        return False
    return goal.ended >= window.start if goal.ended is not None else goal.status == "active"


def _using(uses: Iterable[Use], asking: Mapping[str, set[str]], window: Window | None) -> dict[str, set[str]]:
    """Return the occasions that used each thing in a window."""
    using: dict[str, set[str]] = {}
    for use in uses:
        if _is_in(use, window):
            served = asking.get(use.knowledge, set()).intersection(use.goals)
            using.setdefault(use.knowledge, set()).update(served or use.goals[:1] or (use.place.id,))
    return using


def _is_in(use: Use, window: Window | None) -> bool:
    if window is None:
        return True
    return use.day is not None and within(use.day, window)


def _share(using: set[str], asking: set[str], enough: int) -> Measurement:
    return share_of_nodes(sorted(using), sorted(asking - using), enough)
