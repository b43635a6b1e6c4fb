"""`week`, `month`, `quarter`, `year`: the evidence of a period, for each of the three questions of a reflection.

`week solved`: problems solved and what was applied; `week method`: the measures, and the ways of learning compared;
`week short`: what is open, and what was learned and not used. Without a word, all three. The period is the one that
the note names, in its property `period` or in its title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from vault_tools.dialect import durations
from vault_tools.learning.measures import MEASURES, closed_in, finished, open_at, used_by, within
from vault_tools.learning.said import amount
from vault_tools.learning.values import Lexicon, period_of
from vault_tools.learning.windows import KINDS
from vault_tools.model.learning import Case, Entry, Facts, Goal, Window, WindowKind
from vault_tools.model.note import Note
from vault_tools.model.text import Ref, Say, Term, Value, listed, say
from vault_tools.render.figures import compare, format_comparison
from vault_tools.render.markdown import table
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report

MOST = 20


def fill(kind: WindowKind, report: Report, note: Note, argument: str) -> str | None:
    """Return the evidence of the period that a note is about; None where a word of the argument is not known."""
    wanted = argument.split() or list(_PARTS)
    if not _PARTS.keys() >= set(wanted):
        return None
    window = period_of(kind, note, Lexicon(report.graph.vocabulary))
    if window is None:
        asked = report.linker.own("region.periods.ask-period")
        return f"*{asked}*"
    blocks = [block for word in wanted for block in _PARTS[word](report, window)]
    return "\n\n".join(blocks) or f"*{report.linker.own('region.periods.empty')}*"


def _bullets(report: Report, *kinds: list[Say]) -> Iterator[str]:
    """Yield one list of lines of some kinds; no kind crowds another out."""
    lines = [line for lines in kinds for line in _cut(lines)]
    if lines:
        yield "\n".join(f"- {report.linker.text((line,))}" for line in lines)


def _cut(lines: list[Say]) -> list[Say]:
    return lines if len(lines) <= MOST else [*lines[:MOST], say("common.more", n=len(lines) - MOST)]


# ---------------------------------------------------------------- what was solved


def _solved(report: Report, window: Window) -> Iterator[str]:
    """Tell the projects finished, the problems solved, and what else was applied."""
    facts = report.learning.facts
    cases = [case for case in facts.cases if closed_in(case, window)]
    told = {place for case in cases for place in case.places}
    entries = [entry for entry in facts.entries if within(entry.day, window) and entry.applied]
    yield from _bullets(
        report,
        [_end(goal) for goal in finished(facts, window)],
        [_case(case, entries) for case in cases],
        [_used(entry) for entry in entries if entry.place not in told],
    )


def _case(case: Case, entries: Iterable[Entry]) -> Say:
    """Say that a problem was solved, in how long, and with what: all that its logs in the period applied."""
    used = dict.fromkeys(Ref(name) for entry in entries if entry.place in case.places for name in entry.applied)
    took = (
        say("region.periods.solved")
        if case.minutes is None
        else say("region.periods.solved-in-time", duration=durations.said(case.minutes))
    )
    how = say("region.periods.solved-with", solved=took, names=listed(tuple(used), MOST)) if used else took
    return say("region.periods.problem-solved", problem=_what(case), how=how, notes=_notes(case))


def _what(case: Case) -> Value:
    return tuple(map(Ref, case.about)) or case.name


def _notes(case: Case) -> tuple[Ref, ...]:
    """Return the notes that speak of a problem, each once and without lines, which move as regions are filled."""
    return tuple(dict.fromkeys(Ref(place.id) for place in case.places))


def _end(goal: Goal) -> Say:
    known = {
        "success": say("region.periods.outcome-success"),
        "failure": say("region.periods.outcome-failure"),
        "partial": say("region.periods.outcome-partial"),
    }
    outcome = known.get(goal.outcome) or say("region.periods.outcome-none")
    return say("region.periods.project-finished", project=Ref(goal.id), outcome=outcome)


def _used(entry: Entry) -> Say:
    note, names = Ref(entry.place.id), listed(tuple(map(Ref, entry.applied)), MOST)
    if not entry.goals:
        return say("region.periods.used", note=note, names=names)
    return say("region.periods.used-for-goals", note=note, names=names, goals=tuple(map(Ref, entry.goals)))


# ---------------------------------------------------------------- how it was learned


def _method(report: Report, window: Window) -> Iterator[str]:
    """Tell the measures of the period against the one before, and how its time was spent by mode."""
    link, learning = report.linker, report.learning
    told = [(link.own(measure.title), (format_comparison(compare(learning, measure, window)),)) for measure in MEASURES]
    yield table(
        (link.own("learning.column-measure"), window.name), [(title, link.text(figure)) for title, figure in told]
    )
    yield from _bullets(report, [_spent(mode, minutes) for mode, minutes in _by_mode(learning.facts, window)])


def _by_mode(facts: Facts, window: Window) -> list[tuple[str, float]]:
    """Return the minutes of each mode in a window, the most first."""
    spent: dict[str, float] = {}
    for entry in facts.entries:
        if within(entry.day, window) and entry.mode:
            spent[entry.mode] = spent.get(entry.mode, 0.0) + (entry.minutes or 0.0)
    return sorted(spent.items(), key=lambda row: (-row[1], row[0]))


def _spent(mode: str, minutes: float) -> Say:
    return say("region.periods.time-by-mode", mode=Term("mode", mode), duration=amount(minutes / 60, "hours"))


# ---------------------------------------------------------------- what is missing


def _short(report: Report, window: Window) -> Iterator[str]:
    """Tell the problems open at the period's end, and what was learned in it and not used by then."""
    facts = report.learning.facts
    lines = [_open(case) for case in facts.cases if open_at(case, window, facts.today)]
    used = used_by(facts, window.end)
    idle = [name for name, (day, _) in facts.learned.items() if within(day, window) and name not in used]
    if idle:
        lines.append(say("measure.not-used", notes=listed(tuple(map(Ref, idle)), MOST)))
    yield from _bullets(report, lines)


def _open(case: Case) -> Say:
    day = case.opened.isoformat()
    return say("region.periods.problem-open", problem=_what(case), day=day, notes=_notes(case))


_PARTS: Mapping[str, Callable[[Report, Window], Iterator[str]]] = {
    "solved": _solved,
    "method": _method,
    "short": _short,
}
REGIONS = tuple(RegionKind(kind, partial(fill, kind), tuple(_PARTS)) for kind in KINDS)
