"""What an orphan is: five definitions, one set of eligible notes."""

from collections.abc import Callable, Iterator, Mapping

from vault_tools.model.finding import Context
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Say, say

DEFINITIONS: Mapping[str, Say] = {
    "isolated": say("no note links to it, and it links to none"),
    "no-in": say("no note links to it"),
    "no-out": say("it links to no note"),
    "islands": say("it hangs together with some notes, but not with the largest group"),
    "weak": say("only logs, reflections and index notes link to it"),
}
_WEAK = frozenset({"log", "reflection", "index"})
_LINKED = frozenset({"note", "canvas", "missing"})


def eligible(graph: KnowledgeGraph, context: Context) -> list[Node]:
    """Return the notes that can be orphans: all but those whose role is exempt."""
    return [node for node in graph.nodes.values() if node.kind == "note" and node.role not in context.exempt]


def before(graph: KnowledgeGraph, name: str) -> Iterator[str]:
    """Yield the other notes that lead to a note, once for each relation; templates lead nowhere."""
    for edge in graph.incoming.get(name, ()):
        if edge.source != name and graph.nodes[edge.source].role != "template":
            yield edge.source


def after(graph: KnowledgeGraph, name: str) -> Iterator[str]:
    """Yield the other notes that a note leads to, once for each relation.

    Names not yet written count, as in Obsidian. A template leads nowhere.
    """
    if graph.nodes[name].role == "template":
        return
    for edge in graph.outgoing.get(name, ()):
        if edge.target != name and graph.nodes[edge.target].kind in _LINKED:
            yield edge.target


def orphans(graph: KnowledgeGraph, context: Context, definition: str) -> list[Node]:
    """Return the eligible notes that are orphans by a definition."""
    if definition == "islands":
        away = {name for part in graph.parts[1:] if len(part) > 1 for name in part}
        return [node for node in eligible(graph, context) if node.id in away]
    is_orphan = _IS_ORPHAN.get(definition, _is_isolated)
    return [node for node in eligible(graph, context) if is_orphan(graph, node.id)]


def _is_isolated(graph: KnowledgeGraph, name: str) -> bool:
    return _is_unlinked(graph, name) and _is_unlinking(graph, name)


def _is_unlinked(graph: KnowledgeGraph, name: str) -> bool:
    return next(before(graph, name), None) is None


def _is_unlinking(graph: KnowledgeGraph, name: str) -> bool:
    return next(after(graph, name), None) is None


def _is_weak(graph: KnowledgeGraph, name: str) -> bool:
    strong = next((source for source in before(graph, name) if graph.nodes[source].role not in _WEAK), None)
    return strong is None and not _is_unlinked(graph, name)


_IS_ORPHAN: Mapping[str, Callable[[KnowledgeGraph, str], bool]] = {
    "no-in": _is_unlinked,
    "no-out": _is_unlinking,
    "weak": _is_weak,
}
