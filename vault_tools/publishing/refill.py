"""Fills the regions of a vault's notes, note by note; one that cannot be filled stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vault_tools.errors import NotAmendedError, StateError
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Region
from vault_tools.model.outcome import UNFINISHED
from vault_tools.model.text import Say
from vault_tools.parse.merges import is_unfinished
from vault_tools.parse.note import clean
from vault_tools.parse.regions import refresh
from vault_tools.store import amending, contents, entries, journal

Content = Callable[[Note, Region], str | None]
"""What a region of a note is to hold, as Markdown; None leaves it as it is."""


@dataclass(slots=True)
class RegionStates:
    """What became of each note with regions, by path, and why the system refuses to write some.

    `digests` are the new digests of the notes that were written.
    """

    states: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    errors: list[NotAmendedError] = field(default_factory=list)

    @property
    def refused(self) -> list[Say]:
        """A sentence for each note that the system refuses to write."""
        return [error.sentence for error in self.errors]

    @property
    def is_written(self) -> bool:
        """Tell whether any note was changed."""
        return "written" in self.states.values()

    @property
    def is_complete(self) -> bool:
        """Tell whether every note with regions holds now what it should."""
        return not self.errors and "changed-meanwhile" not in self.states.values()

    def in_state(self, state: str) -> list[str]:
        """Return the paths of the notes that are in a state."""
        return [path for path, each in self.states.items() if each == state]

    def record(self, notes: Iterable[Note], state: str, digest: str = "") -> None:
        """Record what became of a file under all its names; `digest` is that of what was written."""
        for note in notes:
            self.states[note.path] = state
            if state == "written":
                self.digests[note.path] = digest


def refill(root: Path, notes: Iterable[Note], content: Content, by: str = "report") -> RegionStates:
    """Fill the regions of notes, if each note is still as it was read.

    A file with several names is filled once, under its first name that is not a link. Without a journal, no note is
    changed. `by` names the command, for the journal.
    """
    result = RegionStates()
    marked = [note for note in notes if note.regions]
    for names in _by_file(root, marked):
        try:
            result.record(names, *_refill(root, names[0], content, by))
        except StateError as error:  # every other note would meet it, too
            result.record((note for note in marked if note.path not in result.states), "refused")
            result.errors.append(error)
            break
        except NotAmendedError as error:
            result.record(names, "refused")
            result.errors.append(error)
    if result.is_written:
        journal.forget_old(root)
    return result


def _by_file(root: Path, notes: Iterable[Note]) -> Iterable[list[Note]]:
    """Group notes by file: hard links and symbolic links are several names of one file."""
    groups: dict[object, list[Note]] = {}
    for note in notes:
        groups.setdefault(entries.identity(root, note.path) or note.path, []).append(note)
    return [sorted(group, key=lambda note: entries.is_link(root, note.path)) for group in groups.values()]


def _refill(root: Path, note: Note, content: Content, by: str) -> tuple[str, str]:
    """Fill the regions of one note; return what became of it, and the digest of what it was to say."""
    source = contents.read(root, note.path, Stamp(0, 0))
    if source.digest != note.digest:
        return "changed-meanwhile", ""
    if is_unfinished(clean(source.text)):
        return UNFINISHED, ""
    text = None if source.problems else refresh(source.text, lambda region: content(note, region))
    if text is None:
        return "refused", ""
    return amending.amend(root, note.path, note.digest, text, by), contents.digest_of(text.encode("utf-8", "replace"))
