"""Which notes are not connected to others, by each definition of an orphan."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from vault_tools.model.defaults import ORPHAN_DEFINITIONS, OrphanDefinition
from vault_tools.model.graph import KnowledgeGraph, Node

_WEAK = frozenset({"log", "reflection", "index"})
"""The roles of notes whose links are no sign that a note is used."""
_LINKED = frozenset({"note", "canvas", "missing"})


def eligible(graph: KnowledgeGraph, exempt: Collection[str]) -> list[Node]:
    """Return the notes that can be orphans: all except those whose role is exempt."""
    return [node for node in graph.nodes.values() if node.kind == "note" and node.role not in exempt]


def sources(graph: KnowledgeGraph, name: str) -> Iterator[str]:
    """Yield the other notes that lead to a note, once for each relation; templates lead nowhere."""
    for edge in graph.incoming.get(name, ()):
        if edge.source != name and graph.nodes[edge.source].role != "template":
            yield edge.source


def targets(graph: KnowledgeGraph, name: str) -> Iterator[str]:
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


def orphans(graph: KnowledgeGraph, notes: Iterable[Node]) -> Mapping[OrphanDefinition, list[Node]]:
    """Return, by each definition, those of some notes that are orphans."""
    by_definition: dict[OrphanDefinition, list[Node]] = {definition: [] for definition in ORPHAN_DEFINITIONS}
    on_islands = islanders(graph)
    for node in notes:
        for definition in _definitions_met(graph, node.id, on_islands):
            by_definition[definition].append(node)
    return by_definition


def _definitions_met(graph: KnowledgeGraph, name: str, on_islands: Collection[str]) -> Iterator[OrphanDefinition]:
    """Yield the definitions by which a note is an orphan."""
    has_source, has_target = any(sources(graph, name)), any(targets(graph, name))
    if not has_source and not has_target:
        yield "isolated"
    if not has_source:
        yield "no-in"
    if not has_target:
        yield "no-out"
    if name in on_islands:
        yield "islands"
    if has_source and all(graph.nodes[source].role in _WEAK for source in sources(graph, name)):
        yield "weak"
