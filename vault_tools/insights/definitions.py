"""How many orphans are there by each definition?"""

from collections import Counter
from collections.abc import Iterator

from vault_tools.insights._orphans import DEFINITIONS, eligible, islanders, orphaned
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count the orphans by every definition, over the same notes."""
    notes, away = eligible(graph, context), islanders(graph)
    counts = Counter(name for node in notes for name in orphaned(graph, node.id, away))
    for at, (name, meaning) in enumerate(DEFINITIONS.items()):
        share = f"{100 * counts[name] / len(notes):.1f} %" if notes else "–"
        label = say("{definition} (chosen)", definition=name) if name == context.orphans else name
        cells = (say("{part} of {whole}", part=counts[name], whole=len(notes)), share)
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
