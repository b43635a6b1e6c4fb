"""The daemon of a vault as others see it: that it runs, and what it did last. On this device, outside the vault.

One daemon a vault: it holds a lock that the system takes back when the process ends, however it ends.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import msgspec
import platformdirs
from filelock import FileLock, Timeout

from vault_tools.errors import WatchedError
from vault_tools.model.text import Say, say
from vault_tools.store import private, state_folder
from vault_tools.store.naming import name_of

PATIENCE = 0.5
"""Seconds for which a daemon waits for its lock: `status` may be trying it at this moment."""


_SO = say("error.so-no-watch")
_LARGEST = 4_000_000
"""The most bytes of a daemon's status; a larger file is not ours."""


class Deed(msgspec.Struct, frozen=True):
    """Something that the daemon wrote: when (ISO time), what it did, and to which file."""

    at: str
    what: str
    path: str

    @property
    def sentence(self) -> Say | str:
        """What it did, in words."""
        return word_for(self.what)


def word_for(what: str) -> Say | str:
    """Return the word for what a daemon did to a file; as it is where a newer version has more kinds."""
    return _DEEDS.get(what, what)


_DEEDS = {
    "page": say("daemon.deed-page"),
    "region": say("daemon.deed-region"),
    "template": say("daemon.deed-template"),
    "note": say("daemon.deed-note"),
    "put back": say("daemon.deed-put-back"),
}


class Status(msgspec.Struct):
    """What a daemon says of itself.

    `state` is `reading` (it has just begun), `waiting`, `away` (the vault is not there) or `stopped`; `polls` says why
    it polls, "" if the system reports changes, and `elsewhere` which other device writes notes. `deeds` are what it
    wrote last, `troubles` what it cannot do now, and `proposals` what is due. All sentences are in its log's language.
    """

    vault: str
    pid: int
    device: str
    since: str
    state: str = "reading"
    polls: str = ""
    elsewhere: str = ""
    rounds: int = 0
    last: str = ""
    took: float = 0.0
    deeds: list[Deed] = []
    troubles: list[str] = []
    proposals: list[str] = []

    @classmethod
    def of(cls, root: Path) -> Self | None:
        """Read the last status of a vault's daemon; None if there is none or it is damaged."""
        try:
            return msgspec.json.decode(private.read(_place(root, "json"), _LARGEST), type=cls)
        except (OSError, ValueError, RecursionError):
            return None

    def write_status(self, root: Path) -> None:
        """Write it where others look; only the vault's one daemon may. An error there stops no daemon."""
        with suppress(Exception):
            target = _place(root, "json")
            private.folder(target.parent, state_folder.folder())
            private.replace(target, msgspec.json.encode(_sayable(msgspec.to_builtins(self))))


def _sayable(value: object) -> object:
    """Return what JSON can hold: paths that are not UTF-8 with their odd bytes spelled out."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, list):
        return [_sayable(each) for each in value]
    if isinstance(value, dict):
        return {key: _sayable(each) for key, each in value.items()}
    return value


def device() -> str:
    """Return what this device is called: its host name, without the network that it is in."""
    return platform.node().partition(".")[0] or "unnamed"


@contextmanager
def claimed(root: Path) -> Iterator[None]:
    """Lock a vault for one daemon. Raises WatchedError if another has it, StateError if locking fails."""
    place = _place(root, "lock")
    with state_folder.usable(place, _SO):
        private.folder(place.parent, state_folder.folder())
        lock = FileLock(place, mode=private.FILE)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            told = Status.of(root)
            raise WatchedError(str(root), told.pid if told else None) from None
    try:
        yield
    finally:
        lock.release()


def runs(root: Path) -> bool:
    """Tell whether a daemon watches a vault on this device; a killed one does not. Raises StateError like `claimed`.

    This creates no file: if there is no lock file, there is no daemon.
    """
    place = _place(root, "lock")
    with state_folder.usable(place, _SO):
        if not os.path.lexists(place):
            return False
        lock = FileLock(place, mode=private.FILE)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
    return False


def log_of(root: Path) -> Path:
    """Return the file in which the daemon of a vault keeps its log."""
    return platformdirs.user_log_path("vault-tools") / f"watch-{name_of(root)}.log"


def _place(root: Path, suffix: str) -> Path:
    return state_folder.folder() / "watch" / f"{name_of(root)}.{suffix}"
