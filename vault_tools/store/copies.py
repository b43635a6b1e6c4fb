"""Which files are copies that a sync service made when a file changed in two places.

A name that only a service gives is proof. For any other name, only the notes can tell: `doubles` finds those files, and
`graph.copies` decides what to report.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from pathlib import Path
from posixpath import basename

from vault_tools.dialect.conflict_names import ConflictCopy, conflict_of, maybe_copies_of
from vault_tools.model.copies import Double
from vault_tools.model.note import Problem
from vault_tools.store.entries import is_note
from vault_tools.store.file_problems import LARGEST
from vault_tools.store.spelling import on_disk

ALIKE = 0.8
"""The share of its text that a possible copy must have in common with the other file."""
SIZES = 0.5
"""The smallest ratio of their sizes."""
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+")


def copies(paths: Collection[str]) -> dict[str, Problem]:
    """Return the files whose names show that a sync service made them as copies, and what to do about each."""
    found: dict[str, Problem] = {}
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        conflict = conflict_of(name)
        if conflict is not None:
            found[path] = _problem(conflict, has_original=_beside(folder, conflict.original) in paths)
    return found


def _problem(conflict: ConflictCopy, *, has_original: bool) -> Problem:
    message = "problem.copy.conflict"
    remedy = "problem.copy.conflict-fix"
    if not has_original:
        remedy = "problem.copy.conflict-fix-original-gone"
    values = (("service", conflict.service), ("file", conflict.original))
    return Problem("conflict-copy", 0, message, remedy, values)


def doubles(root: Path, paths: Iterable[str], is_dated: Callable[[str], bool]) -> dict[str, Double]:
    """Return the notes and canvases named like a copy of another, with the same or nearly the same content.

    `is_dated` tells whether a name is that of a day or a period; the notes of two periods are no copies of each other.
    """
    there = frozenset(paths)
    found: dict[str, Double] = {}
    for path in sorted(there):
        original, mark = _original_of(path, there)
        if not original or (is_dated(_bare(path)) and is_dated(_bare(original))):
            continue
        is_same = _compared(root / on_disk(root, path), root / on_disk(root, original))
        if is_same is not None:
            found[path] = Double(original, mark, is_same)
    return found


def _original_of(path: str, paths: Collection[str]) -> tuple[str, str]:
    """Return the file whose copy a note may be by its name, and what marks the copy; ("", "") if there is none."""
    folder, _, name = path.rpartition("/")
    if is_note(name):
        for other, mark in maybe_copies_of(name):
            original = _beside(folder, other)
            if original in paths:
                return original, mark
    return "", ""


def _bare(path: str) -> str:
    """Return the name of a file without its folder and suffix."""
    return basename(path).rpartition(".")[0]


def _beside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _compared(path: Path, other: Path) -> bool | None:
    """Tell whether two files have the same content; None if they are not even similar, or if one is empty.

    Most differ in size, so neither has to be read.
    """
    sizes = sorted((_size(path), _size(other)))
    if not SIZES * sizes[1] <= sizes[0] <= sizes[1] <= LARGEST:
        return None
    one, two = _bytes(path), _bytes(other)
    if _is_empty(one) or _is_empty(two):
        return None
    if one == two:
        return True
    return False if _alike(one, two) >= ALIKE else None


def _is_empty(data: bytes) -> bool:
    """Tell whether a file holds nothing, or is a canvas without cards, as Obsidian makes it."""
    return data.translate(None, b' \t\r\n{}[]:,"') in {b"", b"nodes", b"edges", b"nodesedges", b"edgesnodes"}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _bytes(path: Path) -> bytes:
    """Return the contents of a file; nothing if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _alike(one: bytes, other: bytes) -> float:
    """Return the share of neighbouring words that two texts have in common, 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    return (pairs & others).total() / max(pairs.total(), others.total(), 1)


def _pairs(data: bytes) -> Counter[tuple[str, str]]:
    words = _WORD.findall(data.decode("utf-8", "replace"))
    return Counter(pairwise(words))
