"""Which way of learning works?"""

from collections.abc import Iterator
from dataclasses import replace

from vault_tools.learning.measures import BY_NAME
from vault_tools.learning.windows import EVER
from vault_tools.learning.wording import format_measurement
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts, Measurement
from vault_tools.model.text import Ref, Term

_COMPARED = ("success_rate", "time_to_solve", "hours")


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each mode: success of its projects, time to solve of its logs, hours; the most successful first."""
    learning = context.learning
    for mode in _modes(learning.facts):
        facts = _of_mode(learning.facts, mode)
        measurements = {name: BY_NAME[name].reckon(facts, EVER, learning.enough) for name in _COMPARED}
        cells = tuple(format_measurement(BY_NAME[name], measurement) for name, measurement in measurements.items())
        success = measurements["success_rate"]
        evidence = (*success.notes, *success.others)
        yield Finding("modes", Ref("", Term("mode", mode)), _weight(success), (), (), evidence, cells)


def _modes(facts: Facts) -> list[str]:
    """Return the ways of learning that logs and goals name."""
    modes = {entry.mode for entry in facts.entries} | {goal.mode for goal in facts.goals.values()}
    return sorted(modes - {""})


def _of_mode(facts: Facts, mode: str) -> Facts:
    """Return only the facts of one way of learning."""
    return replace(
        facts,
        entries=tuple(entry for entry in facts.entries if entry.mode == mode),
        goals={name: goal for name, goal in facts.goals.items() if goal.mode == mode},
        cases=tuple(case for case in facts.cases if case.mode == mode),
    )


def _weight(success: Measurement) -> float:
    """Rank by the rate of success; those with too few projects come last, by how many were a success."""
    return success.value if success.value is not None else -1.0 + success.part / (1 + success.whole)


INSIGHT = Insight(
    name="modes",
    page="Learning",
    order=80,
    find=find,
    columns=("success", "time-to-solve", "hours"),
    ranked=False,
    counts_as="figure",
)
