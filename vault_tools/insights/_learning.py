"""What the insights on learning share: why a piece of knowledge matters, the way to it, and something small to try."""

from collections.abc import Collection, Iterator, Mapping

from vault_tools.learning.facts import OPEN
from vault_tools.learning.order import Ways
from vault_tools.model.learning import Case, Goal, Learning, State
from vault_tools.model.text import Ref, Say, Term, Text, count, listed, say

MOST = 8
"""Mentions shown of one kind."""
URGENCY = {"active": 1.0, "planned": 0.5}
"""How strongly an open goal asks, by its status."""
_SUPPLY = {
    "missing": say("it is not written yet"),
    "stub": say("its note says next to nothing"),
    "unlearned": say("no log learned it"),
}


def urgency(learning: Learning, state: State) -> float:
    """Return how strongly something is needed: open goals, those only planned by half, and open problems."""
    goals = learning.facts.goals
    named = sum(URGENCY.get(goals[need.goal].status, 0.0) for need in state.needs)
    return named + sum(URGENCY[status] * many for status, many in state.more.items()) + len(state.cases)


def because(learning: Learning, state: State, named: Collection[str] = ()) -> Text:
    """Say in sentences who needs it, but for goals `named` already, what is in the way, and how well it is known."""
    return joined(
        [*_needed(state, named), *(_trouble(case, learning) for case in state.cases), *_known(learning, state)]
    )


def joined(said: list[Say]) -> Text:
    """Return sentences as one running text."""
    return tuple(part for each in said for part in (say("; "), each))[1:]


def _needed(state: State, named: Collection[str]) -> Iterator[Say]:
    needs = [need for need in state.needs if need.goal not in named]
    direct = tuple(Ref(need.goal) for need in needs if need.via == need.goal)
    through = tuple(need for need in needs if need.via != need.goal)
    if direct:
        yield say("needed by {goals}", goals=direct[:MOST])
    if through:
        goals = tuple(
            say("{goal} (through {other})", goal=Ref(need.goal), other=Ref(need.via)) for need in through[:MOST]
        )
        yield say("needed indirectly by {goals}", goals=goals)
    if not state.demanded:
        yield say("no open goal needs it")


def _trouble(case: Case, learning: Learning) -> Say:
    since = (learning.facts.today - case.opened).days
    return count(
        "a problem with it has been open for a day, since {day}",
        "a problem with it has been open for {n} days, since {day}",
        since,
        day=case.opened.isoformat(),
    )


def _known(learning: Learning, state: State) -> Iterator[Say]:
    if state.supply in _SUPPLY:
        yield _SUPPLY[state.supply]
    elif not state.written:
        yield _SUPPLY["missing"]
    stage = learning.facts.stages.get(state.id)
    if state.learned is not None and not state.uses:
        yield say("learned on {day}, never applied", day=state.learned[0].isoformat())
    elif stage is not None and not state.uses:
        yield say("its stage is {stage}, and it was never applied", stage=Term("stage", stage))
    elif state.uses and state.touched is not None:
        yield count(
            "applied in one note, last on {day}",
            "applied in {n} notes, last on {day}",
            _notes(state),
            day=state.touched.isoformat(),
        )
    elif state.uses:
        yield count("applied in one note", "applied in {n} notes", _notes(state))


def _notes(state: State) -> int:
    return len({use.place.id for use in state.uses})


def way_to(learning: Learning, name: str, ways: Ways) -> list[Say]:
    """Say in which order to learn what it takes, if it takes more than itself; else on what it builds."""
    steps = ways.to(name)
    if steps is None and ways.first(name) != name:
        return [say("start with {first}: many steps come after it", first=Ref(ways.first(name)))]
    if steps is not None and len(steps) > 1:
        return [say("in this order: {way}", way=listed(tuple(map(Ref, steps)), MOST))]
    base = tuple(Ref(need) for need in learning.facts.requires.get(name, ())[:MOST])
    return [say("you know what it builds on: {base}", base=base)] if base else []


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
        return [say("try again what failed without it: {project}", project=Ref(_latest(failed).id))]
    if waiting:
        return [say("try it in {project}", project=Ref(_latest(waiting).id))]
    scenarios = [goal for name in needed if (goal := learning.facts.goals[name]).type != "project"]
    if not scenarios:
        return []
    chosen = _latest(scenarios)
    proof = learning.facts.proofs.get(chosen.id, "")
    if proof:
        return [say("try a project of a day for {scenario}; its proof: {proof}", scenario=Ref(chosen.id), proof=proof)]
    return [say("try a project of a day for {scenario}", scenario=Ref(chosen.id))]


def _latest(goals: list[Goal]) -> Goal:
    return max(goals, key=lambda goal: (goal.status == "active", str(goal.started or ""), goal.id))
