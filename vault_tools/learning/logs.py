"""The entries of the logs: what was learned and applied on which day, and what came of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from posixpath import basename
from typing import cast

from vault_tools.learning.calendar_names import named_day
from vault_tools.learning.log_parts import LogPart, log_parts, parts_with_entries
from vault_tools.learning.log_problems import names_without_link, unclear_times
from vault_tools.learning.note_values import NoteValue
from vault_tools.learning.notes import GOALS, LearningNote
from vault_tools.learning.reader import Reader
from vault_tools.model.learning import Entry, WorkOutcome
from vault_tools.model.note import Problem
from vault_tools.model.text import Ref

_SHARED = ("mode", "date")
"""What may be said once for all entries of a log."""


def entries_of(notes: Iterable[LearningNote], today: date) -> tuple[Entry, ...]:
    """Return the entries of all logs up to today, by day."""
    found = [entry for note in notes if note.role == "log" for entry in _log_entries(note)]
    found.sort(key=lambda entry: (entry.day, entry.place.id, entry.place.line))
    return tuple(entry for entry in found if entry.day <= today)


def first_learned(entries: Iterable[Entry]) -> dict[str, tuple[date, Ref]]:
    """Return the first day on which each knowledge was learned, and where."""
    first: dict[str, tuple[date, Ref]] = {}
    for entry in entries:
        for name in entry.learned:
            first.setdefault(name, (entry.day, entry.place))
    return first


def _log_entries(log: LearningNote) -> Iterator[Entry]:
    """Yield the entries of a log: one if its properties give one, else one for each section that says something."""
    log.problems.extend(names_without_link(log))
    parts = log_parts(log)
    whole = parts[0]
    entry_parts = parts_with_entries(log, parts)
    silent = [part for part in parts if not part.is_entry]
    log.problems.extend(unclear_times(log, [*entry_parts, *silent]))
    for part in entry_parts:
        reader = log.reader_of(_values(part, whole))
        day = reader.day("date") or named_day(basename(log.id))
        if day is None:
            log.problems.append(_undated(log))
        else:
            yield _entry(log, part, whole, reader, day)


def _values(part: LogPart, whole: LogPart) -> dict[str, NoteValue]:
    """Return the values of an entry; day and mode may be said once for a whole log."""
    values = {name: whole.values[name] for name in _SHARED if name in whole.values} | part.values
    if part.solved_in is not None:
        values["solved-in"] = part.solved_in
    return values


def _undated(log: LearningNote) -> Problem:
    message, remedy = "problem.learning.log-undated", "problem.learning.log-undated-fix"
    return Problem("log-undated", 0, message, remedy, (("date", log.key("date")),))


def _entry(log: LearningNote, part: LogPart, whole: LogPart, reader: Reader, day: date) -> Entry:
    """Return the entry that a part describes; its goals may be said once for a whole log."""
    blockers, applied = part.targets("struggles-with"), part.targets("applies")
    goals = tuple(name for name in applied if log.nodes[name].role == "goal")  # applied:: [[Docker]] in [[Deploy]]
    return Entry(
        place=Ref(log.id, line=part.line),
        day=day,
        learned=part.targets("learns"),
        applied=tuple(name for name in applied if name not in goals),
        goals=(*part.targets(*GOALS), *goals) or whole.targets(*GOALS),
        sources=part.targets("learned-from"),
        minutes=_minutes(log, part),
        mode=reader.word("mode", "modes"),
        problem=reader.text("problem") or ", ".join(blockers),
        blockers=blockers,
        solved_in=reader.minutes("solved-in"),
        outcome=cast("WorkOutcome", reader.word("outcome", "outcomes")),
    )


def _minutes(log: LearningNote, part: LogPart) -> float | None:
    """Return the sum of all times in a part, in minutes; None if none can be read."""
    times = [log.reader_of({"minutes": each}).minutes("minutes") for each in part.minutes]
    readable = [minutes for minutes in times if minutes is not None]
    return sum(readable) if readable else None
