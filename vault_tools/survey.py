"""Brings the cache up to what is on the disk: walk, compare, and read and parse only what changed.

Many changed files are parsed by several processes; what they send back is what the cache keeps, bytes.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Problem, Source
from vault_tools.parse import canvas, note
from vault_tools.store import disk
from vault_tools.store.cache import Cache, Row

BATCH = 200
ENOUGH = 600
"""Changed files from which several processes are worth their start."""

Progress = Callable[[int, int], None]
"""Called with (files read, files to read)."""


@dataclass(slots=True)
class Survey:
    """What is on the disk: the digest of every note that was read, all other files, and what went wrong.

    `unreadable` are notes that exist, but whose text cannot be had.
    """

    digests: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    unreadable: list[Note] = field(default_factory=list)
    problems: dict[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file that was read: its digest ("" if it could not be), and the note to remember if it is a new one.

    The stamp is None where it cannot be trusted the next time.
    """

    path: str
    stamp: Stamp | None
    digest: str
    row: Row | None = None
    unreadable: Note | None = None
    problem: Problem | None = None


def survey(root: Path, found: disk.Found, cache: Cache, progress: Progress, workers: int = 1) -> Survey:
    """Read what changed since the cache was last brought up to date; `found` is what a walk of the vault gave."""
    known = cache.known()
    notes = {path: stamp for path, stamp in found.files.items() if disk.is_note(path)}
    stale = [path for path, stamp in notes.items() if path not in known or known[path].stamp != stamp]
    result = Survey(
        digests={path: known[path].digest for path in notes if path in known},
        files=[path for path in found.files if path not in notes],
        problems=dict(found.problems),
    )
    asked = [(path, notes[path], result.digests.get(path)) for path in stale]
    done = 0
    for batch in _read_all(partial(_read_batch, root, found.began), asked, workers if len(asked) >= ENOUGH else 1):
        _take(result, cache, batch)
        done += len(batch)
        progress(done, len(stale))
    gone = [path for path in known if path not in result.digests]
    if gone:
        cache.update((), (), gone)
    return result


def read_again(root: Path, paths: Iterable[str]) -> list[Note]:
    """Read notes whose remembered form was lost."""
    return [_parse(disk.read(root, path, Stamp(0, 0))) for path in sorted(paths)]


def _take(result: Survey, cache: Cache, batch: Iterable[_Read]) -> None:
    """Remember what was read."""
    fresh: list[Row] = []
    touched: list[tuple[str, Stamp | None]] = []
    for read in batch:
        if read.digest:
            result.digests[read.path] = read.digest
        else:
            result.digests.pop(read.path, None)
        if read.row is not None:
            fresh.append(read.row)
        elif read.digest:
            touched.append((read.path, read.stamp))
        elif read.unreadable is not None:
            result.unreadable.append(read.unreadable)
        elif read.problem is not None:
            result.problems[read.path] = read.problem
    cache.update(fresh, touched, ())


_Asked = tuple[str, Stamp, str | None]
"""A file to read: its path, its stamp, and the digest of what is known of it."""


def _read_all(read: Callable[[list[_Asked]], list[_Read]], asked: list[_Asked], workers: int) -> Iterator[list[_Read]]:
    batches = [asked[start : start + BATCH] for start in range(0, len(asked), BATCH)]
    if workers <= 1:
        yield from map(read, batches)
        return
    # A forked process has everything imported already; elsewhere it must start afresh.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(read, batches)


def _read_batch(root: Path, began: int, batch: list[_Asked]) -> list[_Read]:
    return [_read(root, began, *asked) for asked in batch]


def _read(root: Path, began: int, path: str, stamp: Stamp, known: str | None) -> _Read:
    """Read one file, and parse it if its contents are not known.

    What counts is how old it was when it was looked at, before it was read: it may have changed in between.
    """
    source, settled = disk.read(root, path, stamp), stamp.settled(began)
    if source.digest and source.digest == known:
        return _Read(path, settled, known)
    if source.digest:
        return _Read(path, settled, source.digest, row=Row.of(settled, _parse(source)))
    if source.problems[0].code == "vanished":
        return _Read(path, None, "", problem=source.problems[0])
    return _Read(path, None, "", unreadable=_parse(source))


def _parse(source: Source) -> Note:
    """Parse a note; one that the parser cannot take stands without its text, until it changes."""
    try:
        return canvas.parse(source) if source.path.lower().endswith(".canvas") else note.parse(source)
    except Exception as error:  # noqa: BLE001  (a fault of ours in one note stops no other)
        fault = replace(_FAULT, values=(("error", type(error).__name__),))
        return note.parse(Source(source.path, "", source.digest, (*source.problems, fault)))


_FAULT = Problem(
    "parser-fault",
    0,
    "vault-tools failed to read this note ({error}), so nothing of it is known",
    "tell us of it; it is tried again when the note changes",
)
