"""What an orphan is: five definitions, one set of eligible notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from vault_tools.graph.measure import parts
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other notes that lead to each note, and those it leads to (names not yet written count, as in Obsidian)."""

    before: Mapping[str, set[str]]
    after: Mapping[str, set[str]]


def eligible(graph: KnowledgeGraph, context: Context) -> list[Node]:
    """Return the notes that can be orphans: all but those whose role is exempt."""
    return [node for node in graph.nodes.values() if node.kind == "note" and node.role not in context.exempt]


def neighbours(graph: KnowledgeGraph) -> Neighbours:
    """Gather who leads to whom; templates lead nowhere, and nobody leads to himself."""
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for edge in graph.edges:
        source, target = graph.nodes[edge.source], graph.nodes[edge.target]
        if edge.source == edge.target or source.role == "template" or target.kind not in _LINKED:
            continue
        after.setdefault(edge.source, set()).add(edge.target)
        before.setdefault(edge.target, set()).add(edge.source)
    return Neighbours(before, after)


def orphans(graph: KnowledgeGraph, context: Context, definition: str, near: Neighbours) -> list[Node]:
    """Return the eligible notes that are orphans by a definition."""
    away = {name for part in parts(graph)[1:] if len(part) > 1 for name in part} if definition == "islands" else set()

    def is_orphan(node: Node) -> bool:
        before, after = near.before.get(node.id, set()), near.after.get(node.id, set())
        match definition:
            case "no-in":
                return not before
            case "no-out":
                return not after
            case "islands":
                return node.id in away
            case "weak":
                return bool(before) and all(graph.nodes[name].role in _WEAK for name in before)
            case _:
                return not before and not after

    return [node for node in eligible(graph, context) if is_orphan(node)]
