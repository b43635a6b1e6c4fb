"""Writing a file whole or not at all: into a draft beside it, which then takes its name."""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vault_tools.errors import RefusedError

_DRAFT = re.compile(r"\.vault-tools-[0-9a-f]{12}\.tmp")
_LEFT_OVER = 3600
"""Seconds after which a draft is nobody's."""
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace(target: Path, chunks: Iterable[bytes]) -> None:
    """Write a file, or write over it: there is never half a file. Raises OSError."""
    draft = _draft_of(target)
    mode = stat.S_IMODE(target.stat().st_mode) & 0o777 if target.exists() else None
    # Nobody who may not read the target may read this file, not even for a moment.
    handle = os.open(draft, _NEW, 0o666 if mode is None else 0o600)
    try:
        _fill(handle, chunks)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def create(target: Path, data: bytes) -> bool:
    """Write a new file; False if there is a file of that name. Raises OSError about the file or its folder."""
    draft = _draft_of(target)
    try:
        _write_new(draft, data)
        _give_name(draft, target, data)
    except FileExistsError:
        return False
    except OSError as error:
        raise error_at(target, error) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return True


def error_at(target: Path, error: OSError) -> OSError:
    """Return an error of the system with the file that is meant, not the draft beside it; or its folder.

    Who may not write a file of a new name may not write into its folder.
    """
    if isinstance(error, RefusedError):
        return error
    place = target if target.exists() or error.errno not in _NOT_ALLOWED else target.parent
    return OSError(error.errno, error.strerror, str(place))


def _draft_of(target: Path) -> Path:
    """Return a name beside a file that Obsidian does not see; what killed processes left under such names goes."""
    now = time.time()
    for old in target.parent.glob(".vault-tools-*.tmp"):
        with suppress(OSError):
            if _DRAFT.fullmatch(old.name) and now - old.lstat().st_mtime > _LEFT_OVER:
                old.unlink()
    return target.with_name(f".vault-tools-{secrets.token_hex(6)}.tmp")


def _write_new(target: Path, data: bytes) -> None:
    """Write a file that is not there yet; FileExistsError if it is."""
    _fill(os.open(target, _NEW, 0o666), [data])


def _fill(handle: int, chunks: Iterable[bytes]) -> None:
    """Write all of an open file, and close it; its bytes are on the disk when this returns."""
    with os.fdopen(handle, "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())


def _give_name(draft: Path, target: Path, data: bytes) -> None:
    """Give a draft its name, if that is free; where a file cannot have two names for a moment, write it there."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _write_new(target, data)
