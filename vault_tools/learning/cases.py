"""The problems in logs: when each was met, when it was solved, and how long that took."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from vault_tools.learning.windows import MINUTES_A_DAY
from vault_tools.model.learning import Case, Entry


def cases(entries: Iterable[Entry]) -> Iterator[Case]:
    """Tell the problems apart; logs that name the same thing, or say the same, speak of one until it is solved."""
    open_cases: dict[tuple[str, ...], Case] = {}
    for entry in entries:
        if not entry.problem:
            continue
        key = _key(entry)
        case = _continue(open_cases.get(key) or _begin(entry), entry)
        if _is_solved(entry):
            open_cases.pop(key, None)
            yield _close(case, entry)
        else:
            open_cases[key] = case
    yield from open_cases.values()


def _key(entry: Entry) -> tuple[str, ...]:
    """Return what a problem is told by: the notes that it names, or else its words."""
    return tuple(sorted(entry.blockers)) or (" ".join(entry.problem.casefold().split()),)


def _begin(entry: Entry) -> Case:
    return Case(entry.problem, entry.blockers, (), _day_met(entry), None, None)


def _continue(case: Case, entry: Entry) -> Case:
    return replace(case, places=(*case.places, entry.place), mode=entry.mode or case.mode)


def _is_solved(entry: Entry) -> bool:
    return entry.solved_in is not None or entry.outcome == "success"


def _close(case: Case, entry: Entry) -> Case:
    """Return a case as solved: its time is what the log says, or else the days since it was met."""
    minutes = entry.solved_in
    if minutes is None:
        minutes = (entry.day - case.opened).days * MINUTES_A_DAY or None
    return replace(case, closed=entry.day, minutes=minutes)


def _day_met(entry: Entry) -> date:
    """Return the day on which a problem was met: that of the log, less what it says that the solution took."""
    days = int((entry.solved_in or 0.0) // MINUTES_A_DAY)
    return entry.day - timedelta(days=min(days, entry.day.toordinal() - 1))
