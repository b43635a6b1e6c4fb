"""The day on which each note was made, as it says itself: never that of its file, which differs between devices."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from posixpath import basename

from vault_tools.dialect import days
from vault_tools.learning.calendar_names import named_day, plausible
from vault_tools.learning.lexicon import Lexicon
from vault_tools.learning.note_values import NoteValue, field_values, property_values
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note, Value
from vault_tools.parse.values import meanings, quoted

_PROPERTIES = ("created", "date")
"""The properties that tell it, the surest first."""
_MINUTE = re.compile(r"(\d{8})(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)", re.ASCII)
"""The number that a note is given by the minute or second in which it was made."""


def creation_days(graph: KnowledgeGraph) -> Mapping[str, date]:
    """Return the day of each note that tells it: by a property `created`, else by its date or its name.

    What cannot be read as a day, or is outside the years that a vault may name, is skipped.
    """
    lexicon = Lexicon(graph.vocabulary)
    notes = (node.note for node in graph.nodes.values() if node.note is not None)
    days_by_path = ((note.path, _creation_day(note, lexicon)) for note in notes)
    return {path: day for path, day in days_by_path if day is not None}


def _creation_day(note: Note, lexicon: Lexicon) -> date | None:
    """Return the first day that a note gives for itself, the surest first; None if it gives none."""
    for value in _values(note, lexicon):
        day = _day(value.value)
        if day is not None:
            return day
    return _day_of_name(basename(note.path))


def _values(note: Note, lexicon: Lexicon) -> Iterator[NoteValue]:
    """Yield the values that may tell when a note was made, the surest first."""
    front = property_values(note, lexicon)
    inline = dict(reversed([*field_values(note, lexicon)]))
    for name in _PROPERTIES:
        for values in (front, inline):
            if name in values:
                yield values[name]


def _day(value: Value) -> date | None:
    """Return the day of a value: in the ISO form, or in another of which the beginning is clear."""
    first = value[0] if isinstance(value, list) and value else value
    for text in map(quoted, meanings(first)):
        day = plausible(days.day(text)) or _day_of_name(text.lstrip("[").replace("/", "-"))
        if day is not None:
            return day
    return None


def _day_of_name(name: str) -> date | None:
    numbered = _MINUTE.match(name)
    return named_day(numbered[1] if numbered else name)
