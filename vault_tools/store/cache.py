"""Parsed notes by path, stamp and digest, in the user's cache folder (vaults are synced, so never in the vault).

What lies here may be lost at any time: a damaged cache, or one of another edition, is an empty one.
"""

import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import msgspec
import platformdirs

from vault_tools.model.change import Stamp
from vault_tools.model.note import Note
from vault_tools.store.naming import key_of, name_of

FEW = 100
"""Notes that are fetched one by one; more are picked out of all."""
UNSETTLED_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the same time stamp."""

_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_TABLES = """
create table if not exists notes (path text primary key, mtime integer, size integer, digest text, note blob);
create table if not exists facts (name text primary key, value blob);
"""
_DECODER = msgspec.msgpack.Decoder(Note)
_T = TypeVar("_T")


class Row(NamedTuple):
    """A note as it is stored."""

    path: str
    stamp: Stamp
    digest: str
    blob: bytes

    @classmethod
    def of(cls, stamp: Stamp, note: Note) -> Self:
        """Encode a note."""
        return cls(note.path, stamp, note.digest, msgspec.msgpack.encode(note))


class Known(NamedTuple):
    """What the cache remembers of a file without decoding it."""

    stamp: Stamp
    digest: str


def folder() -> Path:
    """Return the user's cache folder for vault-tools."""
    return platformdirs.user_cache_path("vault-tools")


class Cache:
    """The notes of one vault as they were last read."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Wrap an open database; `open` makes one."""
        self._database = database
        self._held: dict[str, bytes] = {}

    @classmethod
    def open(cls, root: Path, place: Path | None) -> Self:
        """Open the cache of a vault below the folder `place`; None keeps it in memory."""
        if place is not None:
            path = _path(place, root)
            for _attempt in (1, 2):
                try:
                    return cls(_connect(path, root))
                except (OSError, sqlite3.Error) as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_USE:
                        break
                    _forget(path)
        return cls(_connect(None, root))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def known(self) -> Mapping[str, Known]:
        """Return what is remembered of every file, as this process knows it; `update` keeps it up to date."""
        return self._known

    @cached_property
    def _known(self) -> dict[str, Known]:
        rows = self._database.execute("select path, mtime, size, digest from notes")
        return {path: Known(Stamp(mtime, size), digest) for path, mtime, size, digest in rows}

    def notes(self, wanted: Collection[str]) -> Iterator[Note]:
        """Yield those of some notes that are remembered; one that cannot be decoded is forgotten."""
        yield from (_DECODER.decode(self._held[path]) for path in wanted if path in self._held)
        broken = []
        for path, blob in self._blobs(wanted):
            if path in self._held or path not in wanted:
                continue
            try:
                yield _DECODER.decode(blob)
            except msgspec.MsgspecError:
                broken.append(path)
        if broken:
            self.update((), (), broken)

    def _blobs(self, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Yield notes as they are stored, as far as a damaged file holds them; many are found sooner among all."""
        with suppress(sqlite3.Error):
            if len(wanted) > FEW:
                yield from self._database.execute("select path, note from notes order by path")
                return
            for path in wanted:
                yield from self._database.execute("select path, note from notes where path = ?", (path,))

    def update(self, fresh: Iterable[Row], touched: Iterable[tuple[str, Stamp]], gone: Iterable[str]) -> None:
        """Remember fresh notes and new stamps of known ones, and forget files that are gone.

        Where the disk takes no more, fresh notes are held for this run alone.
        """
        now = time.time_ns()
        rows = [row._replace(stamp=_settled(row.stamp, now)) for row in fresh]
        seen = [(path, _settled(stamp, now)) for path, stamp in touched]
        left = list(gone)
        try:
            with self._database as transaction:
                transaction.executemany(
                    "insert or replace into notes values (?, ?, ?, ?, ?)",
                    ((row.path, *row.stamp, row.digest, row.blob) for row in rows),
                )
                transaction.executemany(
                    "update notes set mtime = ?, size = ? where path = ?", ((*stamp, path) for path, stamp in seen)
                )
                transaction.executemany("delete from notes where path = ?", ((path,) for path in left))
        except sqlite3.Error:
            self._held.update((row.path, row.blob) for row in rows)
            return
        for row in rows:
            self._held.pop(row.path, None)
        self._known.update((row.path, Known(row.stamp, row.digest)) for row in rows)
        self._known.update(
            (path, Known(stamp, self._known[path].digest)) for path, stamp in seen if path in self._known
        )
        for path in left:
            self._known.pop(path, None)

    def fact(self, name: str, kind: type[_T]) -> _T | None:
        """Return a remembered value; None if there is none, or it is not of this kind."""
        with suppress(msgspec.MsgspecError, sqlite3.Error):
            row = self._database.execute("select value from facts where name = ?", (name,)).fetchone()
            return msgspec.msgpack.decode(row[0], type=kind) if row else None
        return None

    def remember(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Remember a value by name."""
        with suppress(sqlite3.Error, UnicodeEncodeError), self._database as transaction:
            transaction.execute("insert or replace into facts values (?, ?)", (name, msgspec.msgpack.encode(value)))


def _settled(stamp: Stamp, now: int) -> Stamp:
    """Return a stamp to trust later, or one that matches nothing where the file was still warm."""
    settled = 0 <= stamp.mtime_ns < now - UNSETTLED_NS
    return Stamp(stamp.mtime_ns if settled else -1, stamp.size)


def _connect(path: Path | None, root: Path) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path or ":memory:", timeout=5)
    try:
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        database.executescript(_TABLES)
        _renew(database, edition().encode() + b" " + key_of(root))
        database.execute("select count(path), max(digest) from notes").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database


def _renew(database: sqlite3.Connection, owner: bytes) -> None:
    """Empty the cache where it was made by another edition of the parser, or for another vault."""
    row = database.execute("select value from facts where name = 'edition'").fetchone()
    if row is not None and row[0] == owner:
        return
    with database as transaction:
        transaction.execute("delete from notes")
        transaction.execute("delete from facts")
        transaction.execute("insert into facts values ('edition', ?)", (owner,))


def _path(place: Path, root: Path) -> Path:
    """Return the file for a vault's cache: one for each edition, since a daemon goes on with the code it began with.

    Those of other editions go.
    """
    vault = name_of(root)
    path = place / f"{vault}-{edition()}.sqlite"
    for other in place.glob(f"{vault}*.sqlite"):
        if other != path:
            _forget(other)
    return path


@cache
def edition() -> str:
    """Return a digest of our own code, as it was when this process began: new code, new cache."""
    digest = blake2b(digest_size=10)
    for file in _code(files("vault_tools")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".py"):
            yield item
        elif item.is_dir() and item.name not in {"templates", "__pycache__"}:
            yield from _code(item)


def _forget(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(OSError):
            name.unlink()
