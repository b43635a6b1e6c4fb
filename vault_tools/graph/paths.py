"""How one node leads to another: the fewest relations between them, each read either way round."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from vault_tools.model.graph import Edge, KnowledgeGraph

_CLOSED = frozenset({"template", "excluded"})
_TOLD_BACK = {"links-to": "linked-from", "embeds": "embedded-in", "tagged": "tags"}


class Step(NamedTuple):
    """One step of a path, from `source` to `target`; the relation has that direction only if it is `forward`."""

    source: str
    relation: str
    target: str
    forward: bool


def shortest(
    graph: KnowledgeGraph, source: str, target: str, relations: Collection[str] | None = None
) -> tuple[Step, ...] | None:
    """Return a path of the fewest steps between two nodes, empty from a node to itself; None if there is none.

    The path uses typed relations; only if there is none, also links and embeds. `relations` names those that may
    be used instead. Templates, excluded notes and tags are on no path, but may be its ends. Of several paths the one
    is chosen that follows relations as they are written, by names in order: the same graph gives the same path.
    """
    if source not in graph.nodes or target not in graph.nodes:
        return None
    if relations is not None:
        return _walk(graph, source, target, frozenset(relations), typed=False)
    typed = _walk(graph, source, target, None, typed=True)
    return typed if typed is not None else _walk(graph, source, target, None, typed=False)


def told(graph: KnowledgeGraph, step: Step) -> str | None:
    """Return a step's relation in words that read from its source to its target; None if it has none that way."""
    if step.forward:
        return step.relation
    known = graph.vocabulary.relations.get(step.relation)
    if known is None:
        return _TOLD_BACK.get(step.relation)
    return step.relation if known.symmetric else known.inverse or None


def _walk(
    graph: KnowledgeGraph, source: str, target: str, relations: frozenset[str] | None, *, typed: bool
) -> tuple[Step, ...] | None:
    """Search breadth first, each round in the order of names."""
    arrived: dict[str, Step | None] = {source: None}
    here = [source]
    while here and target not in arrived:
        following: list[str] = []
        for name in here:
            if name != source and _is_closed(graph, name):
                continue
            for step in sorted(_steps(graph, name, relations, typed=typed), key=_rank):
                if step.target not in arrived:
                    arrived[step.target] = step
                    following.append(step.target)
        here = sorted(following)
    return tuple(_back(arrived, target)) if target in arrived else None


def _is_closed(graph: KnowledgeGraph, name: str) -> bool:
    node = graph.nodes[name]
    return node.kind == "tag" or node.role in _CLOSED


def _steps(graph: KnowledgeGraph, name: str, relations: frozenset[str] | None, *, typed: bool) -> Iterator[Step]:
    for edge in graph.outgoing.get(name, ()):
        if _counts(edge, relations, typed=typed):
            yield Step(name, edge.relation, edge.target, forward=True)
    for edge in graph.incoming.get(name, ()):
        if _counts(edge, relations, typed=typed):
            yield Step(name, edge.relation, edge.source, forward=False)


def _counts(edge: Edge, relations: frozenset[str] | None, *, typed: bool) -> bool:
    if relations is not None:
        return edge.relation in relations
    return edge.namespace == "semantic" if typed else edge.relation != "tagged"


def _rank(step: Step) -> tuple[bool, bool, str, str]:
    """Order steps: typed ones first, then those in the direction in which they are written, then by name."""
    return step.relation in _TOLD_BACK, not step.forward, step.relation, step.target


def _back(arrived: dict[str, Step | None], target: str) -> list[Step]:
    path: list[Step] = []
    step = arrived[target]
    while step is not None:
        path.append(step)
        step = arrived[step.source]
    return path[::-1]
