"""A template turned into the text of one note: its period, its day, its links to the periods beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from posixpath import basename

from vault_tools.app import Vault
from vault_tools.dialect.moment import Locale, read, says, settles
from vault_tools.dialect.periodic import FORMATS, ISO_WEEK, PeriodicNotes, beside, day_of_name, middle, periodic
from vault_tools.dialect.template import render
from vault_tools.forms import Template
from vault_tools.graph.names import file_key
from vault_tools.learning.windows import containing
from vault_tools.model.learning import WindowKind
from vault_tools.parse.form import fill
from vault_tools.store import locales

_WINDOWS: Mapping[str, WindowKind] = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Drafts:
    """Writes the text of notes of one vault at one time. `fresh`: the notes are new, not filled in later.

    A fresh note whose name fits today is about today. For any other note, only its name decides.
    """

    vault: Vault
    now: datetime
    fresh: bool = False

    @property
    def locale(self) -> Locale:
        """The language of dates."""
        return locales.locale(self.vault.settings.language)[0]

    def notes_of(self, kind: str) -> PeriodicNotes:
        """Return how the vault names the notes of a period; where it does not say, by ISO weeks, which are measured."""
        own = (notes for notes in self.vault.obsidian.periodic if notes.kind == kind)
        return next(own, None) or periodic(kind, pattern=ISO_WEEK if kind == "weekly" else "")

    def name_of(self, kind: str, when: date) -> str:
        """Return the name of a period's note, without folder and suffix; it may contain folders."""
        return self.notes_of(kind).path(_at_noon(when), self.locale).removeprefix(_inside(self.notes_of(kind)))[:-3]

    def day_of(self, path: str, kind: str = "") -> date | None:
        """Return the day that a note is about: by the format of its kind, or as an ISO date in front of its name.

        If all days of a week, month … share one name, that is the first day, or today for a fresh note. If a name may
        mean several days, the nearest counts.
        """
        if not kind:
            iso = _DAY.match(basename(path))
            return read(iso[1], FORMATS["daily"], self.locale) if iso else None
        today, pattern = self.now.date(), self.notes_of(kind).format
        if self.is_of_today(path, kind):
            return today
        days = (day_of_name(name, pattern, self.locale, today) for name in self._names(path, kind))
        return next((day for day in days if day is not None), None)

    def is_of_today(self, path: str, kind: str) -> bool:
        """Tell whether a note is made now, and has the name that its kind has on this day."""
        today, pattern = self.now.date(), self.notes_of(kind).format
        return self.fresh and any(says(today, name, pattern, self.locale) for name in self._names(path, kind))

    def _names(self, path: str, kind: str) -> tuple[str, str]:
        """Return what a path may be called by a kind's format: all below the folder of the kind, or the name only."""
        bare, folder = path.removesuffix(".md"), _inside(self.notes_of(kind))
        inside = bare[len(folder) :] if file_key(bare).startswith(file_key(folder)) else bare
        return inside, basename(bare)

    def is_of(self, notes: PeriodicNotes, path: str) -> bool:
        """Tell whether a path is the very one that Obsidian gives to a note of a period."""
        day = self.day_of(path, notes.kind)
        return day is not None and file_key(notes.path(_at_noon(day), self.locale)) == file_key(path)

    def kind_of(self, path: str) -> str:
        """Return the period that a note's name says: `weekly`, `monthly` …; "" if none.

        A format without a year (`ww`) fits names that have nothing to do with it, so there the folder must fit, too.
        """
        fit = [kind for kind in FORMATS if self.day_of(path, kind) is not None]
        sure = [kind for kind in fit if settles(self.notes_of(kind).format, self.locale)]
        return next(iter([*sure, *(kind for kind in fit if self.is_of(self.notes_of(kind), path))]), "")

    def day_about(self, template: Template, path: str) -> date | None:
        """Return the day that a note of a template is about, as its name has it; None if the name says none."""
        return self.day_of(path, template.form.name if template.form.name in FORMATS else "")

    def when(self, template: Template, path: str) -> datetime:
        """Return the time that the variables of a template mean in a note: now, but on the day that it is about."""
        day = self.day_about(template, path)
        return self.now if day is None else self.now.replace(year=day.year, month=day.month, day=day.day)

    def text(self, template: Template, path: str) -> str:
        """Return a template as the text of a note, filled in as Obsidian would on the day that the note is about."""
        form, when = template.form, self.when(template, path)
        values = self._period_values(template, when.date(), path) if form.name in FORMATS else {}
        return self.rendered(fill(form.text, values), path, when)

    def rendered(self, text: str, path: str, when: datetime) -> str:
        """Return a text with its variables filled in."""
        settings = self.vault.obsidian
        return render(
            text,
            title=basename(path).removesuffix(".md"),
            now=when,
            locale=self.locale,
            date_format=settings.date_format,
            time_format=settings.time_format,
        )

    def _period_values(self, template: Template, day: date, path: str) -> dict[str, str]:
        """Return what is known of the note of a period: its name, and links to the ones before and after it."""
        kind = template.form.name
        values = {
            "period": self._period(template, day, path),
            "prev": self._link(kind, beside(kind, day, -1), path),
            "next": self._link(kind, beside(kind, day, 1), path),
        }
        names = ((field.name, self.vault.forms.meaning(field.name)) for field in template.form.fields)
        return {name: values[meaning] for name, meaning in names if meaning in values}

    def _period(self, template: Template, day: date, path: str) -> str:
        """Return the period's ISO name, whatever the note is called."""
        name = template.form.name
        kind = _WINDOWS.get(name)
        if kind is None:
            return self.name_of(name, day)
        return containing(kind, self._middle(day, path) if kind == "week" else day).name

    def _middle(self, day: date, path: str) -> date:
        """Return the day by which a week is known: the very day where that is known, else the middle of the week."""
        if self.is_of_today(path, "weekly"):
            return day
        pattern = self.notes_of("weekly").format
        fit = [name for name in self._names(path, "weekly") if says(day, name, pattern, self.locale)]
        return middle(fit[0], pattern, self.locale, day) if fit else day

    def _link(self, kind: str, day: date, path: str) -> str:
        """Return a link to the note of a period that may not be there yet: by its name, if that can mean no other."""
        name = self.name_of(kind, day)
        if self.vault.obsidian.app.new_link_format == "shortest" and "/" not in name:
            return f"[[{name}]]"
        is_set = any(notes.kind == kind for notes in self.vault.obsidian.periodic)
        folder = _inside(self.notes_of(kind)) if is_set else path[: path.rfind("/") + 1]
        return f"[[{folder}{name}]]"


def _inside(notes: PeriodicNotes) -> str:
    return f"{notes.folder}/" if notes.folder else ""


def _at_noon(day: date) -> datetime:
    """Return a time of a day that is of this day in every zone."""
    return datetime.combine(day, time(12))
