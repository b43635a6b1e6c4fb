"""Reading the files of a vault: notes, settings, and digests of what they hold."""

import errno
import os
import stat
from hashlib import blake2b
from pathlib import Path

from vault_tools.errors import RefusedError, SettingsError, reason
from vault_tools.model.change import Stamp
from vault_tools.model.note import Source
from vault_tools.model.text import say
from vault_tools.store import file_problems
from vault_tools.store.file_problems import LARGEST
from vault_tools.store.spelling import on_disk

_LARGEST_TEXT = 64_000_000
"""The most bytes of a page or of Obsidian's settings; larger files are not read."""
_LARGEST_SETTINGS = 1_000_000
"""Bytes of our own settings."""


def read(root: Path, path: str, stamp: Stamp) -> Source:
    """Read one file; anything wrong with it becomes a problem of its source."""
    if stamp.size > LARGEST:
        return Source(path, "", "", (file_problems.too_large(stamp.size),))
    try:
        data = _bytes(root, path)
    except FileNotFoundError:
        return Source(path, "", "", (file_problems.VANISHED,))
    except OSError as error:
        return Source(path, "", "", (file_problems.unreadable(error, file_problems.NO_FILE),))
    digest = digest_of(data)
    try:
        return Source(path, data.decode("utf-8"), digest)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Source(path, data.decode("utf-8", "replace"), digest, (file_problems.not_utf8(line),))


def _bytes(root: Path, path: str) -> bytes:
    """Read a file whole: it costs a third less than with a Path, and every note is read this way."""
    with open(f"{root}/{on_disk(root, path)}", "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def digest_of(data: bytes) -> str:
    """Return the digest by which contents are compared."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_at(root: Path, path: str) -> str | None:
    """Return the digest of a file as it is on the disk; None if it cannot be read."""
    try:
        return digest_of(_bytes(root, path))
    except OSError:
        return None


def text_of(root: Path, path: str) -> str | None:
    """Return a file's text (Obsidian's settings, say), read as Obsidian does; None if it cannot be read."""
    try:
        data = _plain_bytes(root / on_disk(root, path), _LARGEST_TEXT)
    except (OSError, ValueError):
        return None
    return _one_line_end(data.decode("utf-8-sig", "replace"))


def settings_of(root: Path, path: str) -> str:
    """Return the text of our settings, "" where there is none; SettingsError where it cannot be read."""
    try:
        return _one_line_end(_plain_bytes(root / path, _LARGEST_SETTINGS).decode("utf-8-sig"))
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(say("settings.not-utf8", where=str(root / path))) from None
    except OSError as error:
        raise SettingsError(say("settings.unreadable", where=str(root / path), reason=reason(error))) from None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain_bytes(path: Path, most: int) -> bytes:
    """Read a whole file. Anything else, such as a pipe, and a file that is too large is an OSError; never blocks."""
    with open(path, "rb", opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(errno.EINVAL, say("system.not-file"))
        if status.st_size > most:
            raise RefusedError(errno.EFBIG, say("system.too-large"))
        return file.read()


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
