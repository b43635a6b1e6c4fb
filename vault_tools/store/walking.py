"""Walking a vault: which files are in it, and what is wrong with those that cannot be used."""

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vault_tools.dialect.filenames import placeholder_of
from vault_tools.model.change import Stamp
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Problem
from vault_tools.store import file_problems
from vault_tools.store.entries import is_note
from vault_tools.store.hidden import is_of_system, notes_below
from vault_tools.store.spelling import is_utf8, remember

_INODE = 2**64 - 1
"""The bits of an inode number that are kept; some systems have longer ones."""


@dataclass(slots=True)
class Listing:
    """What a walk found: every file by vault path with its stamp, and the folders that could not be read.

    `hidden` are notes that Obsidian does not see: they lie in a hidden folder (`.trash`). `elsewhere` are files that
    iCloud removed from this disk. `began` is when the walk began, in nanoseconds since 1970.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    began: int = field(default_factory=time.time_ns)


def walk(root: Path) -> Listing:
    """Stat every file of a vault that Obsidian would show; hidden files and folders are left out.

    Vault paths are NFC, even if names on the disk are not (see `spelling`). If two names differ only in this, the
    second keeps its spelling.
    """
    whole = _Walk(root)
    while whole.todo:
        whole.enter(*whole.todo.pop())
    remember(root, whole.spelled)
    listing = whole.listing
    listing.elsewhere = [path for path in listing.elsewhere if path not in listing.files]
    listing.problems |= dict.fromkeys(listing.elsewhere, file_problems.ELSEWHERE)
    return listing


class _Walk:
    """A walk under way: its listing, the paths that the disk spells differently, and the folders still to enter.

    A folder to enter is its vault path and its path on the disk; both end with a slash, or are "" for the vault.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.listing = Listing()
        self.spelled: dict[str, str] = {}
        self.todo = [("", "")]

    def enter(self, prefix: str, real: str) -> None:
        """List what is in a folder."""
        try:
            with os.scandir(self._root / real) as entries:
                named = list(_named(entries))
        except OSError as error:
            place = prefix.rstrip("/") or "."
            self.listing.problems[place] = file_problems.unreadable(error, file_problems.NO_FOLDER)
            return
        for name, entry in named:
            if prefix + name != real + entry.name:
                self.spelled[prefix + name] = real + entry.name
            if is_of_system(name):
                continue
            if name.startswith("."):
                self._hide(prefix, entry)
            else:
                self._meet(prefix + name, real, entry)

    def _hide(self, prefix: str, entry: os.DirEntry[str]) -> None:
        """Remember notes that Obsidian does not see, so that a broken link to one can say so."""
        name = composed(entry.name)
        path = prefix + name
        if not is_utf8(path):
            return
        original = placeholder_of(name)
        if original is not None:
            self.listing.elsewhere.append(prefix + original)
        elif entry.is_dir(follow_symlinks=False):
            self.listing.hidden.extend(notes_below(path, entry.path))
        elif is_note(path):
            self.listing.hidden.append(path)

    def _meet(self, path: str, real: str, entry: os.DirEntry[str]) -> None:
        """List a file, remember to enter a folder, or say why neither is possible."""
        problem = self._problem(path, entry)
        if problem is not None:
            self.listing.problems[_printable(path)] = problem
        elif entry.is_dir():
            self.todo.append((path + "/", f"{real}{entry.name}/"))
        else:
            self._take(path, entry)

    def _problem(self, path: str, entry: os.DirEntry[str]) -> Problem | None:
        if not is_utf8(path):
            return file_problems.BAD_NAME
        if file_problems.leads_elsewhere(entry):
            return file_problems.of_link(self._root, entry)
        return None

    def _take(self, path: str, entry: os.DirEntry[str]) -> None:
        try:
            status = entry.stat()
        except OSError as error:
            self.listing.problems[path] = file_problems.unreadable(error, file_problems.NO_FILE)
            return
        if stat.S_ISREG(status.st_mode):
            stamp = Stamp(status.st_mtime_ns, status.st_size, status.st_ctime_ns, status.st_ino & _INODE)
            self.listing.files[path] = stamp
        else:
            self.listing.problems[path] = file_problems.SPECIAL


def _named(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the entries of a folder with their names in vault paths, sorted by these."""
    listed = list(entries)
    taken = {entry.name for entry in listed}
    names = {entry.name: composed(entry.name) for entry in listed}
    meant = {name: name if name == whole or whole in taken else whole for name, whole in names.items()}
    yield from sorted(((meant[entry.name], entry) for entry in listed), key=lambda each: each[0])


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
