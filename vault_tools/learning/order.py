"""What comes first: the way to something through its prerequisites, and what one is ready to learn now."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from vault_tools.learning.facts import OPEN
from vault_tools.model.learning import Facts, State

KNOWN = frozenset({"written", "unapplied", "stale", "works"})
"""The supplies of what is known well enough to build on."""


def known(states: Mapping[str, State]) -> frozenset[str]:
    """Return what is known: what was learned, applied, or written where no logs are kept."""
    return frozenset(name for name, state in states.items() if state.supply in KNOWN)


def way(facts: Facts, goal: str, known_: Collection[str]) -> tuple[str, ...]:
    """Return what must be learned for a goal, prerequisites first, the goal itself last.

    What is known is left out, but not what it needs and is unknown. In a circle, what is come upon first comes last.
    A requires B and C, B requires C, C is known and requires D: D, B, A.
    """
    order: list[str] = []
    seen = {goal}
    todo: list[tuple[str, Iterator[str]]] = [(goal, iter(facts.requires.get(goal, ())))]
    while todo:
        name, rest = todo[-1]
        following = next((need for need in rest if need not in seen), None)
        if following is None:
            todo.pop()
            if name == goal or name not in known_:
                order.append(name)
            continue
        seen.add(following)
        todo.append((following, iter(facts.requires.get(following, ()))))
    return tuple(order)


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
