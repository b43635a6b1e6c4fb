"""What a topic contains, and what of it was applied."""

from vault_tools.model.graph import KnowledgeGraph


def contained(graph: KnowledgeGraph, topic: str) -> set[str]:
    """Return what a topic contains at any depth, its sub-topics themselves left out."""
    seen, todo = {topic}, [topic]
    for name in todo:
        for edge in graph.outgoing.get(name, ()):
            if edge.relation == "contains" and edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
    return {name for name in seen if graph.nodes[name].role != "topic"} - {topic}


def appliers(graph: KnowledgeGraph, name: str) -> set[str]:
    """Return the notes that apply a node, dated or not."""
    return {edge.source for edge in graph.incoming.get(name, ()) if edge.relation == "applies"}
