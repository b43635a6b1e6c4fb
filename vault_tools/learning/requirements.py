"""The direct prerequisites of every node."""

from itertools import chain

from vault_tools.model.graph import KnowledgeGraph

NEEDS = ("requires", "depends-on")
"""The relations that lead to a prerequisite."""


def requirements(graph: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    """Return what each node requires, each once, by node id in order; what requires itself is left out."""
    targets: dict[str, list[str]] = {}
    for edge in chain.from_iterable(graph.by_relation.get(relation, ()) for relation in sorted(NEEDS)):
        if edge.source != edge.target:
            targets.setdefault(edge.source, []).append(edge.target)
    return {name: tuple(dict.fromkeys(targets[name])) for name in sorted(targets)}
