"""The user's state folder for vault-tools: where it is, and files in it that outlive a power cut."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from vault_tools.errors import StateError, reason
from vault_tools.model.text import Say, say
from vault_tools.store import private

NO_CHANGE = say("error.so-no-change")
"""What follows for notes if the state folder cannot be used: none is changed."""


def folder() -> Path:
    """Return the user's state folder for vault-tools."""
    return platformdirs.user_state_path("vault-tools")


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


def write_new(target: Path, data: bytes) -> None:
    """Write a new file for the user only, with its folder; both are on the disk when this returns.

    Raises StateError.
    """
    is_new = not target.parent.is_dir()
    with usable(target.parent, NO_CHANGE):
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
