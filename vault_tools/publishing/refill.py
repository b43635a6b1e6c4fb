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
class Refilled:
    """What happened to each note with regions, by path, and a sentence for each that the system refuses to write.

    `digests` are the new digests of the notes that were written; `errors` are the errors behind `refused`.
    """

    states: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    refused: list[Say] = field(default_factory=list)
    errors: list[NotAmendedError] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        """Tell whether any note was changed."""
        return "written" in self.states.values()

    @property
    def is_whole(self) -> bool:
        """Tell whether every note with regions holds now what it should."""
        return not self.refused and "changed-meanwhile" not in self.states.values()

    def those(self, state: str) -> list[str]:
        """Return the paths of the notes of which this became."""
        return [path for path, each in self.states.items() if each == state]


def refill(root: Path, notes: Iterable[Note], content: Content, by: str = "report") -> Refilled:
    """Fill the regions of notes, if each note is still as it was read.

    A file with several names is filled once, under its first name that is not a link. Without a journal, no note is
    changed. `by` names the command, for the journal.
    """
    result = Refilled()
    marked = [note for note in notes if note.regions]
    for note, *twins in _by_file(root, marked):
        try:
            state, digest = _refill(root, note, content, by)
        except StateError as error:  # which every other note would meet with, too
            result.states |= {each.path: "refused" for each in marked if each.path not in result.states}
            result.refused.append(error.said)
            result.errors.append(error)
            break
        except NotAmendedError as error:
            state, digest = "refused", ""
            result.refused.append(error.said)
            result.errors.append(error)
        for each in (note, *twins):
            result.states[each.path] = state
            if state == "written":
                result.digests[each.path] = digest
    if result.is_written:
        journal.forget_old(root)
    return result


def _by_file(root: Path, notes: Iterable[Note]) -> Iterable[list[Note]]:
    """Group notes by file: hard links and symbolic links are several names of one file."""
    found: dict[object, list[Note]] = {}
    for note in notes:
        found.setdefault(entries.identity(root, note.path) or note.path, []).append(note)
    return [sorted(group, key=lambda note: entries.is_link(root, note.path)) for group in found.values()]


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
