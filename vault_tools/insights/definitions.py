"""How many orphans are there by each definition?"""

from collections.abc import Iterator

from vault_tools.graph.unconnected import eligible, orphans
from vault_tools.model.defaults import OrphanDefinition
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, Say, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count the orphans by every definition, over the same notes."""
    notes = eligible(graph, context.exempt)
    for place, (definition, nodes) in enumerate(orphans(graph, notes).items()):
        label = _label(definition, is_chosen=definition == context.orphans)
        meaning = say(f"orphans.why-{definition}")
        cells = _cells(len(nodes), len(notes))
        yield Finding("definitions", Ref("", label), float(-place), (meaning,), cells=cells)


def _label(definition: OrphanDefinition, *, is_chosen: bool) -> Say:
    row = "definitions.chosen" if is_chosen else "definitions.label"
    return say(row, name=say(f"definitions.name-{definition}"), id=definition)


def _cells(count: int, whole: int) -> tuple[Say, Say]:
    """Return how many of the notes are orphans, as a number and as a share."""
    share = say("figure.percent", percent=f"{100 * count / whole:.1f}") if whole else say("figure.none")
    return say("common.part-of-whole", part=count, whole=whole), share


INSIGHT = Insight(
    name="definitions",
    page="Orphans",
    order=20,
    find=find,
    columns=("notes", "share"),
    counts_as="figure",
    ranked=False,
)
