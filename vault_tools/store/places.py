"""Where a vault is: which folders count as one, and whether it is still in its place."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from vault_tools.errors import UnusableVaultError, VaultAwayError, reason
from vault_tools.model.text import say

_CHECKED: dict[Path, tuple[int, int]] = {}
"""Vaults' folders as this process checked them last: the device that each is on, and its number there."""


def check(root: Path) -> Path:
    """Return the vault's real folder; UnusableVaultError if it is none, or cannot be read.

    From here on this is the folder that is meant by its path: see `stay`.
    """
    status = _status(root)
    if not stat.S_ISDIR(status.st_mode):
        raise UnusableVaultError(say("error.vault-is-file", root=str(root)))
    if not os.access(root, os.R_OK | os.X_OK):
        raise _unreadable(root, PermissionError(errno.EACCES, ""))
    real = root.resolve()
    _check_whole(real)
    _CHECKED[real] = (status.st_dev, status.st_ino)
    return real


def _status(root: Path) -> os.stat_result:
    try:
        return root.stat()
    except FileNotFoundError:
        raise UnusableVaultError(say("error.no-vault", root=str(root))) from None
    except OSError as error:
        raise _unreadable(root, error) from None


def _unreadable(root: Path, error: OSError) -> UnusableVaultError:
    return UnusableVaultError(say("error.vault-unreadable", root=str(root), reason=reason(error)))


def _check_whole(root: Path) -> None:
    """Refuse a folder that is a part of a vault, or all of a disk."""
    if root == root.parent:
        raise UnusableVaultError(say("error.vault-is-disk", root=str(root)))
    if settings_folders(root):
        return
    outer = next(vaults_above(root.parent), None)
    if outer is not None:
        raise UnusableVaultError(say("error.vault-part", root=str(root), around=str(outer)))


def stay(root: Path) -> None:
    """Refuse to write where the vault no longer is: its drive was taken out, or another folder is in its place.

    Some file systems sometimes renumber a folder, so one on the same device that is not empty is accepted. Raises
    VaultAwayError.
    """
    try:
        status = root.stat()
    except OSError:
        raise VaultAwayError(str(root)) from None
    device, number = _CHECKED.get(root, (status.st_dev, status.st_ino))
    if not stat.S_ISDIR(status.st_mode) or status.st_dev != device:
        raise VaultAwayError(str(root))
    if status.st_ino != number and not is_there(root, settled=bool(settings_folders(root))):
        raise VaultAwayError(str(root))


def is_there(root: Path, *, settled: bool) -> bool:
    """Tell whether a vault is where it was: an empty folder is what a drive that was taken out leaves behind.

    `settled` says that it had a folder of Obsidian's settings.
    """
    try:
        if settled:
            return bool(settings_folders(root))
        return any(not entry.name.startswith(".") for entry in root.iterdir())
    except OSError:
        return False


def settings_folders(root: Path) -> list[str]:
    """Return the folders of a vault that hold Obsidian's settings, the first choice first; it may have been renamed."""
    if (root / ".obsidian").is_dir():
        return [".obsidian"]
    try:
        names = sorted(entry.name for entry in root.iterdir() if entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if has_settings(root / name)]


def has_settings(folder: Path) -> bool:
    """Tell whether a folder holds Obsidian's settings, whatever its name is."""
    others = ("workspace.json", "core-plugins.json")
    return (folder / "app.json").is_file() and any((folder / name).is_file() for name in others)


def vaults_above(start: Path) -> Iterator[Path]:
    """Yield the folders upwards from `start` that are vaults, by the settings in them, the nearest first."""
    for folder in (start, *start.parents):
        if settings_folders(folder):
            yield folder
