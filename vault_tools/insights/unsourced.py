"""Which knowledge names no source?"""

from collections.abc import Iterator

from vault_tools.insights._words import askers, plural, targets_of, with_role
from vault_tools.model.finding import Context, Finding, Insight, Ref
from vault_tools.model.graph import KnowledgeGraph


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find knowledge without `learned-from`; what more notes lean on comes first."""
    for node in with_role(graph, "knowledge"):
        if targets_of(graph, node.id, "learned-from"):
            continue
        count = len(askers(graph, node.id))
        why = (f"no source named, and {plural(count, 'note leads', 'notes lead')} to it",)
        yield Finding("unsourced", Ref(node.id), count / 10, why, ("add learned-from with the source",))


INSIGHT = Insight(
    name="unsourced",
    page="Gaps",
    order=80,
    title="Knowledge with no source",
    lead="Knowledge notes that do not say where they were learned from (`learned-from`).",
    find=find,
    empty="Every knowledge note names its source, or none has `type: knowledge`.",
    ranked=False,
)
