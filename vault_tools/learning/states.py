"""The state of each piece of knowledge: who needs it, how well it is known, and the rule that fits it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from vault_tools.learning.demand import NO_DEMAND, Demand, demands
from vault_tools.learning.goals import OPEN
from vault_tools.learning.supply import is_stub, supply
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Advice, Facts, KnowledgeState

_T = TypeVar("_T")


def states(graph: KnowledgeGraph, facts: Facts, *, stub_words: int, stale_days: int) -> dict[str, KnowledgeState]:
    """Return the state of everything that is knowledge, was learned or applied, or is needed, by node id."""
    found: dict[str, KnowledgeState] = {}
    for state in _unjudged_states(graph, facts):
        node = graph.nodes[state.id]
        stub = is_stub(graph, node, stub_words)
        found[state.id] = replace(state, supply=supply(node, state, facts, stale_days, stub=stub))
    return found


def _unjudged_states(graph: KnowledgeGraph, facts: Facts) -> Iterator[KnowledgeState]:
    """Yield the states in the order of node ids; how well each is known is not judged yet."""
    demand_of = _demands(facts)
    cases = _by_node((name, case) for case in facts.cases if case.closed is None for name in case.about)
    uses = _by_node((use.knowledge, use) for use in facts.uses)
    last_days = _last_days(facts)
    names = _knowledge_notes(graph).union(demand_of, cases, uses, facts.learned)
    for name in sorted(names & graph.nodes.keys()):
        demand = demand_of.get(name, NO_DEMAND)
        yield KnowledgeState(
            id=name,
            needs=demand.needs,
            more=demand.more,
            cases=tuple(cases.get(name, ())),
            learned=facts.learned.get(name),
            uses=tuple(uses.get(name, ())),
            last_day=last_days.get(name),
            written=graph.nodes[name].kind != "missing",
            supply="works",
        )


def _demands(facts: Facts) -> dict[str, Demand]:
    """Return who needs what is no goal itself."""
    open_goals = {goal.id: goal.status for goal in facts.goals.values() if goal.status in OPEN}
    found = demands(facts.requires, open_goals)
    return {name: demand for name, demand in found.items() if name not in facts.goals}


def _knowledge_notes(graph: KnowledgeGraph) -> set[str]:
    return {node.id for node in graph.nodes.values() if node.role == "knowledge" and node.kind == "note"}


def _by_node(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    groups: dict[str, list[_T]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


def _last_days(facts: Facts) -> dict[str, date]:
    """Return the last day on which a log learned each thing or something applied it."""
    last: dict[str, date] = {}
    for name, day in _days_of_knowledge(facts):
        last[name] = max(day, last.get(name, day))
    return last


def _days_of_knowledge(facts: Facts) -> Iterator[tuple[str, date]]:
    """Yield each day on which something was learned or applied, with its name."""
    for entry in facts.entries:
        for name in (*entry.learned, *entry.applied):
            yield name, entry.day
    for use in facts.uses:
        if use.day is not None:
            yield use.knowledge, use.day


def fitting_rule(state: KnowledgeState, rules: Sequence[Advice]) -> Advice | None:
    """Return the first rule that fits a state; None where there is nothing to advise."""
    return next((rule for rule in rules if rule.demand == state.demanded and state.supply in rule.supply), None)
