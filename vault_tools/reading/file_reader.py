"""Reads and parses files, by several processes if there are many. What is wrong with a file is a part of the result."""

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from vault_tools.dialect.mentions import mentions
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Problem, Source
from vault_tools.parse import canvas, note
from vault_tools.reading.text_files import is_for_names, names_in, path_of
from vault_tools.store import contents
from vault_tools.store.cache import CachedNote

BATCH = 200
ENOUGH = 600
"""Changed files from which several processes are worth their start."""

StaleFile = tuple[str, Stamp, str | None]
"""A file to read: its key, its stamp, and the digest of what is known of it."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file that was read: its digest ("" if it could not be), and the note to remember if it is a new one.

    The stamp is None if the next run cannot trust it.
    """

    key: str
    stamp: Stamp | None
    digest: str
    row: CachedNote | None = None
    unreadable: Note | None = None
    problem: Problem | None = None


def read_files(root: Path, began: int, stale: list[StaleFile], workers: int) -> Iterator[list[ReadFile]]:
    """Yield the files in batches; `began` is when the walk began that found them (see `Stamp.settled`)."""
    batches = [stale[start : start + BATCH] for start in range(0, len(stale), BATCH)]
    read = partial(_read_batch, root, began)
    if workers <= 1 or len(stale) < ENOUGH:
        yield from map(read, batches)
        return
    # A forked process has everything imported already; elsewhere it must start new.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(read, batches)


def parse_again(root: Path, keys: Iterable[str]) -> list[Note]:
    """Read and parse files whose cached form was lost."""
    return [_parse(_source(root, key, Stamp(0, 0))) for key in sorted(keys)]


def _read_batch(root: Path, began: int, batch: list[StaleFile]) -> list[ReadFile]:
    return [_read(root, began, *file) for file in batch]


def _read(root: Path, began: int, key: str, stamp: Stamp, known_digest: str | None) -> ReadFile:
    """Read one file, and parse it if its contents are not known.

    Its age counts from the look before the read, because it may have changed in between.
    """
    source, settled = _source(root, key, stamp), stamp.settled(began)
    if not source.digest:
        return _unreadable(source)
    if source.digest == known_digest:
        return ReadFile(key, settled, known_digest)
    return ReadFile(key, settled, source.digest, row=CachedNote.of(settled, _parse(source)))


def _unreadable(source: Source) -> ReadFile:
    """Return a file that could not be read: a note without text, unless it is gone by now."""
    if is_for_names(source.path):
        return ReadFile(source.path, None, "")
    if source.problems[0].code == "vanished":
        return ReadFile(source.path, None, "", problem=source.problems[0])
    return ReadFile(source.path, None, "", unreadable=_parse(source))


def _source(root: Path, key: str, stamp: Stamp) -> Source:
    return replace(contents.read(root, path_of(key), stamp), path=key)


def _parse(source: Source) -> Note:
    """Parse a note; if the parser fails, the note has no text until it changes."""
    if is_for_names(source.path):
        return Note(source.path, source.digest, mentions=names_in(source.text))
    try:
        return canvas.parse(source) if source.path.lower().endswith(".canvas") else note.parse(source)
    except Exception as error:  # noqa: BLE001  (an internal error in one note stops no other)
        fault = replace(_FAULT, values=(("error", type(error).__name__),))
        named = mentions(source.text)  # its other contents are not known, but what it names is in use
        return replace(note.parse(Source(source.path, "", source.digest, (*source.problems, fault))), mentions=named)


_FAULT = Problem("parser-fault", 0, "problem.settings.parser-fault", "problem.settings.parser-fault-fix")
