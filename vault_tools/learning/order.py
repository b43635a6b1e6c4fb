"""What comes first: the way to something through its prerequisites, and what one is ready to learn now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from vault_tools.learning.goals import OPEN
from vault_tools.model.learning import Facts, KnowledgeState

KNOWN = frozenset({"written", "unapplied", "stale", "works"})
"""The supplies of what is known well enough to build on."""
LONGEST = 200
"""How many prerequisites are put in order for each of very many things."""


def known_names(states: Mapping[str, KnowledgeState]) -> frozenset[str]:
    """Return what is known: what was learned, applied, or written where no logs are kept."""
    return frozenset(name for name, state in states.items() if state.supply in KNOWN)


def is_only_written(states: Mapping[str, KnowledgeState], name: str) -> bool:
    """Tell whether a note is all that shows that something is known."""
    return name in states and states[name].supply == "written"


def way(facts: Facts, goal: str, mastered: Collection[str]) -> tuple[str, ...]:
    """Return what must be learned for a goal, prerequisites first, the goal itself last.

    What is known is left out, but not what it needs and is unknown. In a circle, what is found first comes last.
    A requires B and C, B requires C, C is known and requires D: D, B, A.
    """
    names = after_needs(facts.requires, goal, set())
    return tuple(name for name in names if name == goal or name not in mastered)


class Ways:
    """The ways to many things of one vault; a very long way is not followed again for each thing."""

    def __init__(self, facts: Facts, mastered: Collection[str]) -> None:
        """Take what requires what, and what is known."""
        self._facts, self._known = facts, mastered

    def knows(self, name: str) -> bool:
        """Tell whether something is known."""
        return name in self._known

    def to(self, name: str) -> tuple[str, ...] | None:
        """Return what `way` returns; None if it has more than `LONGEST` prerequisites, known ones included."""
        return None if self._is_long(name) else way(self._facts, name, self._known)

    def first(self, name: str) -> str:
        """Return the first unknown thing on the way to another; the other itself if all are known."""
        return self._first.get(name, name)

    def _is_long(self, name: str) -> bool:
        todo, visited = [name], {name}
        for step in todo:
            for need in self._facts.requires.get(step, ()):
                if need not in visited:
                    visited.add(need)
                    todo.append(need)
                if len(todo) > LONGEST:
                    return True
        return False

    @cached_property
    def _first(self) -> dict[str, str]:
        """For each thing, the first unknown one on the way to it."""
        first: dict[str, str] = {}
        for name in self._after_needs():
            default = None if name in self._known else name
            nearest = next((first[need] for need in self._needs(name) if need in first), default)
            if nearest is not None:
                first[name] = nearest
        return first

    def _after_needs(self) -> Iterator[str]:
        """Yield everything that requires something or is required, each after its prerequisites."""
        visited: set[str] = set()
        for name in self._facts.requires:
            yield from after_needs(self._facts.requires, name, visited)

    def _needs(self, name: str) -> Sequence[str]:
        return self._facts.requires.get(name, ())


def after_needs(requires: Mapping[str, Sequence[str]], name: str, visited: set[str]) -> Iterator[str]:
    """Yield a thing and its unseen prerequisites, each after its own prerequisites."""
    todo = [] if name in visited else [(name, iter(requires.get(name, ())))]
    visited.add(name)
    while todo:
        rest = todo[-1][1]
        following = next((need for need in rest if need not in visited), None)
        if following is None:
            yield todo.pop()[0]
            continue
        visited.add(following)
        todo.append((following, iter(requires.get(following, ()))))


def ready(facts: Facts, names: Sequence[str], mastered: Collection[str]) -> tuple[str, ...]:
    """Return those of some names that are not known and whose prerequisites all are (the outer fringe)."""
    return tuple(
        name
        for name in names
        if name not in mastered and all(need in mastered for need in facts.requires.get(name, ()))
    )


def unlocks(facts: Facts, names: Collection[str], mastered: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each name, what is ready once it is known: knowledge and open goals."""
    freed: dict[str, list[str]] = {}
    for name, needs in facts.requires.items():
        if name in mastered or _is_closed(facts, name):
            continue
        key = _only_unknown(needs, mastered)
        if key is not None and key in names:
            freed.setdefault(key, []).append(name)
    return {name: tuple(sorted(opened)) for name, opened in freed.items()}


def _only_unknown(needs: Sequence[str], mastered: Collection[str]) -> str | None:
    """Return the one prerequisite that is not known; None if there is none or more than one."""
    unknown = [need for need in needs if need not in mastered]
    return unknown[0] if len(unknown) == 1 else None


def _is_closed(facts: Facts, name: str) -> bool:
    return name in facts.goals and facts.goals[name].status not in OPEN
