"""The values of a note's properties and inline fields by their meaning, in any language."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename

from vault_tools.learning.calendar_names import named_window
from vault_tools.learning.lexicon import Lexicon
from vault_tools.model.learning import Window, WindowKind
from vault_tools.model.note import Field, Note, Value
from vault_tools.parse.values import as_property, meanings, quoted


@dataclass(frozen=True, slots=True)
class NoteValue:
    """A value in a note: as it is in the note, its line (1-based, 0 = unknown), and its property's name."""

    value: Value
    line: int
    key: str


def property_values(note: Note, lexicon: Lexicon) -> dict[str, NoteValue]:
    """Return the values in a note's frontmatter, by their meaning; the first that is not empty counts."""
    values: dict[str, NoteValue] = {}
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        name = lexicon.meaning("properties", key)
        if name is not None and not is_empty(value):
            values.setdefault(name, NoteValue(value, line, key))
    return values


def field_values(note: Note, lexicon: Lexicon) -> Iterator[tuple[str, NoteValue]]:
    """Yield the values of a note's inline fields, by their meaning."""
    for field in inline_fields(note):
        name = lexicon.meaning("properties", field.key)
        if name is not None and not is_empty(field.value):
            yield name, NoteValue(as_property(field.value), field.line, field.key)


def inline_fields(note: Note) -> Iterator[Field]:
    """Yield the fields in a note's text; those of tasks only describe the task."""
    return (field for field in note.fields if field.form != "frontmatter" and not field.task)


def property_names(note: Note, lexicon: Lexicon) -> dict[str, str]:
    """Return what a note calls its properties, by their meaning, those without a value too; the first counts."""
    names: dict[str, str] = {}
    fields = (field.key for field in note.fields if not field.task)
    for key in (*(note.frontmatter or {}), *fields):
        meaning = lexicon.meaning("properties", key)
        if meaning is not None:
            names.setdefault(meaning, key)
    return names


def period_of(kind: WindowKind, note: Note, lexicon: Lexicon) -> Window | None:
    """Return the period of a kind that a note is about: by its property `period`, else by its name."""
    for text in (*_periods(note, lexicon), basename(note.path)):
        window = named_window(kind, text)
        if window is not None:
            return window
    return None


def _periods(note: Note, lexicon: Lexicon) -> list[str]:
    period = property_values(note, lexicon).get("period")
    return [quoted(each) for each in meanings(period.value)] if period is not None else []


def message_values(value: NoteValue) -> tuple[tuple[str, str], ...]:
    """Return the values of a message on a value: its property as the note has it, and the value."""
    return ("name", value.key), ("value", quoted(value.value))


def is_empty(value: Value) -> bool:
    """Tell whether a value says nothing: it is blank, or a placeholder that a template has left."""
    if isinstance(value, str):
        return not value.strip() or "{{" in value or "<%" in value
    return value is None or value == []
