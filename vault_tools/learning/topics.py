"""What a topic contains, and what of it was applied."""

from collections.abc import Iterator

from vault_tools.model.graph import KnowledgeGraph


def contents(graph: KnowledgeGraph, topic: str) -> set[str]:
    """Return what a topic contains at any depth, its sub-topics themselves left out."""
    seen, todo = {topic}, [topic]
    for name in todo:
        for part in _parts(graph, name):
            if part not in seen:
                seen.add(part)
                todo.append(part)
    return {name for name in seen if graph.nodes[name].role != "topic"} - {topic}


def _parts(graph: KnowledgeGraph, name: str) -> Iterator[str]:
    """Yield what a node contains directly."""
    return (edge.target for edge in graph.outgoing.get(name, ()) if edge.relation == "contains")


def appliers(graph: KnowledgeGraph, name: str) -> set[str]:
    """Return the notes that apply a node, dated or not."""
    return {edge.source for edge in graph.incoming.get(name, ()) if edge.relation == "applies"}
