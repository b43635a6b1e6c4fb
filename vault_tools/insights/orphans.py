"""Which notes are not connected to others?"""

from collections.abc import Container, Iterator

from vault_tools.graph.names import file_key
from vault_tools.graph.unconnected import eligible, orphans, sources, targets
from vault_tools.graph.unreachable import is_unreachable
from vault_tools.insights._renaming import renaming
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the notes that are orphans by the chosen definition, the longest first."""
    taken = {file_key(name) for name in graph.nodes}
    for node in orphans(graph, eligible(graph, context.exempt))[context.orphans]:
        words = node.note.words if node.note else 0
        links = len(set(sources(graph, node.id))), len(set(targets(graph, node.id)))
        cells = tuple(map(str, (words, *links)))
        yield Finding("orphans", Ref(node.id), float(words), (), (_step(graph, node, taken),), (), cells)


def _step(graph: KnowledgeGraph, node: Node, names: Container[str]) -> Say:
    if _is_empty(graph, node):
        return say("orphans.step-empty")
    if is_unreachable(node.id):
        return renaming([node.id], names)
    return say("orphans.step-link")


def _is_empty(graph: KnowledgeGraph, node: Node) -> bool:
    """Tell whether a note holds nothing; one that cannot be read, or not all of it, may hold anything."""
    note = node.note
    return note is not None and not (note.words or note.frontmatter or note.regions or graph.problems.get(node.id))


INSIGHT = Insight(
    name="orphans",
    page="Orphans",
    order=10,
    find=find,
    columns=("words", "links-in", "links-out"),
    counts_as="fault",
    ranked=False,
)
