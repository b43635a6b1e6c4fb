"""How one node leads to another: the fewest relations between them, each read either way round."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from vault_tools.model.graph import Edge, KnowledgeGraph

_CLOSED = frozenset({"template", "excluded"})
_INVERSES = {"links-to": "linked-from", "embeds": "embedded-in", "tagged": "tags"}


class PathStep(NamedTuple):
    """One step of a path, from `source` to `target`; the relation has that direction only if it is `forward`."""

    source: str
    relation: str
    target: str
    forward: bool


def shortest(
    graph: KnowledgeGraph, source: str, target: str, relations: Collection[str] | None = None
) -> tuple[PathStep, ...] | None:
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


def relation_as_read(graph: KnowledgeGraph, step: PathStep) -> str | None:
    """Return a step's relation in words that read from its source to its target; None if it has none that way."""
    if step.forward:
        return step.relation
    relation = graph.vocabulary.relations.get(step.relation)
    if relation is None:
        return _INVERSES.get(step.relation)
    return step.relation if relation.symmetric else relation.inverse or None


def _walk(
    graph: KnowledgeGraph, source: str, target: str, relations: frozenset[str] | None, *, typed: bool
) -> tuple[PathStep, ...] | None:
    """Search breadth first, each round in the order of names."""
    arrivals: dict[str, PathStep | None] = {source: None}
    here = [source]
    while here and target not in arrivals:
        following: list[str] = []
        for name in here:
            for step in _open_steps(graph, name, relations, typed=typed, is_start=name == source):
                if step.target not in arrivals:
                    arrivals[step.target] = step
                    following.append(step.target)
        here = sorted(following)
    return tuple(_back(arrivals, target)) if target in arrivals else None


def _open_steps(
    graph: KnowledgeGraph, name: str, relations: frozenset[str] | None, *, typed: bool, is_start: bool
) -> list[PathStep]:
    """Return the steps from a node, the best first; no path goes on from a closed node unless it starts there."""
    if not is_start and _is_closed(graph, name):
        return []
    return sorted(_steps(graph, name, relations, typed=typed), key=_rank)


def _is_closed(graph: KnowledgeGraph, name: str) -> bool:
    node = graph.nodes[name]
    return node.kind == "tag" or node.role in _CLOSED


def _steps(graph: KnowledgeGraph, name: str, relations: frozenset[str] | None, *, typed: bool) -> Iterator[PathStep]:
    for edge in graph.outgoing.get(name, ()):
        if _counts(edge, relations, typed=typed):
            yield PathStep(name, edge.relation, edge.target, forward=True)
    for edge in graph.incoming.get(name, ()):
        if _counts(edge, relations, typed=typed):
            yield PathStep(name, edge.relation, edge.source, forward=False)


def _counts(edge: Edge, relations: frozenset[str] | None, *, typed: bool) -> bool:
    if relations is not None:
        return edge.relation in relations
    return edge.namespace == "semantic" if typed else edge.relation != "tagged"


def _rank(step: PathStep) -> tuple[bool, bool, str, str]:
    """Order steps: typed ones first, then those in the direction in which they are written, then by name."""
    return step.relation in _INVERSES, not step.forward, step.relation, step.target


def _back(arrivals: dict[str, PathStep | None], target: str) -> list[PathStep]:
    path: list[PathStep] = []
    step = arrivals[target]
    while step is not None:
        path.append(step)
        step = arrivals[step.source]
    return path[::-1]
