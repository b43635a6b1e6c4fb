"""What a vault holds: how many notes of each type, and how many relations of each kind."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Term, say
from vault_tools.render.markdown import Linker, table
from vault_tools.render.report import Report

SLICES = 12
"""How many types the picture shows; the others are one slice."""
_T = TypeVar("_T")


def render_inventory(report: Report) -> Iterable[str]:
    """Yield a picture and a table of the types, and a table of the relations."""
    graph, link = report.graph, report.linker
    types = Counter(node.type for node in graph.nodes.values() if node.kind == "note")
    yield f"## {link.own('overview.inventory-title')}"
    if len(types) > 1:
        yield _pie(types, link)
    yield _types(types, link)
    if graph.edges:
        yield _relations(graph, link)


def _types(types: Counter[str], link: Linker) -> str:
    rows = [(link.text((Term("type", name),)), str(count)) for name, count in _ranked(types)]
    return table(link.heads("overview.column-type", "overview.column-notes"), rows)


def _relations(graph: KnowledgeGraph, link: Linker) -> str:
    counts = Counter((edge.namespace, edge.relation) for edge in graph.edges)
    rows = [
        (link.text((Term("relation", name),)), link.own(f"overview.layer-{namespace}"), str(count))
        for (namespace, name), count in _ranked(counts)
    ]
    return table(link.heads("overview.column-relation", "overview.column-layer", "overview.column-count"), rows)


def _ranked(counts: Counter[_T]) -> list[tuple[_T, int]]:
    """Return what was counted, the most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _pie(types: Counter[str], link: Linker) -> str:
    """Draw the types in Mermaid."""
    rows = _ranked(types)
    slices = [(link.plain(Term("type", name)), count) for name, count in rows[:SLICES]]
    if len(rows) > SLICES:
        slices.append((link.plain(say("overview.types-other")), sum(count for _, count in rows[SLICES:])))
    lines = [f'  "{_label(name)}" : {count}' for name, count in slices]
    return "\n".join(["```mermaid", f"pie showData title {link.plain(say('overview.types-title'))}", *lines, "```"])


def _label(name: str) -> str:
    """Return a name without the signs that have a meaning in Mermaid."""
    return "".join(char if char.isalnum() or char in " -_" else " " for char in name)
