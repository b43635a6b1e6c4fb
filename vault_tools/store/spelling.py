"""How a vault path is spelled on the disk: vault paths are NFC, as in Obsidian, and names on a disk may not be.

A sync program may write `é` as two characters (NFD) on one device and as one on another. Both names mean the same note,
so the pages of both devices must be the same.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from vault_tools.model.normal_form import composed

_KNOWN: dict[Path, Mapping[str, str]] = {}
"""For each vault that this process walked: the vault paths that are spelled differently on the disk."""


def remember(root: Path, spelled: Mapping[str, str]) -> None:
    """Remember which files and folders of a vault are spelled differently from their vault paths."""
    _KNOWN[root] = spelled


def on_disk(root: Path, path: str) -> str:
    """Return a vault path as it is spelled on the disk; a new file goes into the existing folder."""
    if path.isascii():
        return path
    if root not in _KNOWN:
        return _found(root, path)
    return _known(_KNOWN[root], path)


def is_utf8(path: str) -> bool:
    """Tell whether a path can be written as UTF-8; names on Linux may be any bytes."""
    if path.isascii():
        return True
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _known(spelled: Mapping[str, str], path: str) -> str:
    if path in spelled or not spelled:
        return spelled.get(path, path)
    folder, slash, name = path.rpartition("/")
    return f"{_known(spelled, folder)}/{name}" if slash else path


def _found(root: Path, path: str) -> str:
    """Look up a path on the disk, as far as it exists, if this process has not walked the vault."""
    real = ""
    for name in path.split("/"):
        spelled = name
        if not name.isascii() and not os.path.lexists(f"{root}/{real}{name}"):
            spelled = _twin(f"{root}/{real}", name)
        real += f"{spelled}/"
    return real[:-1]


def _twin(folder: str, name: str) -> str:
    try:
        known = sorted(entry.name for entry in Path(folder).iterdir())
        return next((each for each in known if composed(each) == composed(name)), name)
    except OSError:
        return name
