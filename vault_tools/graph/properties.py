"""Whether property values have the types set in Obsidian (`.obsidian/types.json`), and whether dates exist."""

import re
from collections.abc import Callable, Container, Iterator, Mapping

from vault_tools.dialect import days
from vault_tools.dialect.days import NoDay
from vault_tools.graph.names import word_key
from vault_tools.model.note import Note, Problem, Value
from vault_tools.model.text import Term

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_FITS: Mapping[str, tuple[str, Callable[[Value], bool]]] = {
    "number": ("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    "checkbox": ("true or false", lambda value: isinstance(value, bool)),
    "date": ("a date (2024-05-31)", lambda value: isinstance(value, str) and _DAY.fullmatch(value) is not None),
    "datetime": (
        "a date and time (2024-05-31T14:30)",
        lambda value: isinstance(value, str) and _MOMENT.fullmatch(value) is not None,
    ),
}


def misfits(note: Note, types: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each property whose value Obsidian shows with a warning; an empty value fits every type."""
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        meant, fits = _FITS.get(types.get(key.lower(), ""), ("", None))
        if fits is not None and value not in (None, "") and not fits(value):
            yield Problem(
                "property-type",
                line,
                "problem.property.type-mismatch",
                "problem.property.type-mismatch-fix",
                (("property", key), ("meant", Term("property", meant))),
            )


def no_days(note: Note, types: Mapping[str, str], dates: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each property or field whose value is written like a date that does not exist.

    `dates` are the names (see `word_key`) that mean a date. Under other names, a value far from any date may be a
    number.
    """
    for name, value, line in _values(note):
        means_day = types.get(name.lower()) in {"date", "datetime"} or word_key(name) in dates
        for item in value if isinstance(value, list) else [value]:
            found = days.no_day(item)
            if found is not None and (means_day or found.is_near):
                yield _no_day(name, item, found, line)


def _values(note: Note) -> Iterator[tuple[str, Value, int]]:
    """Yield name, value and line of each property and field."""
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        yield key, value, line
    yield from ((field.key, field.value, field.line) for field in note.fields if field.form != "frontmatter")


def _no_day(name: str, value: str, fault: NoDay, line: int) -> Problem:
    message = "problem.property.day-impossible"
    values = (("property", name), ("value", value.strip()))
    if fault.end is not None and fault.day:
        remedy = "problem.property.day-impossible-fix-last"
        return Problem("day-impossible", line, message, remedy, (*values, ("last", fault.end.isoformat())))
    if fault.turned is not None:
        remedy = "problem.property.day-impossible-fix-turned"
        return Problem("day-impossible", line, message, remedy, (*values, ("turned", fault.turned.isoformat())))
    remedy = "problem.property.day-impossible-fix"
    return Problem("day-impossible", line, message, remedy, values)
