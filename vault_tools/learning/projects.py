"""The measures of projects: how many were finished in a period, and how many of these were a success."""

from collections.abc import Iterator

from vault_tools.learning.goals import is_finished_project
from vault_tools.learning.shares import share_of_nodes
from vault_tools.learning.windows import within
from vault_tools.model.defaults import ENOUGH
from vault_tools.model.learning import Facts, Goal, Measurement, Window


def success_rate(facts: Facts, window: Window, enough: int = ENOUGH) -> Measurement:
    """Return the share of the projects finished in the window that were a success: nine of ten are 0.9.

    One that does not say its outcome is no success.
    """
    projects = list(finished_projects(facts, window))
    successes = [goal.id for goal in projects if goal.outcome == "success"]
    others = [goal.id for goal in projects if goal.outcome != "success"]
    return share_of_nodes(successes, others, enough)


def finished_projects(facts: Facts, window: Window) -> Iterator[Goal]:
    """Yield the projects finished in a window; a scenario is a situation, and no project."""
    for goal in facts.goals.values():
        if is_finished_project(goal) and goal.ended is not None and within(goal.ended, window):
            yield goal
