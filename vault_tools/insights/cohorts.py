"""Of what was learned in each month, how much was used since, and how soon?"""

from collections.abc import Iterator
from statistics import median

from vault_tools.dialect import durations
from vault_tools.learning.facts import MINUTES_A_DAY
from vault_tools.learning.measures import share, used_by
from vault_tools.learning.said import ratio
from vault_tools.learning.windows import containing
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts, Learning
from vault_tools.model.text import Ref, Say, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each month's learning: what of it was applied by today, and the median time until the first use."""
    learning = context.learning
    months: dict[str, list[str]] = {}
    for name, (day, _) in learning.facts.learned.items():
        months.setdefault(containing("month", day).name, []).append(name)
    first, applied = _first_uses(learning.facts), used_by(learning.facts, learning.facts.today)
    for at, (month, names) in enumerate(sorted(months.items())):
        used = [name for name in names if name in applied]
        figure = share(_refs(used), _refs(set(names).difference(used)), learning.enough)
        cells = (ratio(figure), _soon(learning, used, first))
        yield Finding("cohorts", Ref("", month), float(at), (), (), (*figure.notes, *figure.others), cells)


def _refs(names: set[str] | list[str]) -> list[Ref]:
    return [Ref(name) for name in sorted(names)]


def _first_uses(facts: Facts) -> dict[str, int]:
    """Return after how many days each thing learned was first applied; what was used before it was learned: 0."""
    found: dict[str, int] = {}
    for use in facts.uses:
        learned = facts.learned.get(use.knowledge)
        if learned is not None and use.day is not None:
            days = max(0, (use.day - learned[0]).days)
            found[use.knowledge] = min(days, found.get(use.knowledge, days))
    return found


def _soon(learning: Learning, used: list[str], first: dict[str, int]) -> str | Say:
    dated = [first[name] for name in used if name in first]
    if len(dated) < learning.enough:
        return say("common.not-enough")
    days = median(dated)
    return durations.said(days * MINUTES_A_DAY) if days else say("cohorts.same-day")


INSIGHT = Insight(
    name="cohorts",
    page="Learning",
    order=60,
    find=find,
    columns=("used", "delay"),
    ranked=False,
    counts_as="figure",
)
