"""Brings the cache up to what is on the disk: what changed since the last run is read and parsed, nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vault_tools.model.change import Stamp
from vault_tools.model.note import Note, Problem
from vault_tools.reading.file_reader import ReadFile, StaleFile, read_files
from vault_tools.reading.text_files import is_for_names, key_of
from vault_tools.store import entries
from vault_tools.store.cache import Cache, CachedNote, Version
from vault_tools.store.walking import Listing

Progress = Callable[[int, int], None]
"""Called with (files read, files to read)."""
_Stamps = Mapping[str, Stamp]


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


def survey(
    root: Path,
    listing: Listing,
    cache: Cache,
    progress: Progress,
    workers: int = 1,
    for_names: _Stamps = MappingProxyType({}),
) -> Survey:
    """Read what changed since the cache was last updated; `listing` is the result of a walk of the vault.

    `for_names` are files that are only searched for names of attachments, by vault path.
    """
    notes = {path: stamp for path, stamp in listing.files.items() if entries.is_note(path)}
    texts = {key_of(path): stamp for path, stamp in for_names.items()}
    stale = _stale(cache.versions(), {**texts, **notes})
    result = _remembered(cache.versions(), listing, notes, texts)
    done = 0
    for batch in read_files(root, listing.began, stale, workers):
        _take(result, cache, batch)
        done += len(batch)
        progress(done, len(stale))
    gone = [key for key in cache.versions() if key not in result.digests and key not in result.texts]
    if gone:
        cache.update((), (), gone)
    return result


def _stale(versions: Mapping[str, Version], stamps: _Stamps) -> list[StaleFile]:
    """Return the files that must be read: the cache knows nothing of them, or they have another stamp by now."""
    return [
        (key, stamp, versions[key].digest if key in versions else None)
        for key, stamp in stamps.items()
        if key not in versions or versions[key].stamp != stamp
    ]


def _remembered(versions: Mapping[str, Version], listing: Listing, notes: _Stamps, texts: _Stamps) -> Survey:
    """Return what the cache says of the files that are there."""
    return Survey(
        digests={path: versions[path].digest for path in notes if path in versions},
        texts={key: versions[key].digest for key in texts if key in versions},
        files=[path for path in listing.files if path not in notes],
        problems=dict(listing.problems),
    )


def _take(result: Survey, cache: Cache, batch: Iterable[ReadFile]) -> None:
    """Remember what was read."""
    fresh: list[CachedNote] = []
    touched: list[tuple[str, Stamp | None]] = []
    for file in batch:
        if not file.digest:
            _take_unreadable(result, file)
            continue
        _digests(result, file.key)[file.key] = file.digest
        if file.row is not None:
            fresh.append(file.row)
        else:
            touched.append((file.key, file.stamp))
    cache.update(fresh, touched, ())


def _take_unreadable(result: Survey, file: ReadFile) -> None:
    _digests(result, file.key).pop(file.key, None)
    if file.unreadable is not None:
        result.unreadable.append(file.unreadable)
    elif file.problem is not None:
        result.problems[file.key] = file.problem


def _digests(result: Survey, key: str) -> dict[str, str]:
    return result.texts if is_for_names(key) else result.digests
