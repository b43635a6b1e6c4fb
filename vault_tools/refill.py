"""Fills the regions of a vault's notes, note by note; one that cannot be filled stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vault_tools.errors import NotAmendedError
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Region
from vault_tools.parse.regions import refresh
from vault_tools.store import disk, journal

Content = Callable[[Note, Region], str | None]
"""What a region of a note is to hold, as Markdown; None leaves it as it is."""


@dataclass(slots=True)
class Refilled:
    """What became of each note with regions, by path, and a line for each that the system keeps from being written.

    `digests` are those of the notes that were written, as they are now.
    """

    states: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def is_written(self) -> bool:
        """Tell whether any note was changed."""
        return "written" in self.states.values()


def refill(root: Path, notes: Iterable[Note], content: Content) -> Refilled:
    """Fill the regions of those of the notes that have some, where they are still as they were read."""
    result = Refilled()
    for note in notes:
        if not note.regions:
            continue
        try:
            state, text = _refill(root, note, content)
        except NotAmendedError as error:
            result.states[note.path] = "refused"
            result.refused.append(str(error))
            continue
        result.states[note.path] = state
        if state == "written":
            result.digests[note.path] = disk.digest_of(text.encode("utf-8", "replace"))
    if result.is_written:
        journal.forget_old(root)
    return result


def _refill(root: Path, note: Note, content: Content) -> tuple[disk.Amended, str]:
    """Return what became of a note, and what it was to say."""
    source = disk.read(root, note.path, Stamp(0, 0))
    if source.digest != note.digest:
        return "changed-meanwhile", ""
    if source.problems:
        return "refused", ""
    text = refresh(source.text, lambda region: content(note, region))
    return ("refused", "") if text is None else (disk.amend(root, note.path, note.digest, text), text)
