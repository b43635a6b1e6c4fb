"""What to do about a piece of knowledge: the way to it, and something small to try."""

from collections.abc import Collection, Iterable, Mapping

from vault_tools.insights._reasons import MOST
from vault_tools.learning.goals import OPEN
from vault_tools.learning.order import Ways, is_only_written
from vault_tools.model.learning import Goal, KnowledgeState, Learning
from vault_tools.model.text import Ref, Say, listing, say


def way_to(learning: Learning, name: str, ways: Ways) -> list[Say]:
    """Say in which order to learn what it takes, if it takes more than itself; else on what it builds."""
    steps = ways.to(name)
    if steps is None:
        first = ways.first(name)
        return [say("learned.step-start-with", first=Ref(first))] if first != name else _base(learning, name)
    if len(steps) > 1:
        return [say("learned.step-in-order", way=listing(tuple(map(Ref, steps)), MOST))]
    return _base(learning, name)


def _base(learning: Learning, name: str) -> list[Say]:
    """Say on what something builds."""
    known, only_written = bases(learning, name)
    sentences = [say("learned.step-base-known", base=known)] if known else []
    return [*sentences, say("learned.step-base-written", base=only_written)] if only_written else sentences


def bases(learning: Learning, name: str) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """Return on what something builds: what is known by a log or a stage, and what only has a note."""
    needs = learning.facts.requires.get(name, ())[:MOST]
    only_written = [need for need in needs if is_only_written(learning.states, need)]
    return tuple(Ref(need) for need in needs if need not in only_written), tuple(map(Ref, only_written))


def projects_by_need(learning: Learning) -> dict[str, list[Goal]]:
    """Return the projects that require something, by what they require."""
    projects: dict[str, list[Goal]] = {}
    for goal in learning.facts.goals.values():
        if goal.type == "project":
            for name in goal.requires:
                projects.setdefault(name, []).append(goal)
    return projects


def project_for(learning: Learning, state: KnowledgeState, projects_by_need: Mapping[str, list[Goal]]) -> list[Say]:
    """Say what small project to try: one that failed without it, one that waits for it, or a scenario's proof."""
    projects = projects_by_need.get(state.id, [])
    failed = [goal for goal in projects if goal.outcome == "failure"]
    if failed:
        return [say("learned.step-retry-failed", project=Ref(_latest(failed).id))]
    waiting = [goal for goal in projects if goal.status in OPEN]
    if waiting:
        return [say("learned.step-try-project", project=Ref(_latest(waiting).id))]
    return _scenario_for(learning, {need.goal for need in state.needs})


def _scenario_for(learning: Learning, goals: Collection[str]) -> list[Say]:
    """Say which of some goals to try, if one is a scenario, and how it is verified."""
    scenarios = [goal for name in goals if (goal := learning.facts.goals[name]).type != "project"]
    if not scenarios:
        return []
    chosen = _latest(scenarios)
    proof = learning.facts.proofs.get(chosen.id, "")
    if proof:
        return [say("learned.step-try-scenario-proof", scenario=Ref(chosen.id), proof=proof)]
    return [say("learned.step-try-scenario", scenario=Ref(chosen.id))]


def _latest(goals: Iterable[Goal]) -> Goal:
    return max(goals, key=lambda goal: (goal.status == "active", str(goal.started or ""), goal.id))
