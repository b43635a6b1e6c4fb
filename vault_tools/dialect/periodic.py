"""Notes that are named by a date: where the note of a day, week, month, quarter or year lies."""

from dataclasses import dataclass
from datetime import datetime

from vault_tools.dialect.moment import Locale, name_pattern, written
from vault_tools.model.vocabulary import Period

FORMATS = {
    "daily": "YYYY-MM-DD",
    "weekly": "gggg-[W]ww",
    "monthly": "YYYY-MM",
    "quarterly": "YYYY-[Q]Q",
    "yearly": "YYYY",
}
"""The kinds, and the Moment format of each that counts where none is set."""


@dataclass(frozen=True, slots=True)
class PeriodicNotes:
    """How the notes of one kind are named and made: folder, Moment format, and the template's path ("" for none)."""

    kind: str
    folder: str
    format: str
    template: str = ""

    def path(self, when: datetime, locale: Locale) -> str:
        """Return the vault path of the note of a time."""
        name = written(when, self.format, locale)
        return (f"{self.folder}/{name}" if self.folder else name) + ".md"

    def period(self, locale: Locale) -> Period:
        """Return how such notes are recognised."""
        return Period(self.kind, self.folder, name_pattern(self.format, locale))


def periodic(kind: str, folder: str = "", pattern: str = "", template: str = "") -> PeriodicNotes:
    """Make sense of settings as they are written; what is left empty has Obsidian's default."""
    path = template.strip("/ ")
    if path and not path.lower().endswith(".md"):
        path += ".md"
    return PeriodicNotes(kind, folder.strip("/ "), pattern.strip() or FORMATS[kind], path)
