"""Which files are copies that a sync service made when a file changed in two places at once."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from vault_tools.dialect.filenames import Conflict, conflict_of, maybe_conflict_of
from vault_tools.model.note import Problem
from vault_tools.store.disk import LARGEST
from vault_tools.store.spelling import on_disk

ALIKE = 0.5
"""The share of its text that a copy has in common with its original, where the service is known to be at work."""
VERY_ALIKE = 0.8
"""The same where nothing speaks for the service but the name, which many give to a second note."""

_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+")
_SIGNS = {
    "iCloud": re.compile("Mobile Documents|iCloud"),
    "Google Drive": re.compile("Google ?Drive|My Drive"),
    "OneDrive": re.compile(""),  # the name of a computer is sign enough
}


def copies(root: Path, paths: Iterable[str], *, in_icloud: bool = False) -> dict[str, Problem]:
    """Return the conflict copies among the files of a vault, and what to do about each.

    Most services name them so that the name alone says it. Where it does not (`Note 2.md`), the original must stand
    beside the copy, and the two must say much the same. `in_icloud` says that iCloud keeps this vault.
    """
    known = frozenset(paths)
    found: dict[str, Problem] = {}
    for path in sorted(known):
        folder, _, name = path.rpartition("/")
        certain = conflict_of(name)
        conflict = certain or maybe_conflict_of(name)
        if conflict is None:
            continue
        original = f"{folder}/{conflict.original}" if folder else conflict.original
        if certain or (original in known and _is_copy(root, path, original, conflict, in_icloud=in_icloud)):
            found[path] = _problem(conflict, has_original=original in known)
    return found


def _problem(conflict: Conflict, *, has_original: bool) -> Problem:
    message = "a copy that {service} made when {file} was changed in two places; it is not read"
    remedy = "take over what {file} lacks, then delete the copy"
    if not has_original:
        remedy = "{file} is gone: give the copy that name if it is to be kept"
    values = (("service", conflict.service), ("file", conflict.original))
    return Problem("conflict-copy", 0, message, remedy, values)


def _is_copy(root: Path, path: str, original: str, conflict: Conflict, *, in_icloud: bool) -> bool:
    """Compare a file with the one that it may be a copy of."""
    one, other = (_bytes(root / on_disk(root, each)) for each in (path, original))
    if not one or not other or one == other:
        return bool(one) and one == other
    expected = _SIGNS[conflict.service].search(str(root)) or (in_icloud and conflict.service == "iCloud")
    return _alike(one, other) >= (ALIKE if expected else VERY_ALIKE)


def _bytes(path: Path) -> bytes:
    """Return the contents of a file; nothing if it is too large or cannot be read."""
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return b""


def _alike(one: bytes, other: bytes) -> float:
    """Return the share of neighbouring words that two texts have in common, 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    return (pairs & others).total() / max(pairs.total(), others.total(), 1)


def _pairs(data: bytes) -> Counter[tuple[str, str]]:
    words = _WORD.findall(data.decode("utf-8", "replace"))
    return Counter(pairwise(words))
