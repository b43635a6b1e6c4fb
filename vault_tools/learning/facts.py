"""The graph -> dated facts: log entries, goals, uses, problems, and what was learned when."""

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from posixpath import basename
from typing import cast

from vault_tools.dialect.properties import one_line
from vault_tools.learning.values import (
    Lexicon,
    Reader,
    Written,
    about,
    fields,
    is_empty,
    length,
    named_day,
    names,
    properties,
)
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.learning import Case, Entry, Facts, Goal, Outcome, Status, Use
from vault_tools.model.note import Note, Problem, Value
from vault_tools.model.text import Ref, Term
from vault_tools.parse.values import as_property, quoted

RESTING = timedelta(days=92)
"""How long nothing may have happened until a vault counts as resting."""
OPEN = frozenset({"active", "planned"})
"""The statuses of a goal that still wants something."""
NEEDS = ("requires", "depends-on")
MINUTES_A_DAY = 24 * 60
SCENARIO = "scenario"
"""The type of the goals that are a situation; every other goal is a project, which ends and has an outcome."""
SUMMARY = "summary"
"""The type of a written summary."""
_DATED = frozenset({"log", "goal", "work"})
_STAGED = frozenset({"knowledge", "source"})
_GOALS = ("belongs-to", "answers")
_OF_ENTRIES = frozenset({"learns", "applies", "learned-from", "struggles-with", *_GOALS})
_ONCE = frozenset({"problem", "solved-in", "took", "outcome"})
_VALUES = frozenset({"minutes", "problem", "solved-in", "took", "outcome", "effect", "rating"})
_PLAIN_NAME = re.compile(r"[^\[\]|#^\"\\,，、;；\n]{1,80}")
"""A value that is exactly the name of one note."""
_TIMES = ("took", "time")
"""The properties that may tell the time to solve a problem or the time spent."""


def facts(graph: KnowledgeGraph, today: date) -> Facts:
    """Gather what a vault says about learning up to a day; later entries are left out."""
    lexicon = Lexicon(graph.vocabulary)
    problems: dict[str, list[Problem]] = {}
    notes = [_Told(graph, node, lexicon, problems) for node in graph.nodes.values() if _tells(node, lexicon)]
    goals = {told.id: _goal(told, today) for told in notes if told.role == "goal"}
    _tell_unmeasured({told.id: told for told in notes}, goals.values())
    entries = [entry for told in notes if told.role == "log" for entry in _entries(told)]
    entries.sort(key=lambda entry: (entry.day, entry.place.id, entry.place.line))
    entries = [entry for entry in entries if entry.day <= today]
    uses = sorted(
        (use for use in _uses(entries, goals, notes) if use.day is None or use.day <= today),
        key=lambda use: (use.day or date.max, use.place.id, use.knowledge),
    )
    proofs = {told.id: proof for told in notes if told.role == "goal" and (proof := told.reader.text("verify"))}
    summaries = sorted((day, told.ref) for told in notes if told.type == SUMMARY and (day := told.day()) is not None)
    written = tuple((day, ref) for day, ref in summaries if day <= today)
    days = (*(entry.day for entry in entries), *(day for day, _ in written), *_days(uses, goals.values(), today))
    last = max(days, default=today)
    resting = today - last > RESTING
    return Facts(
        today=last if resting else today,
        resting=resting,
        entries=tuple(entries),
        goals=goals,
        uses=tuple(uses),
        cases=tuple(cases(entries)),
        learned=_learned(entries),
        requires=_requires(graph),
        stages={told.id: stage for told in notes if (stage := told.reader.word("stage", "stages"))},
        summaries=written,
        proofs=proofs,
        problems={path: tuple(dict.fromkeys(found)) for path, found in sorted(problems.items()) if found},
    )


