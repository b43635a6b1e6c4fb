"""Files for the user only, in the user's own folders: cache, journal, state, log and locks, whatever the umask is.

Notes may be readable by nobody else, so what is kept of them is not either: folders have mode 0700, files 0600. What
older versions left with other modes is tightened. On Windows a user's folders are the user's by their access lists.
"""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
LARGEST = 64_000_000
"""Bytes; what is larger is no file of ours."""
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
"""How every file is opened: byte for byte, for this process only, and without waiting for the other end of a pipe."""


def folder(place: Path, top: Path | None = None) -> Path:
    """Make a folder for the user only, with those above it that are not there; OSError where that cannot be.

    Of those that are there already, `top` and what lies below it are tightened. Others may be not only ours.
    """
    for each in (*reversed(place.parents), place):
        if not each.is_dir():
            each.mkdir(mode=FOLDER, exist_ok=True)
            tighten(each, FOLDER)
        elif top is not None and each.is_relative_to(top) and tighten(each, FOLDER):
            _tighten_below(each)
    return place


def tighten(path: Path, mode: int = FILE) -> bool:
    """Give a file or folder of the user's a mode, and tell whether it had another one; links are left as they are."""
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
    """Tighten all that lies in a folder that was open to others until now."""
    for here, folders, names in os.walk(place):
        for name in folders:
            tighten(Path(here, name), FOLDER)
        for name in names:
            tighten(Path(here, name))


def opened(path: Path, flags: int) -> int:
    """Return the handle of a file for the user only, opened as `os.open` does. A pipe or a device is an OSError."""
    handle = os.open(path, flags | _FLAGS, FILE)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not a file", os.fspath(path))
    if flags & (os.O_WRONLY | os.O_RDWR):
        tighten(path)
    return handle


def present(path: Path) -> None:
    """See to it that a file is there, and that it is for the user only. Raises OSError."""
    os.close(opened(path, os.O_RDWR | os.O_CREAT))


def read(path: Path, most: int = LARGEST) -> bytes:
    """Return what a file holds. Raises OSError, also where it is larger than anything that we write."""
    with os.fdopen(opened(path, os.O_RDONLY), "rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, "it is too large for a file of vault-tools", os.fspath(path))
        return file.read()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; its bytes are on the disk when this returns. Raises OSError."""
    with os.fdopen(opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes) -> None:
    """Write a file whole, in place of the one that may be there. Raises OSError."""
    draft = path.with_name(f".{path.name}.draft")  # one name, so that a kill leaves one at most
    draft.unlink(missing_ok=True)
    with os.fdopen(opened(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(data)
    draft.replace(path)


def set_aside(path: Path, suffix: str) -> None:
    """Rename a damaged file to one beside it that nothing of ours reads; the user may still want to look at it."""
    aside = path.with_suffix(suffix)
    if aside.exists():
        aside = path.with_name(f"{path.stem}-{secrets.token_hex(4)}{suffix}")
    with suppress(OSError):
        path.replace(aside)
