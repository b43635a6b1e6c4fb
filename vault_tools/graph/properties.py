"""Whether properties hold what Obsidian was told they hold (`.obsidian/types.json`)."""

import re
from collections.abc import Callable, Iterator, Mapping

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
    """Yield a problem for each property whose value Obsidian shows with a warning; nothing at all fits every type."""
    for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
        meant, fits = _FITS.get(types.get(key.lower(), ""), ("", None))
        if fits is not None and value not in (None, "") and not fits(value):
            yield Problem(
                "property-type",
                line,
                "the property '{property}' is set to hold {meant} in Obsidian, and holds something else",
                "write {meant} there, or change the property's type in Obsidian",
                (("property", key), ("meant", Term("property", meant))),
            )
