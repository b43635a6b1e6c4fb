"""What a vault says about its owner's learning, as dated values, and the figures computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vault_tools.model.defaults import ENOUGH
from vault_tools.model.note import Problem
from vault_tools.model.text import Ref, Say

WorkOutcome = Literal["", "success", "failure", "partial", "open"]
Status = Literal["planned", "active", "finished", "dropped"]
Supply = Literal["problem", "missing", "stub", "unlearned", "written", "unapplied", "stale", "works"]
"""How well something is known, the worst first: a problem with it is open; its note is missing; its note is a stub; no
log learned it; it has a note, in a vault without logs; it was never applied; it was not applied for long; it was
applied recently."""
WindowKind = Literal["week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Window:
    """A calendar week (ISO), month, quarter or year: first and last day, and its name (`2024-W19`, `2024-Q2` …)."""

    kind: WindowKind
    start: date
    end: date
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the learning log: what was learned and applied on a day, for what, how, and what came of it.

    Names are node ids. A daily page has an entry for each section with content. `problem` is the text of the problem
    ("" for none), `blockers` are the nodes it names. `solved_in` is in minutes; None if it is not solved or not
    recorded.
    """

    place: Ref
    day: date
    learned: tuple[str, ...] = ()
    applied: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    minutes: float | None = None
    mode: str = ""
    problem: str = ""
    blockers: tuple[str, ...] = ()
    solved_in: float | None = None
    outcome: WorkOutcome = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A scenario or project: what it requires and applies directly, and when it began and ended.

    `answers` are the scenarios that a project serves. `ended` is the day on which it was finished; None if it was not
    finished, or if the day is not recorded.
    """

    id: str
    type: str
    status: Status
    requires: tuple[str, ...]
    applies: tuple[str, ...]
    answers: tuple[str, ...]
    mode: str
    outcome: WorkOutcome
    started: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Use:
    """Knowledge applied on a day (None: undated) by a log, an experiment or a goal, and the goals it was done for."""

    knowledge: str
    place: Ref
    day: date | None
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One problem, in any number of logs: when it was met, when it was solved, and how long that took.

    `minutes` is None while it is open, or if the time was not recorded; `closed` is None while it is open. `about` are
    the nodes that it names, `mode` is the last one in its logs.
    """

    name: str
    about: tuple[str, ...]
    places: tuple[Ref, ...]
    opened: date
    closed: date | None
    minutes: float | None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a vault says about learning, dated, in the order of days.

    `today` is the day that all figures are computed for. After a quarter without entries, it is the last day with an
    entry, so that the figures of an idle vault stay as they were. `learned` gives the first day on which each
    knowledge was learned, and where. `requires` are the direct prerequisites of every node. `stages` is the stage
    that each note has reached, `summaries` are the dated written summaries, `proofs`
    is how goals are verified. `problems` are the values that could not be read.
    """

    today: date
    resting: bool
    entries: tuple[Entry, ...] = ()
    goals: Mapping[str, Goal] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    cases: tuple[Case, ...] = ()
    learned: Mapping[str, tuple[date, Ref]] = field(default_factory=dict)
    requires: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    summaries: tuple[tuple[date, Ref], ...] = ()
    proofs: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


Unit = Literal["share", "minutes", "hours", "count"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measure in a window, and the notes behind it.

    `value` is a share from 0 to 1, or minutes, hours or a count; None if there is too little data. It is
    `part` of `whole`; `lacking` is how many more cases a figure needs. `low` and `high` are the bounds of a 95 %
    interval, where there is one. `notes` are the evidence of the part, `others` that of the rest of the whole.
    """

    value: float | None
    part: int
    whole: int
    notes: tuple[Ref, ...] = ()
    others: tuple[Ref, ...] = ()
    lacking: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """What a user plans to do: hours of deep work a week, projects a month, written summaries a quarter.

    `reflection_day` is the day of the weekly reflection: 0 is Monday, 6 Sunday.
    """

    hours_a_week: float = 10.0
    projects_a_month: float = 1.0
    summaries_a_quarter: float = 1.0
    reflection_day: int = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """A rule: who needs the knowledge (`demand`) and how well it is known (`supply`) -> what to do.

    The first rule that fits gives the advice. `title` and `step` are sentences of the catalogue, or texts of the user.
    """

    name: str
    title: str | Say
    demand: bool
    supply: tuple[Supply, ...]
    step: str | Say


@dataclass(frozen=True, slots=True)
class Need:
    """A goal that needs something: directly, or through another note (`via`)."""

    goal: str
    via: str


@dataclass(frozen=True, slots=True)
class KnowledgeState:
    """What is known about one piece of knowledge: who needs it, what blocks it, when it was learned and used.

    `last_day` is the last day on which a log learned it or something applied it, `written` tells whether it has a note.
    If very many goals need it, `needs` names some, and `more` counts the others by status.
    """

    id: str
    needs: tuple[Need, ...]
    cases: tuple[Case, ...]
    learned: tuple[date, Ref] | None
    uses: tuple[Use, ...]
    last_day: date | None
    written: bool
    supply: Supply
    more: Mapping[Status, int] = field(default_factory=dict)

    @property
    def goals(self) -> int:
        """How many open goals need it."""
        return len(self.needs) + sum(self.more.values())

    @property
    def demanded(self) -> bool:
        """Tell whether an open goal needs it, or an open problem names it."""
        return bool(self.needs or self.cases)


@dataclass(frozen=True, slots=True)
class CrossedAlert:
    """An alert that was triggered: its condition, the measure's name, the period, and the measurement."""

    text: str
    measure: str
    window: Window
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class Learning:
    """All that reports know about learning: facts, the state of each piece of knowledge, rules, and triggered alerts.

    A share or a median needs at least `enough` cases. `limits` is how many alerts the settings have.
    """

    facts: Facts = Facts(date(1970, 1, 1), resting=True)
    states: Mapping[str, KnowledgeState] = field(default_factory=dict)
    rules: tuple[Advice, ...] = ()
    targets: Targets = Targets()
    enough: int = ENOUGH
    crossed_alerts: tuple[CrossedAlert, ...] = ()
    limits: int = 0
