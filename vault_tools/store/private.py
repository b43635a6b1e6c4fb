"""Files for the user only, in the user's own folders: cache, journal, state, log and locks, with any umask.

Your notes may be private, so what is kept of them is private too: folders have mode 0700, files 0600. Files with wider
modes from older versions are tightened. On Windows, access lists protect the user's folders.
"""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from vault_tools.errors import RefusedError
from vault_tools.model.text import say

FOLDER, FILE = 0o700, 0o600
LARGEST = 64_000_000
"""The most bytes; a larger file is not ours."""
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
"""How every file is opened: as bytes, for this process only, and without waiting for the other end of a pipe."""


def folder(place: Path, top: Path | None = None) -> Path:
    """Create a folder for the user only, with missing parents. Raises OSError.

    Of the existing folders, `top` and those below it are tightened. Other programs may use the rest.
    """
    for each in (*reversed(place.parents), place):
        if not each.is_dir():
            each.mkdir(mode=FOLDER, exist_ok=True)
            tighten(each, FOLDER)
        elif top is not None and each.is_relative_to(top) and tighten(each, FOLDER):
            _tighten_below(each)
    return place


def tighten(path: Path, mode: int = FILE) -> bool:
    """Set the mode of a file or folder, and tell whether it had another one; links are not changed."""
    if os.name != "posix":
        return False
    with suppress(OSError):
        status = path.lstat()
        is_plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
        if is_plain and stat.S_IMODE(status.st_mode) != mode and status.st_uid == os.geteuid():
            path.chmod(mode)
            return True
    return False


def _tighten_below(place: Path) -> None:
    """Tighten everything in a folder that was open to others until now."""
    for here, folders, names in os.walk(place):
        for name in folders:
            tighten(Path(here, name), FOLDER)
        for name in names:
            tighten(Path(here, name))


def open_private(path: Path, flags: int) -> int:
    """Return the handle of a file for the user only, opened as `os.open` does. A pipe or a device is an OSError."""
    handle = os.open(path, flags | _FLAGS, FILE)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise RefusedError(errno.EINVAL, say("system.not-file"), os.fspath(path))
    if flags & (os.O_WRONLY | os.O_RDWR):
        tighten(path)
    return handle


def present(path: Path) -> None:
    """Make sure that a file exists and is for the user only. Raises OSError."""
    os.close(open_private(path, os.O_RDWR | os.O_CREAT))


def read(path: Path, most: int = LARGEST) -> bytes:
    """Return the contents of a file. Raises OSError, also if the file is too large to be ours."""
    with os.fdopen(open_private(path, os.O_RDONLY), "rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            raise RefusedError(errno.EFBIG, say("system.too-large"), os.fspath(path))
        return file.read()


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; its bytes are on the disk when this returns. Raises OSError."""
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes) -> None:
    """Write a whole file, and replace an existing one. Raises OSError."""
    draft = path.with_name(f".{path.name}.draft")  # one name, so that a kill leaves one at most
    draft.unlink(missing_ok=True)
    with os.fdopen(open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(data)
    draft.replace(path)


def set_aside(path: Path, suffix: str) -> None:
    """Rename a damaged file so that we no longer read it; the user may still want to look at it."""
    aside = path.with_suffix(suffix)
    if aside.exists():
        aside = path.with_name(f"{path.stem}-{secrets.token_hex(4)}{suffix}")
    with suppress(OSError):
        path.replace(aside)
