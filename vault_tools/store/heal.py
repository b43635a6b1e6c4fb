"""Notes whose writing was cut short, by a kill or a power cut, put back as they were."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vault_tools.errors import StateError, VaultToolsError
from vault_tools.store import amending, contents, journal, places, untouched
from vault_tools.store.journal import Change
from vault_tools.store.spelling import on_disk
from vault_tools.store.torn import is_torn


@dataclass(frozen=True, slots=True)
class Healed:
    """A note whose writing was cut short.

    `put-back`: it was torn and is what it was before; `image` is a file that holds what was torn. `left`: somebody has
    changed or deleted it, and nothing was done; below its first line, `image` holds what it was before.
    """

    path: str
    state: Literal["put-back", "left"]
    image: Path


def heal(root: Path) -> list[Healed]:
    """Repair the notes whose writing was cut short by a kill; if there are none, this reads one empty folder.

    A torn note is restored like any note is written: only if it is still as it was read, and after its contents were
    saved. What cannot be done now (the note is open, the disk is full, the drive is not connected) is tried again the
    next time. With `--read-only` (`untouched`), everything waits for the next time.
    """
    if untouched.is_kept(root) or not journal.unfinished(root):
        return []
    try:
        with journal.locked(root):  # so no process of vault-tools is working on what is listed
            notes = [_heal(root, name) for name in journal.unfinished(root)]
    except (OSError, StateError):  # nothing can be changed here; a command that writes gets the error
        return []
    return [note for note in notes if note is not None]


def _heal(root: Path, name: str) -> Healed | None:
    image = journal.read(root, name)
    if image is None:  # cut short before the note was touched, unless it is damaged
        journal.set_aside(root, name)
        return None
    change, old = image
    try:
        current = (root / on_disk(root, change.path)).read_bytes()
    except FileNotFoundError:
        return _left(root, change) if _is_deleted(root, change.path) else None
    except OSError:
        return None
    return _settle(root, change, current, old)


def _settle(root: Path, change: Change, current: bytes, old: bytes) -> Healed | None:
    """Repair a note, given what it contains now and what it contained before."""
    digest, new = contents.digest_of(current), journal.new_text(root, change.name) or b""
    if digest == change.after:
        journal.finish(root, change)
    elif digest == change.before:
        journal.discard(root, change)
    elif contents.digest_of(old) != change.before:  # cut short, too, or damaged
        journal.set_aside(root, change.name)
    elif contents.digest_of(new) == change.after and is_torn(current, old, new):
        return _put_back(root, change, current, old)
    else:
        return _left(root, change)
    return None


def _is_deleted(root: Path, path: str) -> bool:
    """Tell whether a note that is not there was deleted; it may lie on a drive that was taken out."""
    settled = bool(places.settings_folders(root))
    return (root / on_disk(root, path)).parent.is_dir() and places.is_there(root, settled=settled)


def _left(root: Path, change: Change) -> Healed:
    journal.finish(root, change)
    return Healed(change.path, "left", journal.image_of(root, change))


def _put_back(root: Path, change: Change, current: bytes, old: bytes) -> Healed | None:
    image = journal.image_of(root, change)
    if not image.with_suffix(".torn").exists():
        journal.keep_torn(root, change, current)
    try:
        state = amending.put_back(root, change.path, current, old, image)
    except VaultToolsError:
        return None
    if state != "written":
        return None
    journal.discard(root, change)
    return Healed(change.path, "put-back", image.with_suffix(".torn"))
