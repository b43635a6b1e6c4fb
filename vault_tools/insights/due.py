"""Which reflection is due?"""

from collections.abc import Iterator

from vault_tools.learning.measures import within
from vault_tools.learning.values import Lexicon, period_of
from vault_tools.learning.windows import before, containing
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning, Window
from vault_tools.model.text import Ref, count, say

STEP = say("write it: `vault-tools new weekly`")


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Propose the reflection of the last week whose day for it has come, from that day on, if something is in it."""
    learning = context.learning
    week = last_due(learning)
    entries = [entry for entry in learning.facts.entries if within(entry.day, week)]
    if not entries or _is_written(graph, week):
        return
    days = sorted({entry.place for entry in entries}, key=lambda place: place.id)
    why = count("not written yet, and {n} log tells of it", "not written yet, and {n} logs tell of it", len(days))
    yield Finding(
        "due", Ref("", say("the reflection of {period}", period=week.name)), 1.0, (why,), (STEP,), tuple(days)
    )


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
    title="Due",
    lead="The reflection of the week, from its day on (`[learning] reflection_day`, Sunday if you do not say).",
    find=find,
    empty="No reflection is due.",
    ranked=False,
    counted=False,
)
