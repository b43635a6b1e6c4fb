"""Which way of learning works?"""

from collections.abc import Iterator
from dataclasses import replace

from vault_tools.learning.measures import BY_NAME
from vault_tools.learning.said import told
from vault_tools.learning.windows import EVER
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts
from vault_tools.model.text import Ref, Term

_COMPARED = ("success_rate", "time_to_solve", "hours")


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each mode: success of its projects, time to solve of its logs, hours; the most successful first."""
    learning = context.learning
    modes = {entry.mode for entry in learning.facts.entries} | {goal.mode for goal in learning.facts.goals.values()}
    for mode in sorted(modes - {""}):
        alone = _of_mode(learning.facts, mode)
        figures = {name: BY_NAME[name].reckon(alone, EVER, learning.enough) for name in _COMPARED}
        success = figures["success_rate"]
        cells = tuple(told(BY_NAME[name], figure) for name, figure in figures.items())
        weight = success.value if success.value is not None else -1.0 + success.part / (1 + success.whole)
        yield Finding("modes", Ref("", Term("mode", mode)), weight, (), (), (*success.notes, *success.others), cells)


def _of_mode(facts: Facts, mode: str) -> Facts:
    entries = tuple(entry for entry in facts.entries if entry.mode == mode)
    goals = {name: goal for name, goal in facts.goals.items() if goal.mode == mode}
    cases = tuple(case for case in facts.cases if case.mode == mode)
    return replace(facts, entries=entries, goals=goals, cases=cases)


INSIGHT = Insight(
    name="modes",
    page="Learning",
    order=80,
    find=find,
    columns=("success", "time-to-solve", "hours"),
    ranked=False,
    counts_as="figure",
)
