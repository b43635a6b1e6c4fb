"""Which open goals need a thing, directly or through others: all are counted, and enough of them are named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from vault_tools.learning.order import after_needs
from vault_tools.model.learning import Need, Status

NAMED = 30
"""How many goals that need a thing directly are named, and how many that need it through others."""
NEAR = 200
"""How many things that a goal needs are walked to, the nearest first, for the way on which it needs each."""
_Requires = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The open goals that need one thing: some are named, in the order of goals; of the others the number is known."""

    needs: tuple[Need, ...]
    more: Mapping[Status, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many goals need it."""
        return len(self.needs) + sum(self.more.values())


NOBODY = Wanted(())


def needs(requires: _Requires, goal: str) -> Iterator[tuple[str, str]]:
    """Yield all that a goal needs at any distance, nearest first, each once: (what, through what)."""
    seen, todo = {goal}, [goal]
    for by in todo:
        for name in requires.get(by, ()):
            if name not in seen:
                seen.add(name)
                todo.append(name)
                yield name, by


def wanted(requires: _Requires, goals: Mapping[str, Status]) -> dict[str, Wanted]:
    """Return who needs each thing that one of some open goals needs; it may be a goal itself.

    A chain of thousands of goals takes a time in proportion to its length: which goals need a thing is a number with
    a bit for each goal, and only the nearest things are walked to from each.
    """
    bits = {goal: 1 << at for at, goal in enumerate(goals)}
    askers = _askers(requires)
    reached = {name: who & ~bits.get(name, 0) for name, who in _reached(requires, askers, bits).items()}
    named = {name: _named(who, askers[name], bits) for name, who in reached.items() if who}
    ways = _ways(requires, bits, named)
    order, masks = tuple(goals), _by_status(goals, bits)
    found = {}
    for name, kept in named.items():
        asking = (order[at] for at in _places(kept))
        via = {goal: ways[name].get(goal) or _between(name, goal, bits[goal], askers, reached) for goal in asking}
        rest = {status: (reached[name] & ~kept & mask).bit_count() for status, mask in masks.items()}
        found[name] = Wanted(tuple(map(Need, via, via.values())), {each: many for each, many in rest.items() if many})
    return found


def _by_status(goals: Mapping[str, Status], bits: Mapping[str, int]) -> dict[Status, int]:
    found: dict[Status, int] = {}
    for goal, status in goals.items():
        found[status] = found.get(status, 0) | bits[goal]
    return found


def _ways(requires: _Requires, bits: Mapping[str, int], named: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """Return, for each thing, through what the goals that are named need it, as far as it is near to them."""
    ways: dict[str, dict[str, str]] = {name: {} for name in named}
    for goal, bit in bits.items():
        for name, by in islice(needs(requires, goal), NEAR):
            if named[name] & bit:
                ways[name][goal] = by
    return ways


def _between(name: str, goal: str, bit: int, askers: Mapping[str, Sequence[str]], reached: Mapping[str, int]) -> str:
    """Return something that requires a thing, and that a goal needs or is."""
    return next(by for by in askers[name] if by == goal or reached.get(by, 0) & bit)


def _named(who: int, askers: Iterable[str], bits: Mapping[str, int]) -> int:
    """Choose the goals to name: the first that require a thing themselves, and the first others."""
    if who.bit_count() <= NAMED:
        return who
    direct = 0
    for by in askers:
        direct |= bits.get(by, 0)
    return _first(who & direct) | _first(who & ~direct)


def _first(who: int) -> int:
    return sum(1 << at for at in islice(_places(who), NAMED))


def _places(who: int) -> Iterator[int]:
    """Yield the places of the bits of a number, the lowest first."""
    while who:
        low = who & -who
        yield low.bit_length() - 1
        who ^= low


# ---------------------------------------------------------------- who reaches what


def _askers(requires: _Requires) -> dict[str, list[str]]:
    """Return what requires each thing, directly."""
    found: dict[str, list[str]] = {}
    for by, below in requires.items():
        for name in below:
            if name != by:
                found.setdefault(name, []).append(by)
    return found


def _reached(requires: _Requires, askers: Mapping[str, Sequence[str]], bits: Mapping[str, int]) -> dict[str, int]:
    """Return the goals from which the requirements lead to each thing; they lead from a goal to itself, too.

    The things of a circle are needed by the same goals. Circles come in an order in which things that require
    something in one of them come first (Kosaraju's algorithm).
    """
    found: dict[str, int] = {}
    seen: set[str] = set()
    after = [name for goal in bits for name in after_needs(requires, goal, seen)]
    for knot in _knots(after[::-1], askers):
        outside = chain.from_iterable(askers.get(name, ()) for name in knot)
        who = 0
        for name in chain(knot, outside):
            who |= found.get(name, 0) | (bits.get(name, 0) if name in knot else 0)
        found.update(dict.fromkeys(knot, who))
    return found


def _knots(order: Sequence[str], askers: Mapping[str, Sequence[str]]) -> Iterator[dict[str, None]]:
    left = set(order)
    for start in order:
        if start not in left:
            continue
        left.remove(start)
        todo = [start]
        for name in todo:
            near = [by for by in dict.fromkeys(askers.get(name, ())) if by in left]
            left.difference_update(near)
            todo += near
        yield dict.fromkeys(todo)
