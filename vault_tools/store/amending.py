"""Changing a note of the user in place. Everything that can hurt a note is in this file."""

import os
import stat
from io import FileIO
from pathlib import Path
from typing import Literal

from vault_tools.dialect.filenames import is_hidden
from vault_tools.errors import NotAmendedError, SpoiledNoteError, reason
from vault_tools.store import journal, lease, undone, untouched
from vault_tools.store.contents import digest_of
from vault_tools.store.journal import Change
from vault_tools.store.spelling import on_disk

Amended = Literal["written", "unchanged", "changed-meanwhile", "left-as-undone", "refused"]
"""What became of a note that was to be changed."""


def amend(root: Path, path: str, digest: str, text: str, by: str = "report", undoes: str = "") -> Amended:
    """Change a user's note in place, if it is still the one that was read.

    Its file, mode and byte order mark stay; what it was is kept first (see `journal`), so that no crash loses it, and
    a write that was cut short can be recognised and healed (see `heal`). Nothing that somebody types is lost: on Linux
    nobody has the file open while it is compared and written, and who opens it waits for some microseconds (see
    `lease`). Elsewhere, and on file systems that cannot do this, it is read again right before one single write: what
    another program saves between these two, and only there, is overwritten, and is in no image.

    Args:
        root: The vault's real folder.
        path: The note's vault path.
        digest: Digest of the bytes that were read.
        text: What the note is to say, with its own line ends.
        by: What changes it, in a word: `report`, `inject`, `watch` …
        undoes: The name of the change that this one takes back, at its writer's word. The note stays as it is then:
            nothing else may change it until it is another one.

    Returns:
        `unchanged` where it says that already; `changed-meanwhile` where the file is another one now, or gone, or open
        in another program; `left-as-undone` where an undo left it as it is; `refused` where it is no regular, visible
        file of the vault, not UTF-8, or in iCloud too.

    Raises:
        NotAmendedError: The file may not be written, or the disk takes no more; the note is as it was.
        StateError: There can be no journal; the note is as it was.
        SpoiledNoteError: The disk failed while it was written; its image is named.
    """
    data = text.encode("utf-8", "replace")
    if digest_of(data) == digest:
        return "unchanged"
    path = on_disk(root, path)
    change = Change("", path, digest, digest_of(data), 0, by, undoes)
    untouched.check(root / path)
    try:
        target = (root / path).resolve(strict=True)
        if not _is_amendable(root, path, target):
            return "refused"
        with journal.locked(root), target.open("r+b", buffering=0) as file:
            return _amend(file, root, target.relative_to(root).as_posix(), change, data)
    except FileNotFoundError:
        return "changed-meanwhile"
    except (OSError, RuntimeError) as error:
        raise NotAmendedError(path, reason(error)) from error


def is_left_as_undone(root: Path, path: str, digest: str) -> bool:
    """Tell whether a note with this digest is as an undo left it, so that `amend` does not change it."""
    try:
        real = (root / on_disk(root, path)).resolve().relative_to(root).as_posix()
    except (OSError, RuntimeError, ValueError):
        return False
    return undone.is_left(root, real, digest)


def _is_amendable(root: Path, path: str, target: Path) -> bool:
    """Tell whether a path leads to a regular, visible file of the vault that no sync service has taken elsewhere."""
    if is_hidden(path) or not target.is_relative_to(root) or is_hidden(target.relative_to(root).as_posix()):
        return False
    away = (target.with_name(f".{target.name}.icloud"), (root / path).with_name(f".{Path(path).name}.icloud"))
    return stat.S_ISREG(target.stat().st_mode) and not any(os.path.lexists(name) for name in away)


def _amend(file: FileIO, root: Path, real: str, change: Change, data: bytes) -> Amended:
    """Change an open file: what it holds is compared, then kept elsewhere, then overwritten."""
    old = file.read()
    if digest_of(old) != change.before:
        return "changed-meanwhile"
    if not _is_utf8(old):
        return "refused"
    if change.undoes:
        undone.leave(root, real, change.after)
    elif undone.is_left(root, real, change.before):
        return "left-as-undone"
    state = _keep_and_write(file, root, change, old, data)
    if (state == "written") != bool(change.undoes):
        undone.leave_no_more(root, real)
    return state


def _keep_and_write(file: FileIO, root: Path, change: Change, old: bytes, data: bytes) -> Amended:
    """Keep what an open file holds, then write over it; if nothing was written, nothing is kept."""
    change = journal.keep(root, change, old, data)
    try:
        state = _write_over(file, f"{root}/{change.path}", old, data, journal.image_of(root, change))
    except OSError:
        journal.discard(root, change)
        raise
    if state == "written":
        journal.finish(root, change)
    else:
        journal.discard(root, change)
    return state


def put_back(root: Path, path: str, held: bytes, old: bytes, image: Path) -> Amended:
    """Write a note as it was over one that is torn; see `amend`, but nothing is kept of it."""
    path = on_disk(root, path)
    untouched.check(root / path)
    try:
        target = (root / path).resolve(strict=True)
        if not _is_amendable(root, path, target):
            return "refused"
        with target.open("r+b", buffering=0) as file:
            return _write_over(file, f"{root}/{path}", held, old, image)
    except FileNotFoundError:
        return "changed-meanwhile"
    except (OSError, RuntimeError) as error:
        raise NotAmendedError(path, reason(error)) from error


def _write_over(file: FileIO, path: str, old: bytes, data: bytes, image: Path) -> Amended:
    """Write `data` over `old`, if the open file holds that, is at its path, and is open nowhere else."""
    with lease.hold(file.fileno()) as hold:
        if not _may_write(file, path, old, hold):
            return "changed-meanwhile"
        try:
            _overwrite(file, data)
        except BaseException:
            _undo(file, path, old, image)
            raise
    try:
        os.fsync(file.fileno())  # what the others read is whole by now, so they need not wait for the disk
    except OSError as error:
        raise SpoiledNoteError(path, image) from error
    # Who saved by another file in this one's place has won: nobody will see what we wrote, unless it has other names.
    return "written" if os.fstat(file.fileno()).st_nlink else "changed-meanwhile"


def _may_write(file: FileIO, path: str, old: bytes, hold: lease.Hold) -> bool:
    """Tell whether an open file is still as it was read, and nobody else has it or waits for it."""
    if hold == "busy" or not _is_still(file, path, old):
        return False
    return hold != "held" or not lease.is_lost(file.fileno())


def _is_still(file: FileIO, path: str, old: bytes) -> bool:
    """Tell whether an open file has the same contents and the same path; opening it again would end the lease."""
    file.seek(0)
    return lease.is_there(file.fileno(), path) and file.read() == old


def _undo(file: FileIO, path: str, old: bytes, image: Path) -> None:
    try:
        _overwrite(file, old)
        os.fsync(file.fileno())
    except OSError as error:
        raise SpoiledNoteError(path, image) from error


def _overwrite(file: FileIO, data: bytes) -> None:
    """Write a file again, in place; if it is cut short anywhere, it is torn in a way that `heal` knows."""
    file.seek(0)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    file.truncate(len(data))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
