"""Which groups of notes are connected with each other, but not with the rest?"""

from collections.abc import Iterable, Iterator

from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, listing, say

SHOWN = 8


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find every group of two or more notes beside the largest; the larger groups come first."""
    for part in graph.parts[1:]:
        if len(part) > 1 and not _is_exempt(graph, part, context):
            others = listing([Ref(name) for name in part[1:]], SHOWN - 1)
            why = say("islands.why-group", n=len(part), others=others)
            yield Finding("islands", Ref(part[0]), float(len(part)), (why,), (say("islands.step-link"),))


def _is_exempt(graph: KnowledgeGraph, names: Iterable[str], context: Context) -> bool:
    """Tell whether all notes of a group have a role that never counts as an orphan."""
    return {graph.nodes[name].role for name in names} <= set(context.exempt)


INSIGHT = Insight(
    name="islands",
    page="Orphans",
    order=30,
    find=find,
    counts_as="fault",
    ranked=False,
)
