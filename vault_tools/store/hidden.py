"""Notes that Obsidian does not see, because their folder or their name is hidden (`.trash`)."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from vault_tools.model.normal_form import composed
from vault_tools.store.entries import is_note
from vault_tools.store.places import has_settings
from vault_tools.store.spelling import is_utf8

# Those of version control and of programs; then what each device has by itself, as syncs and systems keep it.
_WORKINGS = frozenset(
    {".git", ".hg", ".svn", ".obsidian", ".venv", "node_modules"}
    | {".stfolder", ".stversions", ".sync", ".dropbox.cache", ".Trashes", ".TemporaryItems", ".debris"}
)
_TRASH = ".Trash-"
"""What the trash of a Linux drive begins with, before the number of its user."""
_SYSTEMS = re.compile(r"Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~syncthing~.*\.tmp", re.IGNORECASE | re.DOTALL)
"""Files that systems and syncs keep beside others on one device only."""


def is_of_system(name: str) -> bool:
    """Tell whether a file belongs to the system or a sync, and not to the vault."""
    return _SYSTEMS.fullmatch(name) is not None


def notes_below(path: str, folder: str) -> Iterator[str]:
    """Yield the notes in a hidden folder; folders of other programs hold no notes.

    Args:
        path: The vault path of the folder.
        folder: The folder on the disk.
    """
    for here, subfolders, names in os.walk(folder):
        if _is_of_program(Path(here)):
            subfolders.clear()
            continue
        below = Path(here).relative_to(folder).as_posix()
        yield from _notes(path if below == "." else f"{path}/{below}", names)


def _notes(folder: str, names: list[str]) -> list[str]:
    """Return those of the files of a folder that are notes, as vault paths."""
    return sorted(composed(f"{folder}/{name}") for name in names if is_note(name) and is_utf8(folder + name))


def _is_of_program(folder: Path) -> bool:
    return folder.name in _WORKINGS or folder.name.startswith(_TRASH) or has_settings(folder)
