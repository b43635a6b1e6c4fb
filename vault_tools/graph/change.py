"""What changed in a vault, as a value; and which notes must be read again because of it."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from vault_tools.graph.frame import Frame, VaultFiles
from vault_tools.graph.names import file_key
from vault_tools.graph.resolve import sought
from vault_tools.model.note import Note


@dataclass(frozen=True, slots=True)
class VaultChange:
    """The difference between a vault and the same vault before.

    `added`, `modified` and `removed` are paths of notes. `file_names` are the names, as they are compared, of files
    that came, went, or became something else: a link to such a name may find another file now. `has_new_names` tells
    whether any name or alias is different.
    """

    added: AbstractSet[str] = frozenset()
    modified: AbstractSet[str] = frozenset()
    removed: AbstractSet[str] = frozenset()
    file_names: AbstractSet[str] = frozenset()
    has_new_names: bool = False


def compare(before: Frame, now: Frame) -> VaultChange:
    """Return what changed between two frames of a vault. In a vault that had no notes, every note is added."""
    if not before.notes:
        return VaultChange(added=now.notes.keys(), has_new_names=True)
    modified = {
        path
        for path, note in now.notes.items()
        if (earlier := before.notes.get(path)) is not note and earlier is not None and earlier != note
    }
    if now.files is before.files:
        return VaultChange(modified=modified)
    return VaultChange(
        added=now.notes.keys() - before.notes.keys(),
        modified=modified,
        removed=before.notes.keys() - now.notes.keys(),
        file_names=_changed_names(before.files, now.files),
        has_new_names=True,
    )


def notes_to_read(change: VaultChange, now: Frame) -> set[str]:
    """Return the notes to read again: those that changed, and those with a link to a file that came or went."""
    return {*change.added, *change.modified, *_linking_to(change.file_names, now.notes.values())}


def _changed_names(before: VaultFiles, now: VaultFiles) -> set[str]:
    """Return the names of files that came, went, or became something else, as names are compared."""
    paths = {*before.notes} ^ {*now.notes} | {*before.others} ^ {*now.others} | before.own ^ now.own
    return {file_key(path).rpartition("/")[2] for path in paths}


def _linking_to(names: AbstractSet[str], notes: Iterable[Note]) -> Iterator[str]:
    """Yield the notes with links to files of some names; a canvas links to everything that its arrows join."""
    answers: dict[str, bool] = {}

    def asks_for(note: Note, target: str) -> bool:
        if target.startswith("."):  # what a step up or down means depends on the folder
            return not names.isdisjoint(sought(target, note.path))
        if target not in answers:
            answers[target] = not names.isdisjoint(sought(target, note.path))
        return answers[target]

    for note in notes if names else ():
        if any(asks_for(note, link.target) for link in note.links):
            yield note.path
