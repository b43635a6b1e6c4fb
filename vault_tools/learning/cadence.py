"""The measures of cadence: hours, projects and summaries of a period, and how many of each the user means to reach."""

from collections.abc import Sequence

from vault_tools.learning.projects import finished_projects
from vault_tools.learning.windows import within
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Facts, Measurement, Targets, Window
from vault_tools.model.text import Ref

_MONTHS = {"week": 84 / 365.25, "month": 1.0, "quarter": 3.0, "year": 12.0}
"""How many months a window of each kind has in the mean; a week is 7 days of the 365.25 of a year."""


def hours(facts: Facts, window: Window, _enough: int = ENOUGH) -> Measurement:
    """Return the hours in the logs of the window: entries of 90 and 30 minutes are 2 hours."""
    timed = [
        (entry.minutes, entry.place)
        for entry in facts.entries
        if entry.minutes is not None and within(entry.day, window)
    ]
    minutes = sum(spent for spent, _ in timed)
    return Measurement(minutes / 60, len(timed), len(timed), tuple(place for _, place in timed))


def projects(facts: Facts, window: Window, _enough: int = ENOUGH) -> Measurement:
    """Return how many projects were finished in the window."""
    return _count([Ref(goal.id) for goal in finished_projects(facts, window)])


def summaries(facts: Facts, window: Window, _enough: int = ENOUGH) -> Measurement:
    """Return how many summaries were written in the window."""
    return _count([ref for day, ref in facts.summaries if within(day, window)])


def _count(notes: Sequence[Ref]) -> Measurement:
    return Measurement(float(len(notes)), len(notes), len(notes), tuple(notes))


def target_hours(targets: Targets, window: Window) -> float:
    """Return how many hours of deep work the user means to do in a window."""
    return targets.hours_a_week * _MONTHS[window.kind] / _MONTHS["week"]


def target_projects(targets: Targets, window: Window) -> float:
    """Return how many projects the user means to finish in a window."""
    return targets.projects_a_month * _MONTHS[window.kind]


def target_summaries(targets: Targets, window: Window) -> float:
    """Return how many summaries the user means to write in a window."""
    return targets.summaries_a_quarter * _MONTHS[window.kind] / _MONTHS["quarter"]
