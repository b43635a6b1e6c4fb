"""What the insights on learning share: why a piece of knowledge matters, the way to it, and something small to try."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from vault_tools.learning.facts import OPEN
from vault_tools.learning.order import Ways, is_only_written
from vault_tools.model.learning import Case, Goal, Learning, State
from vault_tools.model.text import Ref, Say, Term, Text, listed, say

MOST = 8
"""Mentions shown of one kind."""
URGENCY = {"active": 1.0, "planned": 0.5}
"""How strongly an open goal asks, by its status."""
_SUPPLY = {
    "missing": say("common.not-written"),
    "stub": say("learned.why-stub"),
    "unlearned": say("learned.why-unlearned"),
}


def urgency(learning: Learning, state: State) -> float:
    """Return how strongly something is needed: open goals, those only planned by half, and open problems."""
    goals = learning.facts.goals
    named = sum(URGENCY.get(goals[need.goal].status, 0.0) for need in state.needs)
    return named + sum(URGENCY[status] * many for status, many in state.more.items()) + len(state.cases)


def because(learning: Learning, state: State, named: Collection[str] = ()) -> Text:
    """Say in sentences who needs it (without goals `named` already), what blocks it, and how well it is known."""
    return joined(
        [*_needed(state, named), *(_trouble(case, learning) for case in state.cases), *_known(learning, state)]
    )


def joined(said: Sequence[str | Say]) -> Text:
    """Return sentences as one running text."""
    return tuple(part for each in said for part in (say("common.semicolon"), each))[1:]


def _needed(state: State, named: Collection[str]) -> Iterator[Say]:
    needs = [need for need in state.needs if need.goal not in named]
    direct = tuple(Ref(need.goal) for need in needs if need.via == need.goal)
    through = tuple(need for need in needs if need.via != need.goal)
    if direct:
        yield say("learned.why-needed", goals=direct[:MOST])
    if through:
        goals = tuple(say("learned.goal-through", goal=Ref(need.goal), other=Ref(need.via)) for need in through[:MOST])
        yield say("learned.why-needed-indirectly", goals=goals)
    if not state.demanded:
        yield say("learned.why-unneeded")


def _trouble(case: Case, learning: Learning) -> Say:
    since = (learning.facts.today - case.opened).days
    if not since:
        return say("learned.why-open-problem-today")
    return say(
        "learned.why-open-problem",
        n=since,
        day=case.opened.isoformat(),
    )


def _known(learning: Learning, state: State) -> Iterator[Say]:
    if state.supply in _SUPPLY:
        yield _SUPPLY[state.supply]
    elif not state.written:
        yield _SUPPLY["missing"]
    stage = learning.facts.stages.get(state.id)
    if state.learned is not None and not state.uses:
        yield say("learned.why-never-applied", day=state.learned[0].isoformat())
    elif stage is not None and not state.uses:
        yield say("learned.why-stage-unapplied", stage=Term("stage", stage))
    elif state.uses and state.touched is not None:
        yield say(
            "learned.why-applied-last",
            n=_notes(state),
            day=state.touched.isoformat(),
        )
    elif state.uses:
        yield say("learned.why-applied", n=_notes(state))


def _notes(state: State) -> int:
    return len({use.place.id for use in state.uses})


def way_to(learning: Learning, name: str, ways: Ways) -> list[Say]:
    """Say in which order to learn what it takes, if it takes more than itself; else on what it builds."""
    steps = ways.to(name)
    if steps is None and ways.first(name) != name:
        return [say("learned.step-start-with", first=Ref(ways.first(name)))]
    if steps is not None and len(steps) > 1:
        return [say("learned.step-in-order", way=listed(tuple(map(Ref, steps)), MOST))]
    known, written = bases(learning, name)
    said = [say("learned.step-base-known", base=known)] if known else []
    return [*said, say("learned.step-base-written", base=written)] if written else said


def bases(learning: Learning, name: str) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """Return on what something builds: what is known by a log or a stage, and what only has a note."""
    needs = learning.facts.requires.get(name, ())[:MOST]
    written = [need for need in needs if is_only_written(learning.states, need)]
    return tuple(Ref(need) for need in needs if need not in written), tuple(map(Ref, written))


def projects_asking(learning: Learning) -> dict[str, list[Goal]]:
    """Return the projects that require something, by what they require."""
    found: dict[str, list[Goal]] = {}
    for goal in learning.facts.goals.values():
        if goal.type == "project":
            for name in goal.requires:
                found.setdefault(name, []).append(goal)
    return found


def project_for(learning: Learning, state: State, asking: Mapping[str, list[Goal]]) -> list[Say]:
    """Say what small project to try: one that failed without it, one that waits for it, or a scenario's proof."""
    needed = {need.goal for need in state.needs}
    projects = asking.get(state.id, [])
    waiting = [goal for goal in projects if goal.status in OPEN]
    failed = [goal for goal in projects if goal.outcome == "failure"]
    if failed:
        return [say("learned.step-retry-failed", project=Ref(_latest(failed).id))]
    if waiting:
        return [say("learned.step-try-project", project=Ref(_latest(waiting).id))]
    scenarios = [goal for name in needed if (goal := learning.facts.goals[name]).type != "project"]
    if not scenarios:
        return []
    chosen = _latest(scenarios)
    proof = learning.facts.proofs.get(chosen.id, "")
    if proof:
        return [say("learned.step-try-scenario-proof", scenario=Ref(chosen.id), proof=proof)]
    return [say("learned.step-try-scenario", scenario=Ref(chosen.id))]


def _latest(goals: list[Goal]) -> Goal:
    return max(goals, key=lambda goal: (goal.status == "active", str(goal.started or ""), goal.id))
