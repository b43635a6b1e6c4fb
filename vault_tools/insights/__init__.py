"""Questions about a graph, one file each: a file here with an `INSIGHT` is a section of a report.

A new one needs no other edit besides its words in the catalogue: `insights()` walks this folder.
"""

from vault_tools.families import Family
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph

_FAMILY = Family(__name__, "INSIGHT", Insight)


def insights() -> tuple[Insight, ...]:
    """Return every insight, by page and in its order there."""
    members = map(_FAMILY.member, _FAMILY.names())
    return tuple(sorted(members, key=lambda insight: (insight.page, insight.order, insight.name)))


def ask(insight: Insight, graph: KnowledgeGraph, context: Context) -> tuple[Finding, ...]:
    """Return what an insight finds, the most urgent first."""
    findings = insight.find(graph, context)
    return tuple(sorted(findings, key=lambda finding: (-finding.weight, finding.subject.id, finding.subject.line)))
