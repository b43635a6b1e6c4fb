"""Which links lead to a note, but to no heading, block or attachment in the vault?"""

from collections.abc import Iterator
from posixpath import basename

from vault_tools.graph.names import Nearest
from vault_tools.insights._words import QUIET, askers, evidence, is_attachment
from vault_tools.model.finding import Context, Finding, Insight, Ref, Text
from vault_tools.model.graph import KnowledgeGraph


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find links whose heading, block or attachment is not there, with the nearest name offered."""
    for broken in graph.broken:
        if graph.nodes[broken.note].role in QUIET:
            continue
        what = "block" if broken.link.subpath.startswith("#^") else "heading"
        why = (f"{broken.link.raw} asks for a {what} that ", Ref(broken.target), " does not have")
        step: Text = (f"nearest there: {broken.nearest}",) if broken.nearest else (f"name a {what} that is there",)
        yield Finding("broken", Ref(broken.note, line=broken.link.line), 1.0, why, step)
    yield from _attachments(graph)


def _attachments(graph: KnowledgeGraph) -> Iterator[Finding]:
    missing = [node for node in graph.nodes.values() if node.kind == "missing" and is_attachment(node.title)]
    paths = {basename(node.id): node.id for node in graph.nodes.values() if node.kind == "attachment"}
    nearest = Nearest(paths)
    for node in missing:
        asking = askers(graph, node.id)
        if not asking:
            continue
        edges = [edge for found in asking.values() for edge in found]
        near = nearest.to(basename(node.title))
        step: Text = ("did you mean ", Ref(paths[near]), "?") if near else ("add the file, or take the link out",)
        yield Finding("broken", Ref(node.id), float(len(asking)), ("no such file in the vault",), step, evidence(edges))


INSIGHT = Insight(
    name="broken",
    page="Gaps",
    order=50,
    title="Broken targets",
    lead="Links whose note exists while the heading or block does not, and attachments that are not in the vault.",
    find=find,
    empty="Every heading, block and attachment that a note names is there.",
)
