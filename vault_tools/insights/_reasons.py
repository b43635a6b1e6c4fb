"""Why a piece of knowledge matters: who needs it, what blocks it, and how well it is known."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from vault_tools.model.learning import Case, KnowledgeState, Learning, Need
from vault_tools.model.text import Ref, Say, Term, Text, say

MOST = 8
"""Mentions shown of one kind."""
URGENCY = {"active": 1.0, "planned": 0.5}
"""How strongly an open goal asks, by its status."""
_SUPPLY = {
    "missing": say("common.not-written"),
    "stub": say("learned.why-stub"),
    "unlearned": say("learned.why-unlearned"),
}


def urgency(learning: Learning, state: KnowledgeState) -> float:
    """Return how strongly something is needed: open goals, those only planned by half, and open problems."""
    goals = learning.facts.goals
    named = sum(URGENCY.get(goals[need.goal].status, 0.0) for need in state.needs)
    return named + sum(URGENCY[status] * count for status, count in state.more.items()) + len(state.cases)


def because(learning: Learning, state: KnowledgeState, goals_above: Collection[str] = ()) -> Text:
    """Say in sentences who needs it (without the goals that are named above), what blocks it, how well it is known."""
    sentences = [
        *_who_needs_it(state, goals_above),
        *(_open_problem(case, learning) for case in state.cases),
        *_why_unknown(state),
        *_last_use(learning, state),
    ]
    return join_sentences(sentences)


def join_sentences(sentences: Sequence[str | Say]) -> Text:
    """Return sentences as one running text."""
    return tuple(part for each in sentences for part in (say("common.semicolon"), each))[1:]


def _who_needs_it(state: KnowledgeState, goals_above: Collection[str]) -> Iterator[Say]:
    needs = [need for need in state.needs if need.goal not in goals_above]
    yield from _direct(needs)
    yield from _indirect(needs)
    if not state.demanded:
        yield say("learned.why-unneeded")


def _direct(needs: Iterable[Need]) -> Iterator[Say]:
    goals = tuple(Ref(need.goal) for need in needs if need.via == need.goal)
    if goals:
        yield say("learned.why-needed", goals=goals[:MOST])


def _indirect(needs: Iterable[Need]) -> Iterator[Say]:
    through = [need for need in needs if need.via != need.goal][:MOST]
    if through:
        goals = tuple(say("learned.goal-through", goal=Ref(need.goal), other=Ref(need.via)) for need in through)
        yield say("learned.why-needed-indirectly", goals=goals)


def _open_problem(case: Case, learning: Learning) -> Say:
    days = (learning.facts.today - case.opened).days
    if not days:
        return say("learned.why-open-problem-today")
    return say("learned.why-open-problem", n=days, day=case.opened.isoformat())


def _why_unknown(state: KnowledgeState) -> Iterator[Say]:
    """Say that it is not written, a stub, or in no log."""
    if state.supply in _SUPPLY:
        yield _SUPPLY[state.supply]
    elif not state.written:
        yield _SUPPLY["missing"]


def _last_use(learning: Learning, state: KnowledgeState) -> Iterator[Say]:
    """Say when it was last applied, or that it was learned and never applied."""
    stage = learning.facts.stages.get(state.id)
    if state.uses:
        yield _applied(state)
    elif state.learned is not None:
        yield say("learned.why-never-applied", day=state.learned[0].isoformat())
    elif stage is not None:
        yield say("learned.why-stage-unapplied", stage=Term("stage", stage))


def _applied(state: KnowledgeState) -> Say:
    notes = len({use.place.id for use in state.uses})
    if state.last_day is None:
        return say("learned.why-applied", n=notes)
    return say("learned.why-applied-last", n=notes, day=state.last_day.isoformat())
