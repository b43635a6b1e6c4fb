"""Facts of learning of every kind, made by chance: entries, goals, and vaults of them."""

# ruff: noqa: D103  (a test is named for what it holds)
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from vault_tools.learning.cases import cases
from vault_tools.learning.logs import first_learned
from vault_tools.learning.uses import all_uses
from vault_tools.learning.windows import KINDS, containing
from vault_tools.model.learning import Entry, Facts, Goal, Status
from vault_tools.model.text import Ref

DAY = 24 * 60
KNOWLEDGE = ("Docker.md", "KV cache.md", "TensorRT.md", "missing://Bin packing", "missing://调度", "剪枝.md", "量化.md")
GOALS = ("Deploy.md", "Quantise.md", "部署.md")
FIRST, LAST = date(2023, 12, 1), date(2024, 7, 31)

kinds = st.sampled_from(KINDS)
far_days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
near_days = st.dates(FIRST, LAST)
windows = st.builds(containing, kinds, near_days)
many_or_none = st.sampled_from((1, 2, 5))


def some(names: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Choose a few of some names, each once."""
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(tuple)


def maybe(strategy: st.SearchStrategy[float]) -> st.SearchStrategy[float | None]:
    """Choose a value or none."""
    return st.none() | strategy


@st.composite
def entries(draw: st.DrawFn, day: st.SearchStrategy[date] = near_days) -> Entry:
    """Make an entry of a log, as it is gathered from notes: a problem is named by its text or by its subject."""
    blockers = draw(some(KNOWLEDGE, 2))
    text = draw(st.sampled_from(("", "", "slow", "Slow ", "精度下降")))
    return Entry(
        place=Ref(f"Logs/{draw(st.integers(0, 40))}.md", line=draw(st.integers(0, 3))),
        day=draw(day),
        learned=draw(some(KNOWLEDGE)),
        applied=draw(some(KNOWLEDGE)),
        goals=draw(some(GOALS, 2)),
        minutes=draw(maybe(st.integers(0, 600).map(float))),
        mode=draw(st.sampled_from(("", "paper-first", "project-first"))),
        problem=text or ", ".join(blockers),
        blockers=blockers,
        solved_in=draw(maybe(st.integers(0, 20).map(lambda half: half * DAY / 2))),
        outcome=draw(st.sampled_from(("", "success", "failure", "partial", "open"))),
    )


@st.composite
def goals(draw: st.DrawFn, name: str) -> Goal:
    """Make a scenario or project; an open one has no end."""
    status: Status = draw(st.sampled_from(("planned", "active", "finished", "dropped")))
    return Goal(
        id=name,
        type=draw(st.sampled_from(("project", "scenario"))),
        status=status,
        requires=draw(some(KNOWLEDGE)),
        applies=draw(some(KNOWLEDGE)),
        answers=draw(some(GOALS, 1)),
        mode=draw(st.sampled_from(("", "paper-first", "project-first"))),
        outcome=draw(st.sampled_from(("", "success", "failure", "partial", "open"))),
        started=draw(st.none() | near_days),
        ended=draw(st.none() | near_days) if status in {"finished", "dropped"} else None,
    )


def gathered(logs: Iterable[Entry], wanted: Iterable[Goal], today: date = LAST, **more: object) -> Facts:
    """Make facts from entries and goals, as they are gathered from notes."""
    ordered = sorted(logs, key=lambda entry: (entry.day, entry.place.id, entry.place.line))
    by_name = {goal.id: goal for goal in wanted}
    return replace(
        Facts(
            today=today,
            resting=False,
            entries=tuple(ordered),
            goals=by_name,
            uses=tuple(all_uses(ordered, by_name, ())),
            cases=tuple(cases(ordered)),
            learned=first_learned(ordered),
            requires={goal.id: goal.requires for goal in by_name.values()},
        ),
        **more,  # type: ignore[arg-type]
    )


all_goals = st.tuples(*map(goals, GOALS))
summaries = st.lists(st.tuples(near_days, st.builds(Ref, st.sampled_from(("May.md", "六月.md")))), max_size=5)
vaults = st.builds(
    lambda logs, wanted, written: gathered(logs, wanted, summaries=tuple(sorted(written, key=str))),
    st.lists(entries(), max_size=12),
    all_goals,
    summaries,
)


def goal(name: str, **more: object) -> Goal:
    plain = Goal(name, "project", "active", (), (), (), "", "", None, None)
    return replace(plain, **more)  # type: ignore[arg-type]
