"""Brings the cache up to what is on the disk: walk, compare, and read and parse only what changed.

Many changed files are parsed by several processes; what they send back is what the cache keeps, bytes.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

from vault_tools import ours
from vault_tools.dialect.mentions import mentions
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Problem, Source
from vault_tools.parse import canvas, note
from vault_tools.store import contents, entries, walking
from vault_tools.store.cache import Cache, Row
from vault_tools.store.marks import is_marked

BATCH = 200
ENOUGH = 600
"""Changed files from which several processes are worth their start."""

_NO_TEXT = re.compile(
    r"\.(?:avif|bmp|gif|heic|ico|jpe?g|png|psd|tiff?|webp|3gp|aac|aiff?|flac|m4[abv]|mkv|mov|mp[34]|mpe?g|og[agv]|opus|wav"
    r"|webm|wma|avi|pdf|docx?|xlsx?|pptx?|od[pst]|epub|mobi|azw3|djvu|pages|numbers|key|zip|gz|bz2|xz|zst|7z|rar|tar|dmg"
    r"|iso|jar|exe|dll|so|dylib|bin|dat|db|sqlite3?|parquet|pyc|class|o|a|woff2?|ttf|otf|eot|wasm)\Z",
    re.IGNORECASE,
)

Progress = Callable[[int, int], None]
"""Called with (files read, files to read)."""


@dataclass(slots=True)
class Survey:
    """What is on the disk: the digest of every note, all other files, and what went wrong.

    `texts` are the digests of other files that were searched for names of attachments, by their keys. `unreadable` are
    notes that exist but whose text cannot be read.
    """

    digests: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    unreadable: list[Note] = field(default_factory=list)
    problems: dict[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file that was read: its digest ("" if it could not be), and the note to remember if it is a new one.

    The stamp is None if the next run cannot trust it.
    """

    path: str
    stamp: Stamp | None
    digest: str
    row: Row | None = None
    unreadable: Note | None = None
    problem: Problem | None = None


def survey(
    root: Path,
    found: walking.Listing,
    cache: Cache,
    progress: Progress,
    workers: int = 1,
    for_names: Mapping[str, Stamp] = MappingProxyType({}),
) -> Survey:
    """Read what changed since the cache was last updated; `found` is the result of a walk of the vault.

    `for_names` are files that are only searched for names of attachments, by vault path.
    """
    known = cache.versions()
    notes = {path: stamp for path, stamp in found.files.items() if entries.is_note(path)}
    texts = {_KEY + path: stamp for path, stamp in for_names.items()}
    stamps = {**texts, **notes}
    stale = [path for path, stamp in stamps.items() if path not in known or known[path].stamp != stamp]
    result = Survey(
        digests={path: known[path].digest for path in notes if path in known},
        texts={path: known[path].digest for path in texts if path in known},
        files=[path for path in found.files if path not in notes],
        problems=dict(found.problems),
    )
    asked = [(path, stamps[path], known[path].digest if path in known else None) for path in stale]
    done = 0
    for batch in _read_all(partial(_read_batch, root, found.began), asked, workers if len(asked) >= ENOUGH else 1):
        _take(result, cache, batch)
        done += len(batch)
        progress(done, len(stale))
    gone = [path for path in known if path not in result.digests and path not in result.texts]
    if gone:
        cache.update((), (), gone)
    return result


def may_name(path: str) -> bool:
    """Tell whether to search a file for names: it is not a note, and its suffix is that of a text file."""
    return not entries.is_note(path) and _NO_TEXT.search(path) is None


def read_again(root: Path, keys: Iterable[str]) -> list[Note]:
    """Read files whose cached form was lost."""
    return [_parse(_source(root, key, Stamp(0, 0))) for key in sorted(keys)]


def _take(result: Survey, cache: Cache, batch: Iterable[_Read]) -> None:
    """Remember what was read."""
    fresh: list[Row] = []
    touched: list[tuple[str, Stamp | None]] = []
    for read in batch:
        digests = result.texts if _is_for_names(read.path) else result.digests
        if read.digest:
            digests[read.path] = read.digest
        else:
            digests.pop(read.path, None)
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
    # A forked process has everything imported already; elsewhere it must start new.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(read, batches)


def _read_batch(root: Path, began: int, batch: list[_Asked]) -> list[_Read]:
    return [_read(root, began, *asked) for asked in batch]


def _read(root: Path, began: int, path: str, stamp: Stamp, known: str | None) -> _Read:
    """Read one file, and parse it if its contents are not known.

    Its age counts from the look before the read, because it may have changed in between.
    """
    source, settled = _source(root, path, stamp), stamp.settled(began)
    if source.digest and source.digest == known:
        return _Read(path, settled, known)
    if source.digest:
        return _Read(path, settled, source.digest, row=Row.of(settled, _parse(source)))
    if _is_for_names(path):
        return _Read(path, None, "")
    if source.problems[0].code == "vanished":
        return _Read(path, None, "", problem=source.problems[0])
    return _Read(path, None, "", unreadable=_parse(source))


_KEY = "/"
"""Precedes the vault path of a file that is only searched for names; it may be read as a note another time."""


def path_of(key: str) -> str:
    """Return the vault path of a file by its key: that of a note is its path."""
    return key.removeprefix(_KEY)


def _is_for_names(key: str) -> bool:
    """Tell whether a file is only searched for names and is not a note here."""
    return key.startswith(_KEY)


def _source(root: Path, key: str, stamp: Stamp) -> Source:
    return replace(contents.read(root, path_of(key), stamp), path=key)


def _parse(source: Source) -> Note:
    """Parse a note; if the parser fails, the note has no text until it changes."""
    if _is_for_names(source.path):
        return Note(source.path, source.digest, mentions=_names_in(source.text))
    try:
        return canvas.parse(source) if source.path.lower().endswith(".canvas") else note.parse(source)
    except Exception as error:  # noqa: BLE001  (an internal error in one note stops no other)
        fault = replace(_FAULT, values=(("error", type(error).__name__),))
        named = mentions(source.text)  # its other contents are not known, but what it names is in use
        return replace(note.parse(Source(source.path, "", source.digest, (*source.problems, fault))), mentions=named)


def _names_in(text: str) -> tuple[str, ...]:
    head = text[:_HEAD]
    if "\0" in head or any(is_marked(head, mark) for mark in ours.LISTING_MARKS):
        return ()
    return mentions(text)


_HEAD = 8192
_FAULT = Problem(
    "parser-fault",
    0,
    "problem.settings.parser-fault",
    "problem.settings.parser-fault-fix",
)