def _tells(node: Node, lexicon: Lexicon) -> bool:
    """Tell whether a note can have dates, outcomes or a stage; knowledge and sources only have a stage."""
    if node.note is None:
        return False
    if node.role in _DATED or node.type == SUMMARY:
        return True
    keys = chain(node.note.frontmatter or (), (field.key for field in node.note.fields))
    return node.role in _STAGED and any(lexicon.meaning("properties", key) == "stage" for key in keys)


class _Told:
    """What one note tells: its values, and its edges by relation."""

    def __init__(self, graph: KnowledgeGraph, node: Node, lexicon: Lexicon, problems: dict[str, list[Problem]]) -> None:
        assert node.note is not None
        self.id, self.role, self.type = node.id, node.role, node.type
        self.note: Note = node.note
        self.ref = Ref(node.id)
        self.lexicon = lexicon
        self.problems = problems.setdefault(node.id, [])
        self.edges: tuple[Edge, ...] = graph.outgoing.get(node.id, ())
        self.nodes = graph.nodes
        self.front = properties(self.note, lexicon)
        self.fields = list(fields(self.note, lexicon))
        self.reader = Reader({**dict(reversed(self.fields)), **self.front}, lexicon, self.problems)

    def key(self, name: str) -> str | Term:
        """Return what the note calls a property; what the reader's language calls it where the note has none."""
        return names(self.note, self.lexicon).get(name) or Term("key", name)

    def read(self, written: Mapping[str, Written]) -> Reader:
        """Return a reader for some of the note's values."""
        return Reader(written, self.lexicon, self.problems)

    def to(self, *relations: str) -> tuple[str, ...]:
        """Return the nodes to which some relations lead, each once."""
        return tuple(dict.fromkeys(edge.target for edge in self.edges if edge.relation in relations))

    def day(self) -> date | None:
        """Return the note's day: by its property, else by its name."""
        return self.reader.day("date") or named_day(basename(self.id))


# ---------------------------------------------------------------- logs


@dataclass(slots=True)
class _Part:
    """A part of a log that may be a separate entry: its edges by relation, its values, each time that was spent."""

    line: int
    edges: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Written] = field(default_factory=dict)
    minutes: list[Written] = field(default_factory=list)

    def to(self, *relations: str) -> tuple[str, ...]:
        """Return the nodes to which some relations lead, each once."""
        return tuple(dict.fromkeys(target for name in relations for target in self.edges.get(name, ())))

    @property
    def is_entry(self) -> bool:
        """Whether it says something about learning."""
        return bool(self.edges) or _says(self.values)

    @property
    def solved_in(self) -> Written | None:
        """How long a problem took: a value that says so, or else a time next to a problem."""
        written = self.values.get("solved-in")
        if written is not None or not ("problem" in self.values or "struggles-with" in self.edges):
            return written
        time = self.values.get("time")
        readable = time if time is not None and length(time.value) is not None else None
        return self.values.get("took") or readable

    def take(self, values: Iterable[tuple[str, Written]]) -> None:
        """Take values; of several of a name the first counts, but times add up."""
        for name, written in values:
            if name == "minutes":
                self.minutes.append(written)
            self.values.setdefault(name, written)


def _entries(told: _Told) -> Iterator[Entry]:
    """Yield the entries of a log: one if its properties give one, else one for each section that says something.

    A log that says more than once what the problem was, or how it ended, still has several entries.
    """
    told.problems += _without_link(told)
    found = _parts(told)
    whole = found[0]
    parts = [part for part in found if part.is_entry]
    silent = [part for part in found if not part.is_entry]
    if parts and (_says(told.front) or _is_in_front(told)) and not _is_repeated(parts):
        parts = [_merged(parts)]
    told.problems += _unclear_times(told, [*parts, *silent])
    for part in parts:
        yield from _entry(told, part, whole)


