"""Notes whose writing was cut short, by a kill or a power cut, put back as they were."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vault_tools.errors import StateError, VaultToolsError
from vault_tools.store import amending, contents, journal, places, untouched
from vault_tools.store.journal import Change
from vault_tools.store.spelling import on_disk

SECTOR = 512
"""Bytes of which a disk never writes a part only; the system's pages are whole multiples."""


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
            found = [_heal(root, name) for name in journal.unfinished(root)]
    except (OSError, StateError):  # nothing can be changed here; a command that writes gets the error
        return []
    return [each for each in found if each is not None]


def _heal(root: Path, name: str) -> Healed | None:
    found = journal.read(root, name)
    if found is None:  # cut short before the note was touched, unless it is damaged
        journal.set_aside(root, name)
        return None
    change, old = found
    try:
        held = (root / on_disk(root, change.path)).read_bytes()
    except FileNotFoundError:
        return _left(root, change) if _is_deleted(root, change.path) else None
    except OSError:
        return None
    return _settle(root, change, held, old)


def _settle(root: Path, change: Change, held: bytes, old: bytes) -> Healed | None:
    """Repair a note, given what it contains now and what it contained before."""
    digest, new = contents.digest_of(held), journal.new_text(root, change.name) or b""
    if digest == change.after:
        journal.finish(root, change)
    elif digest == change.before:
        journal.discard(root, change)
    elif contents.digest_of(old) != change.before:  # cut short, too, or damaged
        journal.set_aside(root, change.name)
    elif contents.digest_of(new) == change.after and is_torn(held, old, new):
        return _put_back(root, change, held, old)
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


def _put_back(root: Path, change: Change, held: bytes, old: bytes) -> Healed | None:
    image = journal.image_of(root, change)
    if not image.with_suffix(".torn").exists():
        journal.keep_torn(root, change, held)
    try:
        state = amending.put_back(root, change.path, held, old, image)
    except VaultToolsError:
        return None
    if state != "written":
        return None
    journal.discard(root, change)
    return Healed(change.path, "put-back", image.with_suffix(".torn"))


# ---------------------------------------------------------------- what a cut leaves


def is_torn(held: bytes, before: bytes, after: bytes) -> bool:
    """Tell whether a file holds what is left where `after` was being written over `before`, or back, and stopped.

    Each sector of it is that of the one or of the other, or nothing but NUL, which some file systems leave after a
    power cut; and its length is that of one, or a whole number of sectors between the two. Neither of the two
    themselves is torn.
    """
    if held in (before, after):
        return False
    short, long = sorted((before, after), key=len)
    if len(held) not in (len(short), len(long)) and not _is_between(len(held), len(short), len(long)):
        return False
    mixed = short + long[len(short) :]
    texts = (before, after, mixed)
    return all(_is_of(held, at, texts) for at in range(0, len(held), SECTOR))


def _is_between(size: int, least: int, most: int) -> bool:
    return least < size < most and size % SECTOR == 0


def _is_of(held: bytes, at: int, texts: tuple[bytes, ...]) -> bool:
    sector = held[at : at + SECTOR]
    return any(sector == text[at : at + len(sector)] for text in texts) or not sector.strip(b"\0")
