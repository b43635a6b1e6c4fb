"""How many orphans are there by each definition?"""

from collections.abc import Iterator

from vault_tools.insights._orphans import DEFINITIONS, eligible, orphans
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count the orphans by every definition, over the same notes."""
    notes = eligible(graph, context)
    found = orphans(graph, notes)
    for at, (name, meaning) in enumerate(DEFINITIONS.items()):
        count = len(found[name])
        share = say("figure.percent", percent=f"{100 * count / len(notes):.1f}") if notes else say("figure.none")
        row = "definitions.chosen" if name == context.orphans else "definitions.label"
        label = say(row, name=say(f"definitions.name-{name}"), id=name)
        cells = (say("common.part-of-whole", part=count, whole=len(notes)), share)
        yield Finding("definitions", Ref("", label), float(-at), (meaning,), cells=cells)


INSIGHT = Insight(
    name="definitions",
    page="Orphans",
    order=20,
    find=find,
    columns=("notes", "share"),
    ranked=False,
    counts_as="figure",
)
