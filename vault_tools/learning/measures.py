"""The measures of learning: facts and a window -> a measurement with the notes behind it.

Each is a row of MEASURES; reports, `stats`, alerts and trends need no other edit for a new one. None is given for
an empty or a tiny denominator: `Measurement.lacking` says how many more it takes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from vault_tools.learning.cadence import hours, projects, summaries, target_hours, target_projects, target_summaries
from vault_tools.learning.projects import success_rate
from vault_tools.learning.reuse_rate import reuse_rate
from vault_tools.learning.time_to_solve import time_to_solve
from vault_tools.model.learning import Facts, Measurement, Targets, Unit, Window
from vault_tools.model.text import Say, say

_OTHERS = say("measure.not-counted")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name for settings and programs, its unit, whether more is better, and how to compute it.

    `others` says what the notes are that count against it.
    """

    name: str
    unit: Unit
    better: Literal["up", "down"]
    reckon: Callable[[Facts, Window, int], Measurement]
    target: Callable[[Targets, Window], float] | None = None
    others: Say = _OTHERS

    @property
    def title(self) -> Say:
        """How readers call it: a row of the catalogue."""
        return say(f"measure.{self.name.replace('_', '-')}")

    @property
    def is_rate(self) -> bool:
        """Tell whether it is a share or a median, which a few cases do not make."""
        return self.unit in {"share", "minutes"}


MEASURES: tuple[Measure, ...] = (
    Measure("reuse_rate", "share", "up", reuse_rate, others=say("measure.not-used")),
    Measure("time_to_solve", "minutes", "down", time_to_solve, others=say("measure.still-open")),
    Measure("success_rate", "share", "up", success_rate, others=say("measure.no-success")),
    Measure("hours", "hours", "up", hours, target_hours),
    Measure("projects", "count", "up", projects, target_projects),
    Measure("summaries", "count", "up", summaries, target_summaries),
)
"""Every measure, in the order in which they are shown."""
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
