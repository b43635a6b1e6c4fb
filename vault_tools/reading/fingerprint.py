"""Digests of a vault: does anything that the pages depend on differ from the last time?"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path

from vault_tools import shipped
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note
from vault_tools.parse.regions import without_contents
from vault_tools.reading.opening import OpenVault
from vault_tools.reading.sorted_files import SortedFiles
from vault_tools.reading.survey import Survey
from vault_tools.render import page_head
from vault_tools.store import contents, record
from vault_tools.store.edition import edition

Outlines = Mapping[tuple[str, str], str]
"""For each note with regions, by its path and its digest: the digest of its text outside the regions."""


def digest_of(parts: Iterable[object]) -> str:
    """Return a digest of the Python representation of some values."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "backslashreplace") + b"\0")
    return digest.hexdigest()


def fingerprint(vault: OpenVault, today: date, files: SortedFiles, result: Survey, digests: Mapping[str, str]) -> str:
    """Return a digest of all that the pages depend on; `digests` are those of the notes, by path."""
    ours = (edition(), shipped.digest(), vault.settings, record.format_record(vault.obsidian.record))
    read = (
        sorted(digests.items()),
        sorted(result.texts.items()),
        [(each.path, each.problems) for each in result.unreadable],
    )
    listed = (sorted(result.files), sorted(result.problems.items()), list(files.skipped), list(files.hidden))
    return digest_of((today, *ours, *read, *listed))


def outlines(root: Path, notes: Callable[[], Mapping[str, Note]], earlier: Outlines) -> Outlines:
    """Return a digest of each marked note's text outside its regions; `earlier` ones are not read again."""
    marked = [note for note in notes().values() if note.regions and not page_head.is_ours(note)]
    keys = {(note.path, note.digest): note for note in marked}
    return {key: earlier.get(key) or _outline(root, note) for key, note in keys.items()}


def _outline(root: Path, note: Note) -> str:
    """Return a digest of a note's text outside its regions; of the whole note if it changed since it was read."""
    source = contents.read(root, note.path, Stamp(0, 0))
    text = without_contents(source.text, note.regions) if source.digest == note.digest else ""
    return contents.digest_of(text.encode("utf-8", "replace")) if text else note.digest
