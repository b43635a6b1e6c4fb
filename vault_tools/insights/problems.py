"""Which problems are open, and since when?"""

from collections.abc import Iterator

from vault_tools.insights._learning import joined
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, count, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the problems that no log solves, the oldest first."""
    facts = context.learning.facts
    for case in facts.cases:
        if case.closed is None:
            days = (facts.today - case.opened).days
            subject = Ref(case.about[0]) if case.about else Ref("", case.name)
            since = count(
                "open for a day, since {day}", "open for {n} days, since {day}", days, day=case.opened.isoformat()
            )
            often = count("one log tells of it", "{n} logs tell of it", len(case.places))
            step = (say("learn what is in the way, or write down in how long it was solved"),)
            yield Finding("problems", subject, float(days), joined([since, often]), step, case.places)


INSIGHT = Insight(
    name="problems",
    page="Learning",
    order=40,
    title="Open problems",
    lead="Problems that a log names and none has solved; in the time to solve they count with the time so far.",
    find=find,
    empty="No problem is open.",
    ranked=False,
    counted=False,
)
