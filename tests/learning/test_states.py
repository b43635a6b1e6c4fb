"""What is known, what is in demand, and which advice follows."""

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shared.learning_facts import FIRST, KNOWLEDGE, LAST, near_days, vaults
from shared.vaults import parsed

from vault_tools.graph.build import build
from vault_tools.learning.demand import needs
from vault_tools.learning.states import fitting_rule, states
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Facts, KnowledgeState, Supply, Use
from vault_tools.model.text import Ref
from vault_tools.settings.advice import advice_rules
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

laws = partial(settings, deadline=None, derandomize=True)
VOCABULARY = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
RULES = advice_rules(asset("advice.toml"), parse_settings(""))


def graph_of(names: Iterable[str]) -> KnowledgeGraph:
    """A graph of notes that are long enough, and of names that nobody wrote."""
    text = "---\ntype: knowledge\n---\n" + "word " * 40
    files = {name: text for name in names if name.endswith(".md")}
    graph = build(parsed(files), files, VOCABULARY)
    missing = {name: Node(name, "missing", name, "missing") for name in names if not name.endswith(".md")}
    return replace(graph, nodes={**graph.nodes, **missing})


GRAPH = graph_of(KNOWLEDGE)
WORST_FIRST: tuple[Supply, ...] = (
    "problem",
    "missing",
    "stub",
    "unlearned",
    "written",
    "unapplied",
    "stale",
    "works",
)


def judged(facts: Facts) -> dict[str, KnowledgeState]:
    return states(GRAPH, facts, stub_words=20, stale_days=90)


@laws()
@given(vaults)
def test_everything_has_one_state_and_is_in_demand_exactly_if_something_needs_it(facts: Facts) -> None:
    found = judged(facts)
    assert {name for name in KNOWLEDGE if name.endswith(".md")} <= found.keys() <= set(KNOWLEDGE)
    for name, state in found.items():
        wanting = {each.id for each in facts.goals.values() if each.status in {"active", "planned"}}
        needed = {each for each in wanting if name in dict(needs(facts.requires, each))}
        troubled = [case for case in facts.cases if case.closed is None and name in case.about]
        assert {need.goal for need in state.needs} == needed
        assert state.cases == tuple(troubled)
        assert state.demanded == bool(needed or troubled)
        assert state.supply in WORST_FIRST
        assert (state.supply == "problem") == bool(troubled)


@laws()
@given(vaults, st.sampled_from(KNOWLEDGE), near_days)
def test_a_use_never_lowers_how_well_something_is_known(facts: Facts, name: str, day: date) -> None:
    more = replace(facts, uses=(*facts.uses, Use(name, Ref("new.md"), day, ())))
    one, two = judged(facts).get(name), judged(more)[name]
    if one is not None:
        assume(one.last_day or not one.uses)  # what was used on an unknown day is not called old
        assert WORST_FIRST.index(two.supply) >= WORST_FIRST.index(one.supply)
        assert two.demanded == one.demanded
    assert {each: state for each, state in judged(more).items() if each != name} == {
        each: state for each, state in judged(facts).items() if each != name
    }


@laws()
@given(vaults, st.sampled_from(RULES))
def test_a_rule_that_is_switched_off_gives_no_advice_and_changes_no_other_advice(facts: Facts, off: object) -> None:
    rest = tuple(rule for rule in RULES if rule != off)
    for state in judged(facts).values():
        rule = fitting_rule(state, rest)
        assert rule != off
        if fitting_rule(state, RULES) != off:
            assert rule == fitting_rule(state, RULES)
        if rule is not None:
            assert rule.demand == state.demanded
            assert state.supply in rule.supply


@laws(max_examples=30)
@given(st.integers(1, 36_500), vaults)
def test_any_number_of_days_may_make_knowledge_stale(days: int, facts: Facts) -> None:
    settled = parse_settings(f"[learning]\nstale_days = {days}").learning.stale_days
    found = states(GRAPH, facts, stub_words=20, stale_days=settled)
    old = LAST - FIRST
    assert days <= old.days or not [state for state in found.values() if state.supply == "stale"]
