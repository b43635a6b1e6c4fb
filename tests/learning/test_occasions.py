"""Occasions to use what one knows, and whether it was used."""

# ruff: noqa: D103  (a test is named for what it holds)
from dataclasses import replace
from datetime import date
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from shared.learning_facts import GOALS, gathered, goal, vaults, windows

from vault_tools.learning.occasions import occasions
from vault_tools.model.learning import Entry, Facts, Window
from vault_tools.model.text import Ref

laws = partial(settings, deadline=None, derandomize=True)


@laws()
@given(vaults, st.none() | windows)
def test_reuse_of_knowledge_is_a_share_of_occasions(facts: Facts, window: Window | None) -> None:
    for name, figure in occasions(facts, window).items():
        assert figure.value is not None
        assert 0 <= figure.value <= 1
        assert len({*figure.notes, *figure.others}) == figure.whole >= 1
        asking = {goal.id for goal in facts.goals.values() if name in goal.requires and goal.status != "planned"}
        assert {ref.id for ref in figure.others} <= asking


@laws()
@given(vaults, st.sampled_from(GOALS))
def test_a_planned_goal_makes_no_occasion(facts: Facts, name: str) -> None:
    planned = replace(facts.goals[name], status="planned", ended=None)
    without = replace(facts, goals={**facts.goals, name: replace(planned, requires=())})
    figures = occasions(replace(facts, goals={**facts.goals, name: planned}))
    assert {each: (figure.value, figure.whole) for each, figure in figures.items()} == {
        each: (figure.value, figure.whole) for each, figure in occasions(without).items()
    }


def test_a_use_for_several_goals_counts_for_the_goals_that_need_the_knowledge() -> None:
    log = Entry(Ref("1.md"), date(2024, 5, 1), applied=("A.md",), goals=("Other.md", "Asks.md"))
    figure = occasions(gathered([log], [goal("Other.md"), goal("Asks.md", requires=("A.md",))]))["A.md"]
    assert (figure.notes, figure.others) == ((Ref("Asks.md"),), ())


def test_three_of_four_occasions_give_a_reuse_of_three_quarters() -> None:
    wanted = [goal(f"P{at}.md", requires=("TensorRT.md",)) for at in range(3)]
    logs = [
        Entry(Ref("1.md"), date(2024, 5, 1), applied=("TensorRT.md",), goals=("P0.md",)),
        Entry(Ref("2.md"), date(2024, 5, 2), applied=("TensorRT.md",), goals=("P0.md",)),
        Entry(Ref("3.md"), date(2024, 5, 3), applied=("TensorRT.md",), goals=("P1.md",)),
        Entry(Ref("4.md"), date(2024, 5, 4), applied=("TensorRT.md",)),
    ]
    figure = occasions(gathered(logs, wanted))["TensorRT.md"]
    assert (figure.value, figure.part, figure.whole) == (0.75, 3, 4)
    assert {ref.id for ref in figure.notes} == {"P0.md", "P1.md", "4.md"}
    assert [ref.id for ref in figure.others] == ["P2.md"]
