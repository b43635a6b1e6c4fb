"""Notes as they were before we changed them, in the user's state folder: a file for each change.

A file's first line says in JSON what was changed (see `Change`), with a checksum; the rest is the note as it was, byte
for byte. If the first line is damaged, the file does not count as a change, and nothing is restored from it.

While a note is written, a file of the same name in a second folder, `…-unfinished`, contains the new text of the note.
It exists before the first byte of the note changes, and is deleted after the last: a leftover file means that a write
was cut short (see `heal`). A third folder, `…-undone`, has a file for each note that the user restored with `undo`,
with the digest of the restored note.
"""

import errno
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from vault_tools.errors import RefusedError, StateError, reason
from vault_tools.model.text import Say, say
from vault_tools.store import private
from vault_tools.store.naming import name_of

_DAY_NS = 24 * 3600 * 10**9
KEPT_NS = 90 * _DAY_NS
"""How long the images of a vault's notes are kept."""
PROVEN_NS = 7 * _DAY_NS
"""How old an image must be to tell what time it is: a clock that goes wrong has been set right by then."""
_SO = say("error.so-no-change")
_LINE = 100_000
"""The most bytes of a first line."""
_NAME = 255
"""The most bytes of a file name."""
_DIGEST = re.compile("[0-9a-f]{32}")
PATIENCE = 20.0
"""Seconds for which another of our processes, which writes into the same vault, is waited for."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that we made to a note.

    `before` and `after` are digests, `at` is in nanoseconds since 1970. `by` is what made it (`report`, `inject`,
    `watch`, `undo` …), `undoes` the name of the change that it took back. `name` is that of its file.
    """

    vault: str
    path: str
    before: str
    after: str
    at: int
    by: str = ""
    undoes: str = ""
    name: str = ""


def folder() -> Path:
    """Return the user's state folder for vault-tools."""
    return platformdirs.user_state_path("vault-tools")


def place_of(root: Path) -> Path:
    """Return the folder that keeps what the notes of a vault were; its files sort by time."""
    return folder() / "journal" / name_of(root)


def _beside(root: Path, what: str) -> Path:
    place = place_of(root)
    return place.with_name(f"{place.name}-{what}")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lock a vault's notes, so that no other vault-tools process writes into them.

    Raises StateError if there can be no journal, OSError if another process does not finish in time.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (slow to import; most runs change no note)

    lock = _beside(root, "lock")
    with usable(lock, _SO):
        private.folder(lock.parent, folder())
        held = FileLock(lock, mode=private.FILE)
    try:
        with usable(lock, _SO):
            held.acquire(timeout=PATIENCE)
    except Timeout:
        raise RefusedError(errno.EAGAIN, say("system.other-run")) from None
    try:
        yield
    finally:
        held.release()


@contextmanager
def usable(place: Path, so: Say) -> Iterator[None]:
    """Turn a system error about a place in the state folder into a StateError; `so` is what follows from it.

    That another process has a lock is no such error.
    """
    try:
        yield
    except (OSError, NotImplementedError) as error:
        if isinstance(error, TimeoutError) and error.errno is None:  # filelock's own, which the system did not raise
            raise
        raise StateError(getattr(error, "filename", None) or place, reason(error), so) from error


# ---------------------------------------------------------------- one change


def keep(root: Path, change: Change, old: bytes, new: bytes) -> Change:
    """Save a note's old and new text before it changes; returns `change` with its time and name.

    When this returns, both are on the disk. Raises StateError.
    """
    now = time.time_ns()
    kept = replace(change, vault=os.fspath(root), at=now, name=f"{now:020d}-{secrets.token_hex(4)}.note")
    # In this order: an image without its twin would mean a change that was made.
    _write(_beside(root, "unfinished") / kept.name, new)
    _write(image_of(root, kept), _line(kept) + b"\n" + old)
    return kept


def finish(root: Path, change: Change) -> None:
    """Say that a note has become what it was to become, all of it on the disk."""
    (_beside(root, "unfinished") / change.name).unlink(missing_ok=True)


def discard(root: Path, change: Change) -> None:
    """Say that a change was not made after all."""
    image_of(root, change).unlink(missing_ok=True)
    finish(root, change)


def image_of(root: Path, change: Change) -> Path:
    """Return the file that holds, below its first line, what a note was before a change."""
    return place_of(root) / change.name


def read(root: Path, name: str) -> tuple[Change, bytes] | None:
    """Return a change with what the note was before it; None if its file is gone, or not whole."""
    try:
        line, _, old = private.read(place_of(root) / name).partition(b"\n")
    except OSError:
        return None
    change = _decoded(line, name)
    return None if change is None else (change, old)


