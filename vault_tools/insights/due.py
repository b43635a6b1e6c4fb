"""Which reflection is due?"""

from collections.abc import Iterator

from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import period_of
from vault_tools.learning.windows import before, containing, within
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning, Window
from vault_tools.model.text import Ref, say

STEP = say("due.step-write")


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Propose the reflection of the last week whose day for it has come, from that day on, if something is in it."""
    week = last_due(context.learning)
    logs = {entry.place for entry in context.learning.facts.entries if within(entry.day, week)}
    if logs and not _is_written(graph, week):
        why = say("due.why-unwritten", n=len(logs))
        evidence = tuple(sorted(logs, key=lambda place: place.id))
        yield Finding("due", Ref("", say("due.reflection", period=week.name)), 1.0, (why,), (STEP,), evidence)


def last_due(learning: Learning) -> Window:
    """Return the last week whose day of reflection is today or has gone by."""
    today = learning.facts.today
    this = containing("week", today)
    is_due = today.weekday() >= learning.targets.reflection_day
    return this if is_due else before(this)


def _is_written(graph: KnowledgeGraph, week: Window) -> bool:
    lexicon = Lexicon(graph.vocabulary)
    reflections = (node.note for node in graph.nodes.values() if node.role == "reflection" and node.note)
    return any(period_of("week", note, lexicon) == week for note in reflections)


INSIGHT = Insight(
    name="due",
    page="Learning",
    order=15,
    find=find,
    ranked=False,
    counts_as="figure",
)
