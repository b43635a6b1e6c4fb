"""Of what was learned in each month, how much was used since, and how soon?"""

from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from vault_tools.dialect import durations
from vault_tools.learning.reuse_rate import knowledge_used_by
from vault_tools.learning.shares import share_of_nodes
from vault_tools.learning.windows import MINUTES_A_DAY, containing
from vault_tools.learning.wording import format_share
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts, Learning
from vault_tools.model.text import Ref, Say, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each month's learning: what of it was applied by today, and the median time until the first use."""
    learning = context.learning
    delays, applied = _delays(learning.facts), knowledge_used_by(learning.facts, learning.facts.today)
    for at, (month, names) in enumerate(sorted(_months(learning.facts).items())):
        used = [name for name in names if name in applied]
        share = share_of_nodes(sorted(used), sorted(set(names).difference(used)), learning.enough)
        cells = (format_share(share), _typical_delay(learning, used, delays))
        yield Finding("cohorts", Ref("", month), float(at), (), (), (*share.notes, *share.others), cells)


def _months(facts: Facts) -> dict[str, list[str]]:
    """Return what was learned, by the month in which it was first learned."""
    months: dict[str, list[str]] = {}
    for name, (day, _) in facts.learned.items():
        months.setdefault(containing("month", day).name, []).append(name)
    return months


def _delays(facts: Facts) -> dict[str, int]:
    """Return after how many days each thing learned was first applied; what was used before it was learned: 0."""
    delays: dict[str, int] = {}
    for use in facts.uses:
        learned = facts.learned.get(use.knowledge)
        if learned is not None and use.day is not None:
            days = max(0, (use.day - learned[0]).days)
            delays[use.knowledge] = min(days, delays.get(use.knowledge, days))
    return delays


def _typical_delay(learning: Learning, used: Iterable[str], delays: Mapping[str, int]) -> str | Say:
    """Say the median delay of what was used, if enough of it is dated."""
    dated = [delays[name] for name in used if name in delays]
    if len(dated) < learning.enough:
        return say("common.not-enough")
    days = median(dated)
    return durations.format_duration(days * MINUTES_A_DAY) if days else say("cohorts.same-day")


INSIGHT = Insight(
    name="cohorts",
    page="Learning",
    order=60,
    find=find,
    columns=("used", "delay"),
    ranked=False,
    counts_as="figure",
)
