"""Which open goals need a thing, directly or through others: all are counted, and enough of them are named."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from vault_tools.learning.reach import Requires, askers, goals_reaching
from vault_tools.model.learning import Need, Status

NAMED = 30
"""How many goals that need a thing directly are named, and how many that need it through others."""
NEAR = 200
"""How many things that a goal needs are walked to, the nearest first, for the way on which it needs each."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The open goals that need one thing: some are named, in the order of goals; of the others the number is known."""

    needs: tuple[Need, ...]
    more: Mapping[Status, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many goals need it."""
        return len(self.needs) + sum(self.more.values())


NO_DEMAND = Demand(())


def needs(requires: Requires, goal: str) -> Iterator[tuple[str, str]]:
    """Yield all that a goal needs at any distance, nearest first, each once: (what, through what)."""
    seen, todo = {goal}, [goal]
    for by in todo:
        for name in requires.get(by, ()):
            if name not in seen:
                seen.add(name)
                todo.append(name)
                yield name, by


def demands(requires: Requires, goals: Mapping[str, Status]) -> dict[str, Demand]:
    """Return who needs each thing that one of some open goals needs; it may be a goal itself.

    A chain of thousands of goals takes a time in proportion to its length: which goals need a thing is a number with
    a bit for each goal, and only the nearest things are walked to from each.
    """
    return _GoalReach(requires, goals).demands()


class _GoalReach:
    """The requirements of a vault, walked from its open goals. A set of goals is a number with a bit for each."""

    def __init__(self, requires: Requires, goals: Mapping[str, Status]) -> None:
        self._order = tuple(goals)
        self._bits = {goal: 1 << at for at, goal in enumerate(goals)}
        self._masks = _masks(goals, self._bits)
        self._askers = askers(requires)
        reaching = goals_reaching(requires, self._askers, self._bits)
        self._needing = {name: who & ~self._bits.get(name, 0) for name, who in reaching.items()}
        """The goals that need each thing: those that lead to it, but not itself."""
        self._named = {name: _choose(who, self._askers[name], self._bits) for name, who in self._needing.items() if who}
        """The goals to name for each thing that any needs."""
        self._ways = _ways(requires, self._bits, self._named)

    def demands(self) -> dict[str, Demand]:
        return {name: Demand(self._needs(name), self._more(name)) for name in self._named}

    def _needs(self, name: str) -> tuple[Need, ...]:
        """Return the goals to name, each with what it needs the thing through."""
        goals = (self._order[at] for at in _places(self._named[name]))
        return tuple(Need(goal, self._ways[name].get(goal) or self._between(name, goal)) for goal in goals)

    def _between(self, name: str, goal: str) -> str:
        """Return something that requires a thing, and that a goal needs or is."""
        bit = self._bits[goal]
        return next(by for by in self._askers[name] if by == goal or self._needing.get(by, 0) & bit)

    def _more(self, name: str) -> dict[Status, int]:
        """Count the goals that are not named, by their status."""
        rest = self._needing[name] & ~self._named[name]
        counts = {status: (rest & mask).bit_count() for status, mask in self._masks.items()}
        return {status: count for status, count in counts.items() if count}


def _masks(goals: Mapping[str, Status], bits: Mapping[str, int]) -> dict[Status, int]:
    """Return the goals of each status."""
    masks: dict[Status, int] = {}
    for goal, status in goals.items():
        masks[status] = masks.get(status, 0) | bits[goal]
    return masks


def _ways(requires: Requires, bits: Mapping[str, int], goals_by_name: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """Return, for each thing, through what the goals that are named need it, as far as it is near to them."""
    ways: dict[str, dict[str, str]] = {name: {} for name in goals_by_name}
    for goal, bit in bits.items():
        for name, by in islice(needs(requires, goal), NEAR):
            if goals_by_name[name] & bit:
                ways[name][goal] = by
    return ways


def _choose(goals: int, askers: Iterable[str], bits: Mapping[str, int]) -> int:
    """Choose the goals to name: the first that require a thing themselves, and the first others."""
    if goals.bit_count() <= NAMED:
        return goals
    direct = 0
    for by in askers:
        direct |= bits.get(by, 0)
    return _first(goals & direct) | _first(goals & ~direct)


def _first(goals: int) -> int:
    return sum(1 << at for at in islice(_places(goals), NAMED))


def _places(goals: int) -> Iterator[int]:
    """Yield the places of the bits of a number, the lowest first."""
    while goals:
        low = goals & -goals
        yield low.bit_length() - 1
        goals ^= low
