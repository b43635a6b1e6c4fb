"""Keeps a file to this process for a moment: other programs that open it wait."""

import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

if sys.platform == "linux":
    import fcntl

Hold = Literal["held", "busy", "none"]
"""`held`: nobody else has the file open, and who opens it waits; `busy`: somebody has it; `none`: not available."""

PATIENCE = 0.05
"""Seconds for which a file that somebody has open is waited for: a program that reads or saves it is done by then."""
_PAUSE = 0.005
_BUSY = (errno.EAGAIN, errno.EBUSY)


@contextmanager
def hold(handle: int) -> Iterator[Hold]:
    """Hold a file that is open for writing; the holder must not open it a second time, or it waits for itself.

    On Linux this is a write lease (fcntl(2), F_SETLEASE): the system gives it only where no other descriptor of the
    file is open anywhere, and lets nobody open or truncate it until we let go, or until `lease-break-time` is over
    (45 s). It takes the file's owner, and a file system of this machine. macOS and Windows have nothing of the kind.
    """
    outcome = _take(handle)
    try:
        yield outcome
    finally:
        if outcome == "held":
            _let_go(handle)


def is_lost(handle: int) -> bool:
    """Tell whether a lease is over, or whether somebody waits who means to write: they are let go first."""
    if sys.platform != "linux":
        return False
    return fcntl.fcntl(handle, fcntl.F_GETLEASE) == fcntl.F_UNLCK


def _take(handle: int) -> Hold:
    if sys.platform != "linux":
        return "none"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            # Whoever opens the file makes the system send us a signal, which by default would end us: not this one.
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        except OSError as error:
            if error.errno not in _BUSY:
                return "none"
        else:
            return "held"
        if time.monotonic() > until:
            return "busy"
        time.sleep(_PAUSE)


def _let_go(handle: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)


def is_there(handle: int, path: str) -> bool:
    """Tell whether a path still leads to an open file; where another file took its place, it does not."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))  # noqa: PTH116
    except OSError:
        return False
