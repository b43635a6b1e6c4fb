"""How much of a note its writer wrote, and how much a template."""

from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.parse.note import count_words


def own_words(graph: KnowledgeGraph, node: Node) -> int:
    """Return how many words of a note its writer wrote: all but the lines of a template of its type."""
    kind = graph.vocabulary.types.get(node.type)
    if node.note is None or kind is None:
        return node.note.words if node.note else 0
    from_template = (line for line in node.note.lines if {line, line.replace(node.title, "{{title}}")} & kind.lines)
    return node.note.words - sum(map(count_words, from_template))


def is_unfilled(graph: KnowledgeGraph, node: Node) -> bool:
    """Tell whether a note holds a template of its type, and nothing that its writer added to the text."""
    return node.note is not None and node.note.words > 0 == own_words(graph, node)