def _unclear_times(told: _Told, parts: Iterable[_Part]) -> Iterator[Problem]:
    """Yield the times that may be the time to solve a problem or the time spent, for the note does not tell."""
    for part in parts:
        for name in _TIMES:
            written = part.values.get(name)
            if written is None or written is part.solved_in or (name == "time" and length(written.value) is None):
                continue
            keys = {name.replace("-", "_"): told.key(name) for name in ("solved-in", "minutes", "problem")}
            message, remedy = "problem.learning.time-unclear", "problem.learning.time-unclear-fix"
            yield Problem("time-unclear", written.line, message, remedy, (*about(written), *keys.items()))


def _without_link(told: _Told) -> Iterator[Problem]:
    """Yield what a log says was learned or applied in plain words: without a link, nobody knows which note is meant."""
    front = zip((told.note.frontmatter or {}).items(), told.note.property_lines, strict=True)
    rows = [(key, value, line) for (key, value), line in front]
    rows += [
        (each.key, as_property(each.value), each.line)
        for each in told.note.fields
        if each.form != "frontmatter" and not each.task
    ]
    for key, value, line in rows:
        if told.lexicon.relation(key) not in {"learns", "applies"} or is_empty(value):
            continue
        if not any(map(_is_linked, value if isinstance(value, list) else [value])):
            yield _not_linked(Written(value, line, key), in_front=line in told.note.property_lines)


def _not_linked(written: Written, *, in_front: bool) -> Problem:
    """Return the problem of a name without brackets, with the line to write instead if that is certain."""
    message, remedy = "problem.learning.not-linked", "problem.learning.not-linked-fix"
    name = written.value
    if not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name.strip()):
        remedy = "problem.learning.not-linked-fix-list" if in_front else remedy
        return Problem("relation-without-link", written.line, message, remedy, about(written))
    link = f"[[{name.strip()}]]"
    line = f'{one_line(written.key)}: "{link}"' if in_front else f"{written.key}:: {link}"
    remedy = "problem.learning.not-linked-fix-line"
    return Problem("relation-without-link", written.line, message, remedy, (*about(written), ("line", line)))


def _is_linked(value: Value) -> bool:
    """Tell whether a value holds a link."""
    text = quoted(value, sys.maxsize)
    return "[[" in text or "](" in text


def _is_in_front(told: _Told) -> bool:
    """Tell whether the properties hold a relation of an entry."""
    front = {link.line for link in told.note.links if link.frontmatter}
    places = (place for edge in told.edges if edge.relation in _OF_ENTRIES for place in edge.places)
    return any(place.note == told.id and place.line in front for place in places)


def _is_repeated(parts: Iterable[_Part]) -> bool:
    """Tell whether several parts say the same about the work: how it ended, what the problem was."""
    said = [name for part in parts for name in part.values if name in _ONCE]
    return len(said) != len(set(said))


def _says(values: Mapping[str, Written]) -> bool:
    """Tell whether some values say anything of what was done."""
    return any(name in _VALUES and not is_empty(written.value) for name, written in values.items())


def _parts(told: _Told) -> list[_Part]:
    """Cut a log at its headings; what was written in other notes, and above the first heading, is the first part."""
    starts = [heading.line for heading in told.note.headings]
    parts = [_Part(0), *map(_Part, starts)]
    for edge in told.edges:
        if edge.relation in _OF_ENTRIES:
            for place in edge.places:
                at = bisect_right(starts, place.line) if place.note == told.id else 0
                parts[at].edges.setdefault(edge.relation, []).append(edge.target)
    parts[0].take(told.front.items())
    for name, written in told.fields:
        parts[bisect_right(starts, written.line)].take([(name, written)])
    return parts


def _merged(parts: Sequence[_Part]) -> _Part:
    """Make one part of several; the time of the first one is the whole time, if it has any."""
    whole = _Part(0, minutes=[*parts[0].minutes] or [each for part in parts for each in part.minutes])
    for part in parts:
        for relation, targets in part.edges.items():
            whole.edges.setdefault(relation, []).extend(targets)
        whole.values = part.values | whole.values
    return whole


