"""Which groups of notes hang together, but not with the rest?"""

from collections.abc import Iterator

from vault_tools.graph.measure import parts
from vault_tools.insights._words import plural
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref

SHOWN = 8


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find every group of two or more notes beside the largest; the larger groups come first."""
    for part in parts(graph)[1:]:
        roles = {graph.nodes[name].role for name in part}
        if len(part) < 2 or roles <= set(context.exempt):  # noqa: PLR2004
            continue
        why: list[str | Ref] = [f"{plural(len(part), 'note')}, with "]
        for at, name in enumerate(part[1:SHOWN]):
            why += [", " if at else "", Ref(name)]
        if len(part) > SHOWN:
            why.append(f" and {len(part) - SHOWN} more")
        yield Finding("islands", Ref(part[0]), float(len(part)), tuple(why), ("link one of them to the rest",))


INSIGHT = Insight(
    name="islands",
    page="Orphans",
    order=30,
    title="Islands",
    lead="Groups of notes that link to one another, and not to the largest group.",
    find=find,
    empty="All linked notes hang together.",
    ranked=False,
)
