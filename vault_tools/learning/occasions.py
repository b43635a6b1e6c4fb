"""Reuse of one piece of knowledge: of the occasions that needed it, how many used it."""

from collections.abc import Iterable, Mapping

from vault_tools.learning.measures import share
from vault_tools.model.learning import Facts, Figure, Goal, Use, Window
from vault_tools.model.text import Ref


def occasions(facts: Facts, window: Window | None = None, enough: int = 1) -> dict[str, Figure]:
    """Return, for everything that was needed or used in a window (None: ever), used occasions ÷ all occasions.

    An occasion is a scenario or project that requires the knowledge and was going on then, or anything that applied it:
    the goals that a log or experiment served, or itself where it served none. Three projects require it, two of them
    and a log without a project applied it: 3 of 4.
    """
    asked: dict[str, set[str]] = {}
    for goal in facts.goals.values():
        if _went_on(goal, window):
            for name in goal.requires:
                asked.setdefault(name, set()).add(goal.id)
    used = _used(facts.uses, asked, window)
    names = sorted(asked.keys() | used.keys())
    return {name: _figure(used.get(name, set()), asked.get(name, set()), enough) for name in names}


def _went_on(goal: Goal, window: Window | None) -> bool:
    """Tell whether a goal was being worked at in a window; one that is only planned asks for nothing yet."""
    if goal.status == "planned":
        return False
    if window is None:
        return True
    if goal.started is not None and goal.started > window.end:
        return False
    return goal.ended >= window.start if goal.ended is not None else goal.status == "active"


def _used(uses: Iterable[Use], asked: Mapping[str, set[str]], window: Window | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for use in uses:
        if window is not None and (use.day is None or not window.start <= use.day <= window.end):
            continue
        asking = asked.get(use.knowledge, set()).intersection(use.goals)
        found.setdefault(use.knowledge, set()).update(asking or use.goals[:1] or (use.place.id,))
    return found


def _figure(used: set[str], asked: set[str], enough: int) -> Figure:
    return share([Ref(name) for name in sorted(used)], [Ref(name) for name in sorted(asked - used)], enough)
