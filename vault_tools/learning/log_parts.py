"""The parts of a log, cut at its headings: each may be an entry."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vault_tools.learning.note_values import NoteValue, is_empty
from vault_tools.learning.notes import GOALS, LearningNote
from vault_tools.learning.reader import minutes_of
from vault_tools.model.graph import Edge, Place

_RELATIONS = frozenset({"learns", "applies", "learned-from", "struggles-with", *GOALS})
"""The relations that an entry may have."""
_VALUES = frozenset({"minutes", "problem", "solved-in", "took", "outcome", "effect", "rating"})
"""The values that make an entry."""
_ONCE = frozenset({"problem", "solved-in", "took", "outcome"})
"""The values that an entry has once."""


@dataclass(slots=True)
class LogPart:
    """A part of a log that may be a separate entry: its edges by relation, its values, each time that was spent."""

    line: int
    edges: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, NoteValue] = field(default_factory=dict)
    minutes: list[NoteValue] = field(default_factory=list)

    def targets(self, *relations: str) -> tuple[str, ...]:
        """Return the nodes to which some relations lead, each once."""
        return tuple(dict.fromkeys(target for name in relations for target in self.edges.get(name, ())))

    @property
    def is_entry(self) -> bool:
        """Whether it says something about learning."""
        return bool(self.edges) or _has_entry_value(self.values)

    @property
    def solved_in(self) -> NoteValue | None:
        """How long a problem took: a value that says so, or else a time next to a problem."""
        value = self.values.get("solved-in")
        if value is not None or not self._has_problem:
            return value
        return self.values.get("took") or self._readable_time

    @property
    def _has_problem(self) -> bool:
        return "problem" in self.values or "struggles-with" in self.edges

    @property
    def _readable_time(self) -> NoteValue | None:
        time = self.values.get("time")
        return time if time is not None and minutes_of(time.value) is not None else None

    def take(self, name: str, value: NoteValue) -> None:
        """Take a value; of several of a name the first counts, but times add up."""
        if name == "minutes":
            self.minutes.append(value)
        self.values.setdefault(name, value)


def log_parts(log: LearningNote) -> list[LogPart]:
    """Cut a log at its headings; what was written in other notes, and above the first heading, is the first part."""
    starts = [heading.line for heading in log.note.headings]
    parts = [LogPart(0), *map(LogPart, starts)]
    for edge, place in _relation_places(log):
        at = bisect_right(starts, place.line) if place.note == log.id else 0
        parts[at].edges.setdefault(edge.relation, []).append(edge.target)
    for name, value in log.front.items():
        parts[0].take(name, value)
    for name, value in log.fields:
        parts[bisect_right(starts, value.line)].take(name, value)
    return parts


def _relation_places(log: LearningNote) -> Iterator[tuple[Edge, Place]]:
    """Yield the edges of a log that an entry may have, once for each place."""
    edges = (edge for edge in log.edges if edge.relation in _RELATIONS)
    return ((edge, place) for edge in edges for place in edge.places)


def parts_with_entries(log: LearningNote, parts: Sequence[LogPart]) -> list[LogPart]:
    """Return the parts that are entries: one if the log's properties give one, else all that say something.

    A log that says more than once what the problem was, or how it ended, still has several entries.
    """
    entries = [part for part in parts if part.is_entry]
    if entries and _has_entry_in_front(log) and not _has_repetitions(entries):
        return [_merge(entries)]
    return entries


def _has_entry_in_front(log: LearningNote) -> bool:
    """Tell whether the properties hold a value or a relation of an entry."""
    if _has_entry_value(log.front):
        return True
    front = {link.line for link in log.note.links if link.frontmatter}
    return any(place.note == log.id and place.line in front for _, place in _relation_places(log))


def _has_entry_value(values: Mapping[str, NoteValue]) -> bool:
    """Tell whether some values say anything of what was done."""
    return any(name in _VALUES and not is_empty(value.value) for name, value in values.items())


def _has_repetitions(parts: Iterable[LogPart]) -> bool:
    """Tell whether several parts say the same about the work: how it ended, what the problem was."""
    names = [name for part in parts for name in part.values if name in _ONCE]
    return len(names) != len(set(names))


def _merge(parts: Sequence[LogPart]) -> LogPart:
    """Make one part of several; the time of the first one is the whole time, if it has any."""
    minutes = parts[0].minutes or [each for part in parts for each in part.minutes]
    whole = LogPart(0, minutes=list(minutes))
    for part in parts:
        for relation, targets in part.edges.items():
            whole.edges.setdefault(relation, []).extend(targets)
        whole.values = part.values | whole.values
    return whole
