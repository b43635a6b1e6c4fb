"""What comes first: the way to something through its prerequisites, and what one is ready to learn now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from vault_tools.learning.facts import OPEN
from vault_tools.model.learning import Facts, State

KNOWN = frozenset({"written", "unapplied", "stale", "works"})
"""The supplies of what is known well enough to build on."""


def known(states: Mapping[str, State]) -> frozenset[str]:
    """Return what is known: what was learned, applied, or written where no logs are kept."""
    return frozenset(name for name, state in states.items() if state.supply in KNOWN)


def is_only_written(states: Mapping[str, State], name: str) -> bool:
    """Tell whether a note is all that shows that something is known."""
    return name in states and states[name].supply == "written"


def way(facts: Facts, goal: str, known_: Collection[str]) -> tuple[str, ...]:
    """Return what must be learned for a goal, prerequisites first, the goal itself last.

    What is known is left out, but not what it needs and is unknown. In a circle, what is found first comes last.
    A requires B and C, B requires C, C is known and requires D: D, B, A.
    """
    found = after_needs(facts.requires, goal, set())
    return tuple(name for name in found if name == goal or name not in known_)


LONGEST = 200
"""How many prerequisites are put in order for each of very many things."""


class Ways:
    """The ways to many things of one vault; a very long way is not followed again for each thing."""

    def __init__(self, facts: Facts, known_: Collection[str]) -> None:
        """Take what requires what, and what is known."""
        self._facts, self._known = facts, known_

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
        todo, seen = [name], {name}
        for step in todo:
            for need in self._facts.requires.get(step, ()):
                if need not in seen:
                    seen.add(need)
                    todo.append(need)
                if len(todo) > LONGEST:
                    return True
        return False

    @cached_property
    def _first(self) -> dict[str, str]:
        """For each thing, the first unknown one on the way to it."""
        first: dict[str, str] = {}
        seen: set[str] = set()
        for name in self._facts.requires:
            for done in after_needs(self._facts.requires, name, seen):
                below = (first[need] for need in self._facts.requires.get(done, ()) if need in first)
                found = next(below, None if done in self._known else done)
                if found is not None:
                    first[done] = found
        return first


def after_needs(requires: Mapping[str, Sequence[str]], name: str, seen: set[str]) -> Iterator[str]:
    """Yield a thing and its unseen prerequisites, each after its own prerequisites."""
    todo = [] if name in seen else [(name, iter(requires.get(name, ())))]
    seen.add(name)
    while todo:
        rest = todo[-1][1]
        following = next((need for need in rest if need not in seen), None)
        if following is None:
            yield todo.pop()[0]
            continue
        seen.add(following)
        todo.append((following, iter(requires.get(following, ()))))


def ready(facts: Facts, names: Sequence[str], known_: Collection[str]) -> tuple[str, ...]:
    """Return those of some names that are not known and whose prerequisites all are (the outer fringe)."""
    return tuple(
        name for name in names if name not in known_ and all(need in known_ for need in facts.requires.get(name, ()))
    )


def unlocks(facts: Facts, names: Collection[str], known_: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each name, what is ready once it is known: knowledge and open goals."""
    found: dict[str, list[str]] = {}
    for name, needed in facts.requires.items():
        if name in facts.goals and facts.goals[name].status not in OPEN:
            continue
        lacking = [need for need in needed if need not in known_]
        if name not in known_ and len(lacking) == 1 and lacking[0] in names:
            found.setdefault(lacking[0], []).append(name)
    return {name: tuple(sorted(freed)) for name, freed in found.items()}
