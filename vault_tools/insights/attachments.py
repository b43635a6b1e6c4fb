"""Which attachments does no note use?"""

from collections.abc import Iterator

from vault_tools.model.finding import Context, Finding, Insight, Ref
from vault_tools.model.graph import KnowledgeGraph, Node

_OWN_RIGHT = (".base", ".canvas", ".md")


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find attachments that no note or canvas links to, embeds, or names in a property."""
    named = _named(graph)
    for node in graph.nodes.values():
        if _is_unused(graph, node) and node.title not in named:
            why = ("no note or canvas shows it",)
            yield Finding("attachments", Ref(node.id), 0.0, why, ("use it, or delete it in Obsidian",))


def _is_unused(graph: KnowledgeGraph, node: Node) -> bool:
    return node.kind == "attachment" and not node.id.lower().endswith(_OWN_RIGHT) and not graph.incoming.get(node.id)


def _named(graph: KnowledgeGraph) -> set[str]:
    """Return the file names that stand as plain text in some property (`banner: Attachments/sea.jpg`)."""
    found: set[str] = set()
    for node in graph.nodes.values():
        values = list((node.note.frontmatter or {}).values()) if node.note else []
        for value in values:
            found.update(
                text.strip("[]!").rpartition("/")[2]
                for text in (value if isinstance(value, list) else [value])
                if isinstance(text, str)
            )
    return found


INSIGHT = Insight(
    name="attachments",
    page="Orphans",
    order=40,
    title="Unused attachments",
    lead="Files that no note or canvas links to, embeds, or names in a property.",
    find=find,
    empty="Every attachment is used.",
    ranked=False,
)
