"""Notes as they were before we changed them, in the user's state folder: a file for each change.

A file's first line says in JSON what was changed (`vault`, `path`, the digests `before` and `after`, `at` in
nanoseconds); all that follows is the note as it was, byte for byte.
"""

import json
import os
import secrets
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import platformdirs

KEPT_NS = 90 * 24 * 3600 * 10**9
"""How long the images of a vault's notes are kept."""


def folder() -> Path:
    """Return the user's state folder for vault-tools."""
    return platformdirs.user_state_path("vault-tools")


def place_of(root: Path) -> Path:
    """Return the folder that keeps what the notes of a vault were; its files sort by time."""
    return folder() / "journal" / blake2b(os.fsencode(root), digest_size=10).hexdigest()


def keep(root: Path, path: str, old: bytes, before: str, after: str) -> Path:
    """Keep a note's bytes before they change; when this returns, they are on the disk. Raises OSError."""
    now = time.time_ns()
    place = place_of(root)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = {"vault": os.fspath(root), "path": path, "before": before, "after": after, "at": now}
    target = place / f"{now:020d}-{secrets.token_hex(4)}.note"
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(said, ensure_ascii=True).encode() + b"\n" + old)
        file.flush()
        os.fsync(file.fileno())
    _settle(place)
    return target


def _settle(place: Path) -> None:
    """Make a folder's list of files outlive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_old(root: Path) -> None:
    """Throw away what a vault's notes were long ago."""
    oldest = f"{time.time_ns() - KEPT_NS:020d}"
    with suppress(OSError):
        for file in place_of(root).glob("*.note"):
            if file.name < oldest:
                file.unlink(missing_ok=True)
