"""What can be wrong with a file of a vault before its text is parsed, each as a `Problem`."""

import os
from dataclasses import replace
from pathlib import Path

from vault_tools.dialect.filenames import is_hidden
from vault_tools.errors import reason
from vault_tools.model.note import Problem
from vault_tools.model.text import Say, Term

LARGEST = 8_000_000
"""Bytes; a larger note is listed, not parsed."""

_MAY_I = "problem.file.fix-unreadable"
_FIX_LINK = "problem.file.fix-link"
NO_FILE = Problem("unreadable", 0, "problem.file.unreadable-file", _MAY_I)
NO_FOLDER = Problem("unreadable", 0, "problem.file.unreadable-folder", _MAY_I)
ELSEWHERE = Problem("icloud-placeholder", 0, "problem.file.icloud-placeholder", "problem.file.icloud-placeholder-fix")
SPECIAL = Problem("special", 0, "problem.file.special", "problem.file.special-fix")
BAD_NAME = Problem("name-not-utf8", 0, "problem.file.name-not-utf8", "problem.file.name-not-utf8-fix")
LINK_BROKEN = Problem("link-broken", 0, "problem.file.link-broken", _FIX_LINK)
LINK_OUTSIDE = Problem("link-outside", 0, "problem.file.link-outside", _FIX_LINK)
LINK_FOLDER = Problem("link-folder", 0, "problem.file.link-folder", _FIX_LINK)
LINK_HIDDEN = Problem("link-hidden", 0, "problem.file.link-hidden", _FIX_LINK)
VANISHED = Problem("vanished", 0, "problem.file.vanished", "problem.file.vanished-fix")


def unreadable(error: OSError, problem: Problem) -> Problem:
    """Return `problem`, which is NO_FILE or NO_FOLDER, with the system's reason."""
    why = reason(error)
    shown = Term("system", why.id.removeprefix("system.")) if isinstance(why, Say) else str(why)
    return replace(problem, values=(("error", shown),))


def too_large(size: int) -> Problem:
    """Return what is wrong with a note that is larger than `LARGEST`."""
    values = (("size", f"{size / 1e6:.0f}"), ("most", f"{LARGEST / 1e6:.0f}"))
    return Problem("too-large", 0, "problem.file.too-large", "problem.file.too-large-fix", values)


def not_utf8(line: int) -> Problem:
    """Return what is wrong with a text whose bytes on this line are not UTF-8."""
    return Problem("not-utf8", line, "problem.file.not-utf8", "problem.file.not-utf8-fix")


def leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry leads elsewhere: a symbolic link, or a junction on Windows."""
    if entry.is_symlink():
        return True
    is_junction = getattr(entry, "is_junction", None)  # since Python 3.12
    return is_junction is not None and bool(is_junction())


def of_link(root: Path, entry: os.DirEntry[str]) -> Problem | None:
    """Say why a symbolic link is not followed: it loops, dangles, leaves the vault, or shows a folder twice."""
    try:
        real = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return LINK_BROKEN
    if not real.is_relative_to(root):
        return LINK_OUTSIDE
    if real.is_dir():
        return LINK_FOLDER
    if is_hidden(real.relative_to(root).as_posix()):
        return LINK_HIDDEN
    return None
