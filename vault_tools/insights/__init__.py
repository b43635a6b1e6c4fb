"""Questions asked of a graph, one file each: a file here with an `INSIGHT` is a section of a report.

A new one needs no other edit: `insights()` walks this folder.
"""

from importlib import import_module
from pkgutil import iter_modules

from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph


def insights() -> tuple[Insight, ...]:
    """Return every insight, in the order of the reports."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found: list[Insight] = [import_module(f"{__name__}.{name}").INSIGHT for name in names]
    return tuple(sorted(found, key=lambda insight: (insight.page, insight.order, insight.name)))


def ask(insight: Insight, graph: KnowledgeGraph, context: Context) -> tuple[Finding, ...]:
    """Return what an insight finds, the most urgent first."""
    found = insight.find(graph, context)
    return tuple(sorted(found, key=lambda finding: (-finding.weight, finding.subject.id, finding.subject.line)))
