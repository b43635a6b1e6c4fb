"""The day on which each note was made, as it says itself: never that of its file, which differs between devices."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from posixpath import basename

from vault_tools.dialect import days
from vault_tools.learning.values import Lexicon, fields, named_day, plausible, properties
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note, Value
from vault_tools.parse.values import meanings, quoted

_SAID = ("created", "date")
"""The properties that tell it, the surest first."""
_MINUTE = re.compile(r"(\d{8})(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)", re.ASCII)
"""The number that a note is given by the minute or second in which it was made."""


def created(graph: KnowledgeGraph) -> Mapping[str, date]:
    """Return the day of each note that tells it: by a property `created`, else by its date or its name.

    What cannot be read as a day, or is outside the years that a vault may name, is skipped.
    """
    lexicon = Lexicon(graph.vocabulary)
    notes = (node.note for node in graph.nodes.values() if node.note is not None)
    return {note.path: day for note in notes if (day := next(_days(note, lexicon), None)) is not None}


def _days(note: Note, lexicon: Lexicon) -> Iterator[date]:
    """Yield every day that a note gives for itself, the most certain first."""
    front = {name: written.value for name, written in properties(note, lexicon).items()}
    inline = {name: written.value for name, written in reversed([*fields(note, lexicon)])}
    found = (_day(said[name]) for name in _SAID for said in (front, inline) if name in said)
    yield from (day for day in chain(found, (_named(basename(note.path)),)) if day is not None)


def _day(value: Value) -> date | None:
    """Return the day of a value: in the ISO form, or in another of which the beginning is clear."""
    first = value[0] if isinstance(value, list) and value else value
    texts = (quoted(each) for each in meanings(first))
    found = (plausible(days.day(text)) or _named(text.lstrip("[").replace("/", "-")) for text in texts)
    return next((day for day in found if day is not None), None)


def _named(name: str) -> date | None:
    numbered = _MINUTE.match(name)
    return named_day(numbered[1] if numbered else name)
