"""Which attachments does no note use?"""

from collections.abc import Iterator

from vault_tools.graph.names import file_key
from vault_tools.insights._words import is_attachment
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Ref, say

_OWN_RIGHT = (".base", ".canvas")


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find attachments that no note or canvas links to, embeds, or names in a property."""
    unused = [node for node in graph.nodes.values() if _is_unused(graph, node)]
    named = _named(graph) if unused else set()
    for node in unused:
        if file_key(node.title) not in named:
            why, step = say("no note or canvas shows it"), say("show it where it belongs, or let it go")
            yield Finding("attachments", Ref(node.id), 0.0, (why,), (step,))


def _is_unused(graph: KnowledgeGraph, node: Node) -> bool:
    if node.kind != "attachment" or node.id in graph.incoming:
        return False
    return is_attachment(node.title) and not node.id.lower().endswith(_OWN_RIGHT)


def _named(graph: KnowledgeGraph) -> set[str]:
    """Return the file names that stand as plain text in some property (`banner: Attachments/sea.jpg`)."""
    found: set[str] = set()
    for node in graph.nodes.values():
        values = list((node.note.frontmatter or {}).values()) if node.note else []
        for value in values:
            found.update(
                file_key(text.strip("[]!").rpartition("/")[2])
                for text in (value if isinstance(value, list) else [value])
                if isinstance(text, str)
            )
    return found


INSIGHT = Insight(
    name="attachments",
    page="Orphans",
    order=40,
    title="Unused attachments",
    lead="Pictures, recordings and documents that no note or canvas links to, embeds, or names in a property.",
    find=find,
    empty="Every attachment is used.",
    ranked=False,
)
