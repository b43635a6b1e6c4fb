"""The uses: which knowledge was applied on which day, by a log, a goal or an experiment, and for which goals."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from vault_tools.learning.notes import GOALS, LearningNote
from vault_tools.model.learning import Entry, Goal, Use
from vault_tools.model.text import Ref


def uses_of(
    entries: Iterable[Entry], goals: Mapping[str, Goal], notes: Iterable[LearningNote], today: date
) -> tuple[Use, ...]:
    """Return the uses up to today, by day, the undated last."""
    found = [use for use in all_uses(entries, goals, notes) if use.day is None or use.day <= today]
    return tuple(sorted(found, key=lambda use: (use.day or date.max, use.place.id, use.knowledge)))


def all_uses(entries: Iterable[Entry], goals: Mapping[str, Goal], notes: Iterable[LearningNote]) -> Iterator[Use]:
    """Yield every use: those in logs, those in goals, those in experiments."""
    for entry in entries:
        yield from _uses_of(entry.applied, entry.place, entry.day, _served(entry.goals, goals))
    for goal in goals.values():
        if goal.status != "planned":  # a planned goal says what it will apply
            yield from _uses_of(goal.applies, Ref(goal.id), goal.ended or goal.started, _served((goal.id,), goals))
    for note in notes:
        if note.role == "work":
            served = _served(note.targets(*GOALS), goals)
            yield from _uses_of(note.targets("applies"), Ref(note.id), note.day(), served)


def _uses_of(names: Iterable[str], place: Ref, day: date | None, goals: tuple[str, ...]) -> Iterator[Use]:
    return (Use(name, place, day, goals) for name in names)


def _served(names: Iterable[str], goals: Mapping[str, Goal]) -> tuple[str, ...]:
    """Return goals with the scenarios that they answer."""
    served = dict.fromkeys(names)
    for name in tuple(served):
        if name in goals:
            served.update(dict.fromkeys(goals[name].answers))
    return tuple(served)
