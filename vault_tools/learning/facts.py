"""The graph -> dated facts: what a vault says about learning up to a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from vault_tools.learning.cases import cases
from vault_tools.learning.goals import goals_of, proofs_of
from vault_tools.learning.logs import entries_of, first_learned
from vault_tools.learning.notes import learning_notes, problems_of, stages_of, summaries_of
from vault_tools.learning.requirements import requirements
from vault_tools.learning.uses import uses_of
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Facts

RESTING = timedelta(days=92)
"""How long nothing may have happened until a vault counts as resting."""


def facts(graph: KnowledgeGraph, today: date) -> Facts:
    """Gather what a vault says about learning up to a day; later entries are left out."""
    notes = learning_notes(graph)
    goals = goals_of(notes, today)
    entries = entries_of(notes, today)
    uses = uses_of(entries, goals, notes, today)
    whole = Facts(
        today=today,
        resting=False,
        entries=entries,
        goals=goals,
        uses=uses,
        cases=tuple(cases(entries)),
        learned=first_learned(entries),
        requires=requirements(graph),
        stages=stages_of(notes),
        summaries=summaries_of(notes, today),
        proofs=proofs_of(notes),
    )
    problems = problems_of(notes)  # reading the notes, as above, is what finds them
    return _at_rest(replace(whole, problems=problems))


def _at_rest(facts: Facts) -> Facts:
    """Return the facts as of the last day on which anything happened, if the vault has been resting since then."""
    last = max(_days(facts), default=facts.today)
    if facts.today - last <= RESTING:
        return facts
    return replace(facts, today=last, resting=True)


def _days(facts: Facts) -> Iterator[date]:
    """Yield the days up to today on which something was learned, summarised, used, begun or ended."""
    yield from (entry.day for entry in facts.entries)
    yield from (day for day, _ in facts.summaries)
    yield from (use.day for use in facts.uses if use.day is not None)
    for goal in facts.goals.values():
        yield from (day for day in (goal.started, goal.ended) if day is not None and day <= facts.today)