def _entry(told: _Told, part: _Part, around: _Part) -> Iterator[Entry]:
    """Yield the entry that a part describes; day, mode and goal may be said once for a whole log."""
    said = {name: around.values[name] for name in ("mode", "date") if name in around.values}
    solved_in = {"solved-in": part.solved_in} if part.solved_in is not None else {}
    reader = told.read(said | part.values | solved_in)
    day = reader.day("date") or named_day(basename(told.id))
    if day is None:
        told.problems.append(_undated(told))
        return
    blockers, applied = part.to("struggles-with"), part.to("applies")
    served = tuple(name for name in applied if told.nodes[name].role == "goal")  # applied:: [[Docker]] in [[Deploy]]
    yield Entry(
        place=Ref(told.id, line=part.line),
        day=day,
        learned=part.to("learns"),
        applied=tuple(name for name in applied if name not in served),
        goals=(*part.to(*_GOALS), *served) or around.to(*_GOALS),
        sources=part.to("learned-from"),
        minutes=_spent(told, part),
        mode=reader.word("mode", "modes"),
        problem=reader.text("problem") or ", ".join(blockers),
        blockers=blockers,
        solved_in=reader.minutes("solved-in"),
        outcome=cast("Outcome", reader.word("outcome", "outcomes")),
    )


def _undated(told: _Told) -> Problem:
    message, remedy = "problem.learning.log-undated", "problem.learning.log-undated-fix"
    return Problem("log-undated", 0, message, remedy, (("date", told.key("date")),))


def _spent(told: _Told, part: _Part) -> float | None:
    """Return the sum of all times in a part, in minutes."""
    times = [told.read({"minutes": each}).minutes("minutes") for each in part.minutes]
    known = [minutes for minutes in times if minutes is not None]
    return sum(known) if known else None


# ---------------------------------------------------------------- goals and uses


def _goal(told: _Told, today: date) -> Goal:
    reader = told.reader
    started, ended = reader.day("started"), reader.day("finished")
    status = _status(told, today, started, ended)
    outcome = cast("Outcome", reader.word("outcome", "outcomes"))
    return Goal(
        id=told.id,
        type=told.type,
        status=status,
        requires=told.to("requires"),
        applies=told.to("applies"),
        answers=told.to("answers"),
        mode=reader.word("mode", "modes"),
        outcome=outcome,
        started=started,
        ended=ended if ended is not None and ended <= today and status in {"finished", "dropped"} else None,
    )


def _tell_unmeasured(notes: Mapping[str, _Told], goals: Collection[Goal]) -> None:
    """Tell what keeps finished projects out of the figures, in a vault where others are in them."""
    done = [goal for goal in goals if goal.status == "finished" and goal.type != SCENARIO]
    if any(goal.ended is not None and goal.outcome for goal in done):
        for goal in done:
            told = notes[goal.id]
            told.problems += [] if goal.outcome else [_no_outcome(told)]
            told.problems += [] if goal.ended is not None else [_no_end(told)]


def _no_outcome(told: _Told) -> Problem:
    ends = [(name, Term("outcome", name)) for name in ("success", "failure", "partial")]
    message, remedy = "problem.learning.outcome-missing", "problem.learning.outcome-missing-fix"
    return Problem("project-without-outcome", 0, message, remedy, (("outcome", told.key("outcome")), *ends))


def _no_end(told: _Told) -> Problem:
    message, remedy = "problem.learning.project-undated", "problem.learning.project-undated-fix"
    return Problem("project-undated", 0, message, remedy, (("finished", told.key("finished")),))


def _status(told: _Told, today: date, started: date | None, ended: date | None) -> Status:
    """Return the status of a goal as of today; what it says last counts: the day on which it was finished."""
    written = told.reader.written.get("status")
    status = _written_status(told, written) if written is not None else "active"
    if status in OPEN and ended is not None and ended <= today:
        if written is not None:
            message = "problem.learning.status-contradicted"
            remedy = "problem.learning.status-contradicted-fix"
            known = ("finished", Term("status", "finished"))
            told.problems.append(
                Problem("status-contradicted", written.line, message, remedy, (*about(written), known))
            )
        return "finished"
    if status == "finished" and ended is not None and ended > today:
        return "active"  # on that day it was not finished yet
    return "planned" if status == "active" and started is not None and started > today else status


