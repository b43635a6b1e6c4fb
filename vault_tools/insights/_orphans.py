"""What an orphan is: five definitions, one set of eligible notes."""

from collections.abc import Iterable, Iterator, Mapping

from vault_tools.model.finding import Context
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Say, say

DEFINITIONS: Mapping[str, Say] = {
    "isolated": say("orphans.why-isolated"),
    "no-in": say("orphans.why-no-in"),
    "no-out": say("orphans.why-no-out"),
    "islands": say("orphans.why-island"),
    "weak": say("orphans.why-weak"),
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


def islanders(graph: KnowledgeGraph) -> set[str]:
    """Return the notes that are connected with some others, but not with the largest group."""
    return {name for part in graph.parts[1:] if len(part) > 1 for name in part}


def orphans(graph: KnowledgeGraph, notes: Iterable[Node]) -> Mapping[str, list[Node]]:
    """Return, by each definition, those of some notes that are orphans."""
    found: dict[str, list[Node]] = {name: [] for name in DEFINITIONS}
    away = islanders(graph)
    for node in notes:
        led, leads = any(before(graph, node.id)), any(after(graph, node.id))
        if not led:
            found["no-in"].append(node)
        if not leads:
            found["no-out"].append(node)
        if not led and not leads:
            found["isolated"].append(node)
        if node.id in away:
            found["islands"].append(node)
        if led and all(graph.nodes[source].role in _WEAK for source in before(graph, node.id)):
            found["weak"].append(node)
    return found
