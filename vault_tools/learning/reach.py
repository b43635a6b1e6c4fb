"""From which goals the requirements lead to each thing: a number with a bit for each goal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from vault_tools.learning.order import after_needs

Requires = Mapping[str, Sequence[str]]
"""What each thing requires directly."""


def askers(requires: Requires) -> dict[str, list[str]]:
    """Return what requires each thing, directly."""
    found: dict[str, list[str]] = {}
    for by, below in requires.items():
        for name in below:
            if name != by:
                found.setdefault(name, []).append(by)
    return found


def goals_reaching(
    requires: Requires, askers_of: Mapping[str, Sequence[str]], bits: Mapping[str, int]
) -> dict[str, int]:
    """Return the goals from which the requirements lead to each thing; they lead from a goal to itself, too.

    The things of a circle are needed by the same goals. Circles come in an order in which things that require
    something in one of them come first (Kosaraju's algorithm).
    """
    goals: dict[str, int] = {}
    seen: set[str] = set()
    after = [name for goal in bits for name in after_needs(requires, goal, seen)]
    for circle in _circles(after[::-1], askers_of):
        outside = chain.from_iterable(askers_of.get(name, ()) for name in circle)
        reaching = 0
        for name in chain(circle, outside):
            reaching |= goals.get(name, 0) | (bits.get(name, 0) if name in circle else 0)
        goals.update(dict.fromkeys(circle, reaching))
    return goals


def _circles(order: Sequence[str], askers_of: Mapping[str, Sequence[str]]) -> Iterator[dict[str, None]]:
    """Yield the things that require one another, together; a thing in no circle by itself."""
    left = set(order)
    for start in order:
        if start not in left:
            continue
        left.remove(start)
        todo = [start]
        for name in todo:
            near = [by for by in dict.fromkeys(askers_of.get(name, ())) if by in left]
            left.difference_update(near)
            todo += near
        yield dict.fromkeys(todo)