def _written_status(told: _Told, written: Written) -> Status:
    first = written.value[0] if isinstance(written.value, list) and written.value else written.value
    known = told.lexicon.read("statuses", first)
    if known is None:
        message = "problem.learning.status-unknown"
        remedy = "problem.learning.fix-word-unknown"
        words = ("known", told.lexicon.terms("statuses"))
        told.problems.append(Problem("status-unknown", written.line, message, remedy, (*about(written), words)))
    return cast("Status", known or "active")


def _uses(entries: Iterable[Entry], goals: Mapping[str, Goal], notes: Iterable[_Told]) -> Iterator[Use]:
    for entry in entries:
        served = _served(entry.goals, goals)
        yield from (Use(name, entry.place, entry.day, served) for name in entry.applied)
    for goal in goals.values():
        if goal.status == "planned":
            continue  # it says what it will apply
        served = _served((goal.id,), goals)
        yield from (Use(name, Ref(goal.id), goal.ended or goal.started, served) for name in goal.applies)
    for told in notes:
        if told.role == "work":
            served, day = _served(told.to(*_GOALS), goals), told.day()
            yield from (Use(name, told.ref, day, served) for name in told.to("applies"))


def _served(named: Iterable[str], goals: Mapping[str, Goal]) -> tuple[str, ...]:
    """Return goals with the scenarios that they answer."""
    found = dict.fromkeys(named)
    for name in tuple(found):
        found.update(dict.fromkeys(goals[name].answers if name in goals else ()))
    return tuple(found)


def _days(uses: Iterable[Use], goals: Iterable[Goal], today: date) -> Iterator[date]:
    """Yield the days up to today on which something was used, begun or ended."""
    yield from (use.day for use in uses if use.day is not None)
    yield from (day for goal in goals for day in (goal.started, goal.ended) if day is not None and day <= today)


# ---------------------------------------------------------------- problems, learning, prerequisites


def cases(entries: Iterable[Entry]) -> Iterator[Case]:
    """Tell the problems apart; logs that name the same thing, or say the same, speak of one until it is solved."""
    open_: dict[tuple[str, ...], Case] = {}
    for entry in entries:
        if not entry.problem:
            continue
        key = tuple(sorted(entry.blockers)) or (" ".join(entry.problem.casefold().split()),)
        case = open_.get(key) or Case(entry.problem, entry.blockers, (), _met(entry), None, None)
        case = replace(case, places=(*case.places, entry.place), mode=entry.mode or case.mode)
        if entry.solved_in is None and entry.outcome != "success":
            open_[key] = case
            continue
        open_.pop(key, None)
        waited = (entry.day - case.opened).days * MINUTES_A_DAY
        minutes = entry.solved_in if entry.solved_in is not None else (waited or None)
        yield replace(case, closed=entry.day, minutes=minutes)
    yield from open_.values()


def _met(entry: Entry) -> date:
    """Return the day on which a problem was met: that of the log, less what it says that the solution took."""
    days = int((entry.solved_in or 0.0) // MINUTES_A_DAY)
    return entry.day - timedelta(days=min(days, entry.day.toordinal() - 1))


def _learned(entries: Iterable[Entry]) -> dict[str, tuple[date, Ref]]:
    found: dict[str, tuple[date, Ref]] = {}
    for entry in entries:
        for name in entry.learned:
            found.setdefault(name, (entry.day, entry.place))
    return found


def _requires(graph: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for edge in chain.from_iterable(graph.by_relation.get(relation, ()) for relation in sorted(NEEDS)):
        if edge.source != edge.target:
            found.setdefault(edge.source, []).append(edge.target)
    return {name: tuple(dict.fromkeys(found[name])) for name in sorted(found)}
