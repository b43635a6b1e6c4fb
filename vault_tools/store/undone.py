"""Notes that stay as `undo` left them: a file for each, with the digest of the restored note."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from vault_tools.store import private, state_folder
from vault_tools.store.journal import beside


def leave(root: Path, path: str, digest: str) -> None:
    """Record that the user restored a note, and that it must stay as it is. Raises StateError."""
    mark = _mark(root, path)
    with state_folder.usable(mark, state_folder.NO_CHANGE):
        mark.unlink(missing_ok=True)
    state_folder.write_new(mark, digest.encode())


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
    return beside(root, "undone") / blake2b(os.fsencode(path), digest_size=16).hexdigest()
