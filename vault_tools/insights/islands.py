"""Which groups of notes are connected with each other, but not with the rest?"""

from collections.abc import Iterator

from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, listed, say

SHOWN = 8


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find every group of two or more notes beside the largest; the larger groups come first."""
    for part in graph.parts[1:]:
        roles = {graph.nodes[name].role for name in part}
        if len(part) < 2 or roles <= set(context.exempt):  # noqa: PLR2004
            continue
        others = listed([Ref(name) for name in part[1:]], SHOWN - 1)
        why = say("islands.why-group", n=len(part), others=others)
        yield Finding("islands", Ref(part[0]), float(len(part)), (why,), (say("islands.step-link"),))


INSIGHT = Insight(
    name="islands",
    page="Orphans",
    order=30,
    find=find,
    counts_as="fault",
    ranked=False,
)
