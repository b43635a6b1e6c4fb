"""Which problems are open, and since when?"""

from collections.abc import Iterator

from vault_tools.insights._reasons import join_sentences
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Case
from vault_tools.model.text import Ref, Say, say


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the problems that no log solves, the oldest first."""
    facts = context.learning.facts
    for case in facts.cases:
        if case.closed is None:
            days = (facts.today - case.opened).days
            why = join_sentences([_since(days, case.opened.isoformat()), say("problems.why-logs", n=len(case.places))])
            step = (say("problems.step-solve"),)
            yield Finding("problems", _subject(case), float(days), why, step, case.places)


def _subject(case: Case) -> Ref:
    """Return the first note that a problem names, or else its own words."""
    return Ref(case.about[0]) if case.about else Ref("", case.name)


def _since(days: int, day: str) -> Say:
    return say("problems.why-open-since", n=days, day=day) if days else say("problems.why-open-today")


INSIGHT = Insight(
    name="problems",
    page="Learning",
    order=40,
    find=find,
    ranked=False,
    counts_as="figure",
)
