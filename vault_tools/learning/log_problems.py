"""What a log says in a way that cannot be counted: names without a link, and times that may mean two things."""

import re
import sys
from collections.abc import Iterable, Iterator

from vault_tools.dialect.properties import one_line
from vault_tools.learning.log_parts import LogPart
from vault_tools.learning.note_values import NoteValue, inline_fields, is_empty, message_values
from vault_tools.learning.notes import LearningNote
from vault_tools.learning.reader import minutes_of
from vault_tools.model.note import Note, Problem, Value
from vault_tools.parse.values import as_property, quoted

_PLAIN_NAME = re.compile(r"[^\[\]|#^\"\\,，、;；\n]{1,80}")
"""A value that is exactly the name of one note."""
_LINKED = frozenset({"learns", "applies"})
"""The relations that are nothing without a link."""


def names_without_link(log: LearningNote) -> Iterator[Problem]:
    """Yield what a log says was learned or applied in plain words: without a link, nobody knows which note is meant."""
    for value in _written_values(log.note):
        if log.lexicon.relation(value.key) in _LINKED and not is_empty(value.value) and not _has_link(value.value):
            yield _without_link(value, in_front=value.line in log.note.property_lines)


def _written_values(note: Note) -> Iterator[NoteValue]:
    """Yield the values of a note's properties and fields, whatever they mean."""
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        yield NoteValue(value, line, key)
    for field in inline_fields(note):
        yield NoteValue(as_property(field.value), field.line, field.key)


def _has_link(value: Value) -> bool:
    """Tell whether a value holds a link, or a list one in any of its items."""
    return any(map(_is_linked, value if isinstance(value, list) else [value]))


def _is_linked(value: Value) -> bool:
    text = quoted(value, sys.maxsize)
    return "[[" in text or "](" in text


def _without_link(value: NoteValue, *, in_front: bool) -> Problem:
    """Return the problem of a name without brackets, with the line to write instead if that is certain."""
    line = _line_with_link(value, in_front=in_front)
    remedy = "problem.learning.not-linked-fix-list" if in_front else "problem.learning.not-linked-fix"
    values: tuple[tuple[str, str], ...] = message_values(value)
    if line is not None:
        remedy, values = "problem.learning.not-linked-fix-line", (*values, ("line", line))
    return Problem("relation-without-link", value.line, "problem.learning.not-linked", remedy, values)


def _line_with_link(value: NoteValue, *, in_front: bool) -> str | None:
    """Return the line that names the same note with a link; None if it is not certain which note is meant."""
    name = value.value.strip() if isinstance(value.value, str) else ""
    if not _PLAIN_NAME.fullmatch(name):
        return None
    return f'{one_line(value.key)}: "[[{name}]]"' if in_front else f"{value.key}:: [[{name}]]"


def unclear_times(log: LearningNote, parts: Iterable[LogPart]) -> Iterator[Problem]:
    """Yield the times that may be the time to solve a problem or the time spent, for the note does not tell."""
    return (_unclear_time(log, value) for part in parts for value in _unclear_values(part))


def _unclear_values(part: LogPart) -> Iterator[NoteValue]:
    took, time = part.values.get("took"), part.values.get("time")
    if took is not None and took is not part.solved_in:
        yield took
    if time is not None and time is not part.solved_in and minutes_of(time.value) is not None:
        yield time


def _unclear_time(log: LearningNote, value: NoteValue) -> Problem:
    keys = {name.replace("-", "_"): log.key(name) for name in ("solved-in", "minutes", "problem")}
    message, remedy = "problem.learning.time-unclear", "problem.learning.time-unclear-fix"
    return Problem("time-unclear", value.line, message, remedy, (*message_values(value), *keys.items()))
