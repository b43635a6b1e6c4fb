"""How many orphans are there by each definition?"""

from collections.abc import Iterator

from vault_tools.insights._orphans import DEFINITIONS, eligible, orphans
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count the orphans by every definition, over the same notes."""
    whole = len(eligible(graph, context))
    for at, (name, meaning) in enumerate(DEFINITIONS.items()):
        count = len(orphans(graph, context, name))
        share = f"{100 * count / whole:.1f} %" if whole else "–"
        label = say("{definition} (chosen)", definition=name) if name == context.orphans else name
        cells = (say("{part} of {whole}", part=count, whole=whole), share)
        yield Finding("definitions", Ref("", label), float(-at), (meaning,), cells=cells)


INSIGHT = Insight(
    name="definitions",
    page="Orphans",
    order=20,
    title="By every definition",
    lead="Choose with `[orphans] definition` in `vault-tools.toml`, or `--orphans` on the command line.",
    find=find,
    columns=("Notes", "Share"),
    ranked=False,
    counted=False,
)
