"""Which notes stand alone?"""

from collections.abc import Iterator

from vault_tools.insights._orphans import after, before, eligible, islanders, orphaned
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the notes that are orphans by the chosen definition, the longest first."""
    away = islanders(graph)
    for node in eligible(graph, context):
        if context.orphans not in orphaned(graph, node.id, away):
            continue
        words = node.note.words if node.note else 0
        links = len(set(before(graph, node.id))), len(set(after(graph, node.id)))
        step = say("link it from a note where it belongs") if words else say("it is empty: write it, or delete it")
        yield Finding("orphans", Ref(node.id), float(words), (), (step,), (), tuple(map(str, (words, *links))))


INSIGHT = Insight(
    name="orphans",
    page="Orphans",
    order=10,
    title="Orphans",
    lead="By the definition chosen in the settings; templates, logs, reflections and index notes are not expected "
    "to be linked. The longest come first: they have most to give.",
    find=find,
    columns=("Words", "Links in", "Links out"),
    empty="No note stands alone.",
    ranked=False,
)