def changes(root: Path) -> list[Change]:
    """Return the changes made to a vault's notes, including unfinished ones, newest first.

    Raises StateError if some of them may not be read.
    """
    found = []
    with usable(place_of(root), _SO), suppress(FileNotFoundError, NotADirectoryError):
        os.listdir(place_of(root))  # noqa: PTH208
    for name in sorted(_names(place_of(root)), reverse=True):
        with suppress(OSError), os.fdopen(private.opened(place_of(root) / name, os.O_RDONLY), "rb") as file:
            change = _decoded(file.readline(_LINE), name)
            found += [change] if change else []
    return found


def _names(place: Path) -> list[str]:
    try:
        return [name for name in os.listdir(place) if name.endswith(".note")]  # noqa: PTH208
    except OSError:
        return []


def _line(change: Change) -> bytes:
    """Return the first line of an image."""
    said = asdict(change)
    return json.dumps({**said, "sum": _sum(said)}).encode()


def _sum(said: dict[str, Any]) -> str:
    """Return the checksum of what a first line says."""
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest()


def _decoded(line: bytes, name: str) -> Change | None:
    """Read a first line; None if it is not as it was written. Older versions wrote no checksum."""
    try:
        said = json.loads(line)
        known = said.pop("sum", None)
        change = msgspec.convert(said, Change)
        is_whole = known is None or known == _sum(said)
    except (ValueError, AttributeError, RecursionError, msgspec.MsgspecError):
        return None
    is_here = change.name in ("", name)  # the first versions wrote no name, either
    return replace(change, name=name) if is_whole and is_here and _is_possible(change) else None


def _is_possible(change: Change) -> bool:
    """Tell whether a change is plausible for a note of a vault; the line may come from anywhere."""
    parts = change.path.split("/")
    names = all(part not in {"", ".", ".."} and len(os.fsencode(part)) <= _NAME for part in parts)
    digests = all(_DIGEST.fullmatch(digest) for digest in (change.before, change.after))
    return names and digests and "\0" not in change.path and 0 <= change.at < 2**63


# ---------------------------------------------------------------- writings that were cut short


def unfinished(root: Path) -> list[str]:
    """Return the names of the changes that were begun and not finished, the newest first."""
    return sorted(_names(_beside(root, "unfinished")), reverse=True)


def wanted(root: Path, name: str) -> bytes | None:
    """Return what a note was to become by a change that is not finished; None if it cannot be read."""
    try:
        return private.read(_beside(root, "unfinished") / name)
    except OSError:
        return None


def set_aside(root: Path, name: str) -> None:
    """Rename a damaged image to `….damaged`, so that it no longer counts as a change."""
    private.set_aside(place_of(root) / name, ".damaged")
    (_beside(root, "unfinished") / name).unlink(missing_ok=True)


def keep_torn(root: Path, change: Change, torn: bytes) -> None:
    """Save what a note contains after a cut-short write, beside its image. Raises StateError."""
    _write(image_of(root, change).with_suffix(".torn"), torn)


# ---------------------------------------------------------------- notes that stay as `undo` left them


def leave(root: Path, path: str, digest: str) -> None:
    """Record that the user restored a note, and that it must stay as it is. Raises StateError."""
    mark = _mark(root, path)
    with usable(mark, _SO):
        mark.unlink(missing_ok=True)
    _write(mark, digest.encode())


def is_left(root: Path, path: str, digest: str) -> bool:
    """Tell whether a note with this digest is as it was left."""
    try:
        return private.read(_mark(root, path)) == digest.encode()
    except OSError:
        return False


def leave_no_more(root: Path, path: str) -> None:
    """Forget it: the note's writer has gone on."""
    with suppress(OSError):
        _mark(root, path).unlink(missing_ok=True)


def _mark(root: Path, path: str) -> Path:
    return _beside(root, "undone") / blake2b(os.fsencode(path), digest_size=16).hexdigest()


# ---------------------------------------------------------------- files


def _write(target: Path, data: bytes) -> None:
    """Write a new file for the user only, with its folder; both are on the disk when this returns."""
    is_new = not target.parent.is_dir()
    with usable(target.parent, _SO):
        private.folder(target.parent, folder())
        private.write_new(target, data)
    _settle(target.parent)
    if is_new:
        _settle(target.parent.parent)


def _settle(place: Path) -> None:
    """Make a folder's list of files outlive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_old(root: Path) -> None:
    """Throw away what a vault's notes were long ago, but never what a writing that was cut short is put back from.

    Age is not only taken from the clock, which may be wrong today, but from the last image that was made days ago: a
    clock that jumps ahead throws nothing away, and neither does the first change after a long rest.
    """
    names = _names(place_of(root))
    settled = f"{time.time_ns() - PROVEN_NS:020d}"
    proven = max((name for name in names if name < settled), default="")
    if not proven[:20].isdecimal():
        return
    oldest = f"{max(int(proven[:20]) - KEPT_NS, 0):020d}"
    held = {Path(name).stem for name in unfinished(root)}
    with suppress(OSError):
        for file in place_of(root).iterdir():
            if file.suffix in {".note", ".torn", ".damaged"} and file.name < oldest and file.stem not in held:
                file.unlink(missing_ok=True)
