"""The order in which to learn: the way to a goal, what one is ready for, and what something unlocks."""

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from shared.learning_facts import goal, some

from vault_tools.learning.demand import needs
from vault_tools.learning.order import ready, unlocks, way
from vault_tools.model.learning import Facts, Goal

laws = partial(settings, deadline=None, derandomize=True)
TODAY = date(2024, 6, 30)


LETTERS = "ABCDEFG"
trees = st.dictionaries(st.sampled_from(LETTERS), some(LETTERS, 4)).map(
    lambda found: {name: tuple(need for need in needed if need != name) for name, needed in found.items()}
)


def requiring(requires: Mapping[str, tuple[str, ...]], wanted: Iterable[Goal] = ()) -> Facts:
    return Facts(TODAY, resting=False, requires=requires, goals={each.id: each for each in wanted})


def reached(requires: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Return what something needs at any distance."""
    found: set[str] = set()
    todo = [start]
    while todo:
        more = [name for name in requires.get(todo.pop(), ()) if name not in found]
        found.update(more)
        todo += more
    return found


@laws()
@given(trees, st.sampled_from(LETTERS), some(LETTERS))
def test_the_way_to_a_goal_holds_what_it_takes_and_prerequisites_come_first(
    requires: dict[str, tuple[str, ...]], start: str, known: tuple[str, ...]
) -> None:
    steps = way(requiring(requires), start, known)
    assert steps[-1] == start
    assert len(set(steps)) == len(steps)
    assert set(steps) == (reached(requires, start) - set(known)) | {start}
    for at, name in enumerate(steps):
        for need in requires.get(name, ()):
            in_circle = name in reached(requires, need) or need == start
            assert need in known or need in steps[:at] or in_circle


@laws()
@given(trees, st.sampled_from(LETTERS), some(LETTERS))
def test_a_goal_without_unknown_prerequisites_is_its_own_way(
    requires: dict[str, tuple[str, ...]], start: str, known: tuple[str, ...]
) -> None:
    everything = (*known, *reached(requires, start))
    assert way(requiring(requires), start, everything) == (start,)
    assert way(requiring({**requires, start: ()}), start, known) == (start,)


def test_a_chain_of_twenty_thousand_and_a_circle_of_as_many_have_a_way() -> None:
    many = 20_000
    chain = {str(at): (str(at + 1),) for at in range(many)}
    expected = tuple(str(at) for at in range(many, -1, -1))
    assert way(requiring(chain), "0", ()) == expected
    assert way(requiring({**chain, str(many): ("0",)}), "0", ()) == expected
    assert len(list(needs(requiring(chain).requires, "0"))) == many


@laws()
@given(trees, some(LETTERS, 7), some(LETTERS, 7))
def test_what_the_reader_is_ready_for_is_unknown_and_builds_on_known_things(
    requires: dict[str, tuple[str, ...]], names: tuple[str, ...], known: tuple[str, ...]
) -> None:
    found = ready(requiring(requires), names, known)
    assert not set(found) & set(known)
    for name in names:
        assert (name in found) == (name not in known and set(requires.get(name, ())) <= set(known))


@laws()
@given(trees, some(LETTERS, 7), some(LETTERS, 7), st.sampled_from(("active", "planned", "finished", "dropped")))
def test_what_knowledge_unlocks_is_ready_once_the_knowledge_is_there_and_not_before(
    requires: dict[str, tuple[str, ...]], names: tuple[str, ...], known: tuple[str, ...], status: str
) -> None:
    facts = requiring(requires, [goal("A", status=status)])
    found = unlocks(facts, names, known)
    everything = tuple(name for name in requires if name != "A" or status in {"active", "planned"})
    for name in set(names) - set(known):
        freed = set(ready(facts, everything, (*known, name))) - set(ready(facts, everything, known))
        assert set(found.get(name, ())) - {name} == freed


def test_only_a_goal_that_is_open_is_unlocked() -> None:
    wanted = [goal("P.md"), goal("Q.md", status="planned"), goal("R.md", status="finished")]
    facts = requiring({each.id: ("A.md",) for each in wanted}, wanted)
    assert unlocks(facts, ("A.md",), ()) == {"A.md": ("P.md", "Q.md")}
