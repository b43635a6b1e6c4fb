"""What was solved in a period: the projects finished, the problems solved, and what else was applied."""

from collections.abc import Iterator, Mapping, Sequence

from vault_tools.dialect import durations
from vault_tools.learning.projects import finished_projects
from vault_tools.learning.time_to_solve import closed_in
from vault_tools.learning.windows import within
from vault_tools.model.learning import Case, Entry, Goal, Window, WorkOutcome
from vault_tools.model.text import Ref, Say, listing, say
from vault_tools.render.periods.lists import MOST, format_problem, notes_of, render_list
from vault_tools.render.report import Report

_OUTCOMES: Mapping[WorkOutcome, Say] = {
    "success": say("region.periods.outcome-success"),
    "failure": say("region.periods.outcome-failure"),
    "partial": say("region.periods.outcome-partial"),
}


def render_solved(report: Report, window: Window) -> Iterator[str]:
    """Yield the list; what solved a problem is named with it only."""
    facts = report.learning.facts
    cases = [case for case in facts.cases if closed_in(case, window)]
    entries = [entry for entry in facts.entries if within(entry.day, window) and entry.applied]
    return render_list(
        report,
        [_format_end(goal) for goal in finished_projects(facts, window)],
        [_format_case(case, entries) for case in cases],
        [_format_use(entry) for entry in _other_entries(entries, cases)],
    )


def _other_entries(entries: Sequence[Entry], cases: Sequence[Case]) -> list[Entry]:
    """Return the entries of the log that belong to no solved problem."""
    places = {place for case in cases for place in case.places}
    return [entry for entry in entries if entry.place not in places]


def _format_end(goal: Goal) -> Say:
    outcome = _OUTCOMES.get(goal.outcome) or say("region.periods.outcome-none")
    return say("region.periods.project-finished", project=Ref(goal.id), outcome=outcome)


def _format_case(case: Case, entries: Sequence[Entry]) -> Say:
    """Say that a problem was solved, in how long, and with what: all that its logs in the period applied."""
    names = dict.fromkeys(Ref(name) for entry in entries if entry.place in case.places for name in entry.applied)
    how = _format_time(case.minutes)
    if names:
        how = say("region.periods.solved-with", solved=how, names=listing(tuple(names), MOST))
    return say("region.periods.problem-solved", problem=format_problem(case), how=how, notes=notes_of(case))


def _format_time(minutes: float | None) -> Say:
    if minutes is None:
        return say("region.periods.solved")
    return say("region.periods.solved-in-time", duration=durations.format_duration(minutes))


def _format_use(entry: Entry) -> Say:
    note, names = Ref(entry.place.id), listing(tuple(map(Ref, entry.applied)), MOST)
    if not entry.goals:
        return say("region.periods.used", note=note, names=names)
    return say("region.periods.used-for-goals", note=note, names=names, goals=tuple(map(Ref, entry.goals)))
