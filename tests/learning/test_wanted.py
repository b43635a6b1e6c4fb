"""Who needs a thing: what a walk from each goal finds, in a time in proportion to the vault."""

from collections.abc import Callable, Mapping

from hypothesis import given
from hypothesis import strategies as st
from shared.cost import grown

from vault_tools.learning.demand import NAMED, NEAR, Demand, demands, needs
from vault_tools.model.learning import Need, Status

Requires = dict[str, tuple[str, ...]]
LETTERS = tuple("ABCDEFGHIJ")
STATUSES: tuple[Status, ...] = ("active", "planned")
requirements = st.dictionaries(
    st.sampled_from(LETTERS), st.lists(st.sampled_from(LETTERS), max_size=4, unique=True).map(tuple), max_size=10
)
open_goals = st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(STATUSES), max_size=10)


def walked(requires: Mapping[str, tuple[str, ...]], goals: Mapping[str, Status]) -> dict[str, list[Need]]:
    """Walk from each goal to all that it needs."""
    found: dict[str, list[Need]] = {}
    for goal in goals:
        for name, by in needs(requires, goal):
            found.setdefault(name, []).append(Need(goal, by))
    return found


@given(requirements, open_goals)
def test_each_of_few_goals_is_named_with_the_way_on_which_it_needs_something(
    requires: dict[str, tuple[str, ...]], goals: dict[str, Status]
) -> None:
    """Circles and things that require themselves too."""
    found = demands(requires, goals)
    assert {name: list(who.needs) for name, who in found.items()} == walked(requires, goals)
    assert all(not who.more for who in found.values())


@given(requirements, st.lists(st.tuples(st.sampled_from(STATUSES), st.sampled_from(LETTERS)), min_size=35, max_size=90))
def test_many_goals_are_counted_and_the_first_ones_are_named(
    requires: dict[str, tuple[str, ...]], asking: list[tuple[Status, str]]
) -> None:
    """By their status; those that require a thing themselves, and the others, each up to a number."""
    goals = {f"g{at}": status for at, (status, _) in enumerate(asking)}
    both = requires | {f"g{at}": (name,) for at, (_, name) in enumerate(asking)}
    slowly, found = walked(both, goals), demands(both, goals)
    assert found.keys() == slowly.keys()
    for name, who in found.items():
        assert len(who) == len(slowly[name])
        for status in STATUSES:
            kept = sum(goals[need.goal] == status for need in who.needs)
            assert kept + who.more.get(status, 0) == sum(goals[need.goal] == status for need in slowly[name])
        direct = [need for need in slowly[name] if need.via == need.goal]
        others = [need for need in slowly[name] if need.via != need.goal]
        named = {*slowly[name]} if len(slowly[name]) <= NAMED else {*direct[:NAMED], *others[:NAMED]}
        assert who.needs == tuple(need for need in slowly[name] if need in named)


def test_something_far_from_a_goal_is_needed_through_what_requires_it() -> None:
    """Though it is not walked to."""
    chain = {f"k{at}": (f"k{at + 1}",) for at in range(2 * NEAR)}
    found = demands({"goal": ("k0",), **chain}, {"goal": "active"})
    assert len(found) == 2 * NEAR + 1
    assert found[f"k{2 * NEAR}"] == Demand((Need("goal", f"k{2 * NEAR - 1}"),))


def test_the_needs_of_all_goals_are_found_in_a_time_linear_in_both() -> None:
    """A chain of goals, all goals at the head of a chain, a circle of goals, and goals that need all there is."""

    def shapes(many: int) -> list[tuple[Requires, dict[str, Status]]]:
        goals: dict[str, Status] = {f"g{at}": "active" for at in range(many)}
        chain: Requires = {f"k{at}": (f"k{at + 1}",) for at in range(many)}
        return [
            ({f"g{at}": (f"g{at + 1}",) for at in range(many)}, goals),
            ({f"g{at + 1}": (f"g{at}",) for at in range(many)}, goals),
            ({f"g{at}": (f"g{(at + 1) % many}",) for at in range(many)}, goals),
            (dict.fromkeys(goals, ("k0",)) | chain, goals),
            (dict.fromkeys(goals, ("k0", "k1")) | chain | {f"k{many}": ("k0",)}, goals),
        ]

    def make(many: int) -> Callable[[], object]:
        told = shapes(many)
        return lambda: [demands(requires, goals) for requires, goals in told]

    assert not grown(make, (500, 1_000, 2_000))
