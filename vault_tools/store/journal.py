"""Notes as they were before we changed them, in the user's state folder: a file for each change.

A file's first line says in JSON what was changed (see `Change`), with a checksum; the rest is the note as it was, byte
for byte. If the first line is damaged, the file does not count as a change, and nothing is restored from it.

While a note is written, a file of the same name in a second folder, `…-unfinished`, contains the new text of the note.
It exists before the first byte of the note changes, and is deleted after the last: a leftover file means that a write
was cut short (see `heal`). A third folder, `…-undone`, is that of `undone`.
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

from vault_tools.errors import RefusedError
from vault_tools.model.text import say
from vault_tools.store import private, state_folder
from vault_tools.store.naming import name_of
from vault_tools.store.state_folder import NO_CHANGE

_DAY_NS = 24 * 3600 * 10**9
KEPT_NS = 90 * _DAY_NS
"""How long the images of a vault's notes are kept."""
PROVEN_NS = 7 * _DAY_NS
"""How old an image must be to tell what time it is: a clock that goes wrong has been set right by then."""
_SUFFIXES = frozenset({".note", ".torn", ".damaged"})
"""Those of the files that are thrown away some day."""
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


def place_of(root: Path) -> Path:
    """Return the folder that keeps what the notes of a vault were; its files sort by time."""
    return state_folder.folder() / "journal" / name_of(root)


def beside(root: Path, what: str) -> Path:
    """Return a place next to that folder; `what` is what it is for."""
    place = place_of(root)
    return place.with_name(f"{place.name}-{what}")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lock a vault's notes, so that no other vault-tools process writes into them.

    Raises StateError if there can be no journal, OSError if another process does not finish in time.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (slow to import; most runs change no note)

    lock = beside(root, "lock")
    with state_folder.usable(lock, NO_CHANGE):
        private.folder(lock.parent, state_folder.folder())
        guard = FileLock(lock, mode=private.FILE)
    try:
        with state_folder.usable(lock, NO_CHANGE):
            guard.acquire(timeout=PATIENCE)
    except Timeout:
        raise RefusedError(errno.EAGAIN, say("system.other-run")) from None
    try:
        yield
    finally:
        guard.release()


def keep(root: Path, change: Change, old: bytes, new: bytes) -> Change:
    """Save a note's old and new text before it changes; returns `change` with its time and name.

    When this returns, both are on the disk. Raises StateError.
    """
    now = time.time_ns()
    kept = replace(change, vault=os.fspath(root), at=now, name=f"{now:020d}-{secrets.token_hex(4)}.note")
    # In this order: an image without its twin would mean a change that was made.
    state_folder.write_new(beside(root, "unfinished") / kept.name, new)
    state_folder.write_new(image_of(root, kept), _line(kept) + b"\n" + old)
    return kept


def finish(root: Path, change: Change) -> None:
    """Say that a note has become what it was to become, all of it on the disk."""
    (beside(root, "unfinished") / change.name).unlink(missing_ok=True)


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
    place = place_of(root)
    with state_folder.usable(place, NO_CHANGE), suppress(FileNotFoundError, NotADirectoryError):
        os.listdir(place)  # noqa: PTH208
    listed = (_change_at(place, name) for name in sorted(_names(place), reverse=True))
    return [change for change in listed if change is not None]


def _change_at(place: Path, name: str) -> Change | None:
    with suppress(OSError), os.fdopen(private.open_private(place / name, os.O_RDONLY), "rb") as file:
        return _decoded(file.readline(_LINE), name)
    return None


def _names(place: Path) -> list[str]:
    try:
        return [name for name in os.listdir(place) if name.endswith(".note")]  # noqa: PTH208
    except OSError:
        return []


def _line(change: Change) -> bytes:
    """Return the first line of an image."""
    sentence = asdict(change)
    return json.dumps({**sentence, "sum": _sum(sentence)}).encode()


def _sum(sentence: dict[str, Any]) -> str:
    """Return the checksum of what a first line says."""
    return blake2b(json.dumps(sentence, sort_keys=True).encode(), digest_size=8).hexdigest()


def _decoded(line: bytes, name: str) -> Change | None:
    """Read a first line; None if it is not as it was written. Older versions wrote no checksum."""
    try:
        sentence = json.loads(line)
        known = sentence.pop("sum", None)
        change = msgspec.convert(sentence, Change)
        is_whole = known is None or known == _sum(sentence)
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


def unfinished(root: Path) -> list[str]:
    """Return the names of the changes that were begun and not finished, the newest first."""
    return sorted(_names(beside(root, "unfinished")), reverse=True)


def new_text(root: Path, name: str) -> bytes | None:
    """Return what a note was to become by a change that is not finished; None if it cannot be read."""
    try:
        return private.read(beside(root, "unfinished") / name)
    except OSError:
        return None


def set_aside(root: Path, name: str) -> None:
    """Rename a damaged image to `….damaged`, so that it no longer counts as a change."""
    private.set_aside(place_of(root) / name, ".damaged")
    (beside(root, "unfinished") / name).unlink(missing_ok=True)


def keep_torn(root: Path, change: Change, torn: bytes) -> None:
    """Save what a note contains after a cut-short write, beside its image. Raises StateError."""
    state_folder.write_new(image_of(root, change).with_suffix(".torn"), torn)


def forget_old(root: Path) -> None:
    """Throw away what a vault's notes were long ago, but never what a writing that was cut short is put back from.

    Age is not only taken from the clock, which may be wrong today, but from the last image that was made days ago: a
    clock that jumps ahead throws nothing away, and neither does the first change after a long rest.
    """
    oldest = _oldest_kept(root)
    unhealed = {Path(name).stem for name in unfinished(root)}
    with suppress(OSError):
        for file in place_of(root).iterdir():
            if file.suffix in _SUFFIXES and file.name < oldest and file.stem not in unhealed:
                file.unlink(missing_ok=True)


def _oldest_kept(root: Path) -> str:
    """Return the name from which on images are kept; "" to keep them all."""
    settled = f"{time.time_ns() - PROVEN_NS:020d}"
    proven = max((name for name in _names(place_of(root)) if name < settled), default="")
    if not proven[:20].isdecimal():
        return ""
    return f"{max(int(proven[:20]) - KEPT_NS, 0):020d}"
