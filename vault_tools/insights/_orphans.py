"""What an orphan is: five definitions, one set of eligible notes."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

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


def islanders(graph: KnowledgeGraph) -> set[str]:
    """Return the notes that hang together with some others, and not with the largest group."""
    return {name for part in graph.parts[1:] if len(part) > 1 for name in part}


def orphaned(graph: KnowledgeGraph, name: str, away: AbstractSet[str]) -> Iterator[str]:
    """Yield the definitions by which a note is an orphan; `away` are the islanders."""
    led = next(before(graph, name), None) is not None
    leads = next(after(graph, name), None) is not None
    if not led and not leads:
        yield "isolated"
    if not led:
        yield "no-in"
    if not leads:
        yield "no-out"
    if name in away:
        yield "islands"
    if led and all(graph.nodes[source].role in _WEAK for source in before(graph, name)):
        yield "weak"
