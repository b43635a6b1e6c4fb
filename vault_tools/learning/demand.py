"""Who needs a piece of knowledge, how well it is known, and what the rules advise then."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from vault_tools.graph.authorship import own_words
from vault_tools.learning.facts import OPEN
from vault_tools.learning.wanted import NOBODY, wanted
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Advice, Facts, State, Supply

_T = TypeVar("_T")


def states(graph: KnowledgeGraph, facts: Facts, *, stub_words: int, stale_days: int) -> dict[str, State]:
    """Return the state of everything that is knowledge, was learned or applied, or is needed, by node id."""
    open_ = {goal.id: goal.status for goal in facts.goals.values() if goal.status in OPEN}
    asked = {name: who for name, who in wanted(facts.requires, open_).items() if name not in facts.goals}
    troubles = _by_node((name, case) for case in facts.cases if case.closed is None for name in case.about)
    uses = _by_node((use.knowledge, use) for use in facts.uses)
    names = {node.id for node in graph.nodes.values() if node.role == "knowledge" and node.kind == "note"}
    names.update(asked, troubles, uses, facts.learned)
    touched = _touched(facts)
    found = {}
    for name in sorted(names & graph.nodes.keys()):
        known = partial(
            State,
            id=name,
            needs=asked.get(name, NOBODY).needs,
            more=asked.get(name, NOBODY).more,
            cases=tuple(troubles.get(name, ())),
            learned=facts.learned.get(name),
            uses=tuple(uses.get(name, ())),
            touched=touched.get(name),
            written=graph.nodes[name].kind != "missing",
        )
        node = graph.nodes[name]
        stub = is_stub(graph, node, stub_words)
        supply = _supply(node, known(supply="works"), facts, stale_days, stub=stub)
        found[name] = known(supply=supply)
    return found


def _supply(node: Node, state: State, facts: Facts, stale_days: int, *, stub: bool) -> Supply:
    """Judge how well something is known; in a vault without logs, what is written counts as learned."""
    if state.cases:
        return "problem"
    if node.kind == "missing" and state.learned is None and not state.uses:
        return "missing"
    if stub and not state.uses:
        return "stub"
    if not state.uses:
        if state.learned is not None or node.id in facts.stages:
            return "unapplied"
        return "unlearned" if facts.learned else "written"
    return "works" if state.touched is None or (facts.today - state.touched).days <= stale_days else "stale"


def _by_node(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _touched(facts: Facts) -> dict[str, date]:
    found: dict[str, date] = {}
    pairs = [(name, entry.day) for entry in facts.entries for name in (*entry.learned, *entry.applied)]
    pairs += [(use.knowledge, use.day) for use in facts.uses if use.day is not None]
    for name, day in pairs:
        found[name] = max(day, found.get(name, day))
    return found


def is_stub(graph: KnowledgeGraph, node: Node, stub_words: int) -> bool:
    """Tell whether a note is written but says next to nothing; one that embeds something shows it instead."""
    if node.note is None or node.kind != "note" or own_words(graph, node) >= stub_words:
        return False
    return not any(link.embed and not node.note.is_ours(link.line) for link in node.note.links)


def advised(state: State, rules: Sequence[Advice]) -> Advice | None:
    """Return the first rule that fits a state; None where there is nothing to advise."""
    return next((rule for rule in rules if rule.demand == state.demanded and state.supply in rule.supply), None)
