"""The goals: scenarios and projects, with their status as of a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from vault_tools.learning.note_values import NoteValue, message_values
from vault_tools.learning.notes import LearningNote
from vault_tools.model.learning import Goal, Status, WorkOutcome
from vault_tools.model.note import Problem
from vault_tools.model.text import Term

OPEN = frozenset({"active", "planned"})
"""The statuses of a goal that still wants something."""
CLOSED = frozenset({"finished", "dropped"})
"""The statuses of a goal that has an end."""
SCENARIO = "scenario"
"""The type of the goals that are a situation; every other goal is a project, which ends and has an outcome."""


def goals_of(notes: Iterable[LearningNote], today: date) -> dict[str, Goal]:
    """Return the goals by node id, and note what keeps finished projects out of the figures."""
    goal_notes = [note for note in notes if note.role == "goal"]
    found = {note.id: _goal(note, today) for note in goal_notes}
    finished = [note for note in goal_notes if is_finished_project(found[note.id])]
    if any(_is_measured(found[note.id]) for note in finished):
        for note in finished:
            note.problems.extend(_lacks(note, found[note.id]))
    return found


def proofs_of(notes: Iterable[LearningNote]) -> dict[str, str]:
    """Return how goals are verified, where they say so."""
    texts = ((note.id, note.reader.text("verify")) for note in notes if note.role == "goal")
    return {name: text for name, text in texts if text}


def _goal(note: LearningNote, today: date) -> Goal:
    reader = note.reader
    started, ended = reader.day("started"), reader.day("finished")
    status = _status(note, today, started, ended)
    outcome = cast("WorkOutcome", reader.word("outcome", "outcomes"))
    return Goal(
        id=note.id,
        type=note.node.type,
        status=status,
        requires=note.targets("requires"),
        applies=note.targets("applies"),
        answers=note.targets("answers"),
        mode=reader.word("mode", "modes"),
        outcome=outcome,
        started=started,
        ended=ended if status in CLOSED and _is_past(ended, today) else None,
    )


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _is_future(day: date | None, today: date) -> bool:
    return day is not None and day > today


def _status(note: LearningNote, today: date, started: date | None, ended: date | None) -> Status:
    """Return the status of a goal as of today; what it says last counts: the day on which it was finished."""
    value = note.reader.values.get("status")
    status = _read_status(note, value) if value is not None else "active"
    if status in OPEN and _is_past(ended, today):
        if value is not None:
            note.problems.append(_contradicted(value))
        return "finished"
    if status == "finished" and _is_future(ended, today):
        return "active"  # on that day it was not finished yet
    return "planned" if status == "active" and _is_future(started, today) else status


def _read_status(note: LearningNote, value: NoteValue) -> Status:
    first = value.value[0] if isinstance(value.value, list) and value.value else value.value
    status = note.lexicon.read("statuses", first)
    if status is None:
        note.problems.append(_unknown_status(note, value))
    return cast("Status", status or "active")


def _unknown_status(note: LearningNote, value: NoteValue) -> Problem:
    message, remedy = "problem.learning.status-unknown", "problem.learning.fix-word-unknown"
    words = ("known", note.lexicon.terms("statuses"))
    return Problem("status-unknown", value.line, message, remedy, (*message_values(value), words))


def _contradicted(value: NoteValue) -> Problem:
    message, remedy = "problem.learning.status-contradicted", "problem.learning.status-contradicted-fix"
    finished = ("finished", Term("status", "finished"))
    return Problem("status-contradicted", value.line, message, remedy, (*message_values(value), finished))


def is_finished_project(goal: Goal) -> bool:
    """Tell whether a goal is a project, and finished."""
    return goal.status == "finished" and goal.type != SCENARIO


def _is_measured(project: Goal) -> bool:
    """Tell whether a finished project is in the figures: it has an end and an outcome."""
    return project.ended is not None and project.outcome != ""


def _lacks(note: LearningNote, project: Goal) -> Iterator[Problem]:
    """Yield what keeps a finished project out of the figures, in a vault where others are in them."""
    if not project.outcome:
        yield _no_outcome(note)
    if project.ended is None:
        yield _no_end(note)


def _no_outcome(note: LearningNote) -> Problem:
    ends = [(name, Term("outcome", name)) for name in ("success", "failure", "partial")]
    message, remedy = "problem.learning.outcome-missing", "problem.learning.outcome-missing-fix"
    return Problem("project-without-outcome", 0, message, remedy, (("outcome", note.key("outcome")), *ends))


def _no_end(note: LearningNote) -> Problem:
    message, remedy = "problem.learning.project-undated", "problem.learning.project-undated-fix"
    return Problem("project-undated", 0, message, remedy, (("finished", note.key("finished")),))
