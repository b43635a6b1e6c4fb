"""Parsed notes by path, stamp and digest, in the user's cache folder (vaults are synced, so never in the vault).

The cache may be lost at any time. Each row and each fact has a checksum (see `sealed`), so damage is noticed: a damaged
row is dropped and made again from the note. If SQLite cannot read the file, the whole cache is made again.
"""

import errno
import sqlite3
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
from vault_tools.store import private
from vault_tools.store.naming import key_of, name_of
from vault_tools.store.sealed import Seal

FEW = 100
"""Notes that are fetched one by one; more are picked out of all."""

_SPARED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
"""Errors that do not mean that the file is damaged: another run has it open, or the disk is full."""
_FAILED = (sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What SQLite raises; if a message quotes damaged names, the error has another class."""
_NO_FILE = {errno.EISDIR, errno.EINVAL}
"""Errors that mean that something else is in the place of the file."""
_MOVED = 1032
"""SQLITE_READONLY_DBMOVED: the file was deleted while it was open."""
_LONGEST = 100_000_000
"""The most bytes of a value: a damaged length must not make SQLite allocate all memory."""
_TABLES = (
    "notes (path blob primary key, seen blob, note blob)",
    "facts (name blob primary key, value blob)",
)
_SEEN = struct.Struct("<?qQqQ16s")
"""What is known about a file: whether there is a stamp, the stamp, and the digest of the file's bytes."""
_DECODER = msgspec.msgpack.Decoder(Note)
_T = TypeVar("_T")


class Row(NamedTuple):
    """A note as it is stored; without a stamp, the next run compares its bytes."""

    path: str
    stamp: Stamp | None
    digest: str
    blob: bytes

    @classmethod
    def of(cls, stamp: Stamp | None, note: Note) -> Self:
        """Encode a note."""
        return cls(note.path, stamp, note.digest, msgspec.msgpack.encode(note))


class Known(NamedTuple):
    """What the cache knows about a file without decoding it; without a stamp, the file's bytes must be compared."""

    stamp: Stamp | None
    digest: str


def folder() -> Path:
    """Return the user's cache folder for vault-tools."""
    return platformdirs.user_cache_path("vault-tools")


class Cache:
    """The notes of one vault as they were last read.

    `trouble` is why the cache only lasts for this run, if the system does not let us write it.
    """

    def __init__(self, root: Path, path: Path | None = None) -> None:
        """Connect to a file, or keep everything in memory; use `open`. Raises OSError or sqlite3.Error."""
        self._seal = Seal(edition().encode() + b" " + key_of(root))
        self._path = path
        self._database = _connect(path)
        self._held: dict[str, bytes] = {}
        self.trouble: OSError | None = None

    @classmethod
    def open(cls, root: Path, place: Path | None) -> Self:
        """Open the cache of a vault below the folder `place`; None keeps it in memory."""
        trouble = None
        if place is not None:
            path = _path(place, root)
            for _attempt in (1, 2):
                try:
                    private.folder(place, place if place == folder() else None)
                    return cls(root, path)
                except (OSError, *_FAILED) as error:
                    trouble = error if isinstance(error, OSError) and error.errno not in _NO_FILE else None
                    if _code(error) in _SPARED:
                        break
                    _forget(path)
        opened = cls(root)
        opened.trouble = trouble
        return opened

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # ------------------------------------------------------------ what is known

    def known(self) -> Mapping[str, Known]:
        """Return what is remembered of every file, as this process knows it; `update` keeps it up to date."""
        return self._known

    @cached_property
    def _known(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        broken: list[tuple[int]] = []
        try:
            for number, path, seen in self._database.execute("select rowid, path, seen from notes"):
                known = self._known_of(path, seen)
                if known is None:
                    broken.append((number,))
                else:
                    found[path.decode()] = known
            if broken:
                with self._database as transaction:
                    transaction.executemany("delete from notes where rowid = ?", broken)
        except _FAILED as error:
            self._start_over(error)
            return {}
        return found

    def _known_of(self, path: object, seen: object) -> Known | None:
        """Read what a row says about its file; None if it is damaged."""
        data = self._seal.opened(b"seen" + path, seen) if isinstance(path, bytes) else None
        if data is None:
            return None
        is_stamped, mtime, size, ctime, inode, digest = _SEEN.unpack(data)
        return Known(Stamp(mtime, size, ctime, inode) if is_stamped else None, digest.hex())

    def notes(self, wanted: Collection[str]) -> Iterator[Note]:
        """Yield those of the given notes that are in the cache; damaged ones are dropped."""
        known, held = self._known, self._held
        yield from (_DECODER.decode(held[path]) for path in wanted if path in held)
        left = {path.encode(): path for path in wanted if path in known and path not in held}
        for key, blob in self._blobs(list(left)):
            note = self._note(left[key], blob) if key in left else None
            if note is not None:
                del left[key]
                yield note
        if left:
            self.update((), (), left.values())

    def _note(self, path: str, blob: object) -> Note | None:
        """Read a stored note; None if it is damaged or does not have the known digest."""
        data = self._seal.opened(_name_of_note(path, self._known[path].digest), blob)
        with suppress(msgspec.MsgspecError):
            return None if data is None else _DECODER.decode(data)
        return None

    def _blobs(self, wanted: Collection[bytes]) -> Iterator[tuple[bytes, object]]:
        """Yield notes as they are stored, as far as a damaged file holds them; many are found sooner among all."""
        if len(wanted) > FEW:
            with suppress(*_FAILED):
                yield from self._database.execute("select path, note from notes")
                return
        for path in wanted:  # one by one also where going through all of them ends in damage
            with suppress(*_FAILED):
                yield from self._database.execute("select path, note from notes where path = ?", (path,))

    def fact(self, name: str, kind: type[_T]) -> _T | None:
        """Return a stored value; None if there is none, if it is damaged, or if it has another type."""
        with suppress(msgspec.MsgspecError, *_FAILED):
            row = self._database.execute("select value from facts where name = ?", (name.encode(),)).fetchone()
            data = self._seal.opened(b"fact" + name.encode(), row[0]) if row else None
            return None if data is None else msgspec.msgpack.decode(data, type=kind)
        return None

    # ------------------------------------------------------------ what is learned

    def update(self, fresh: Iterable[Row], touched: Iterable[tuple[str, Stamp | None]], gone: Iterable[str]) -> None:
        """Store fresh notes and new stamps of known ones, and drop files that are gone.

        If the disk is full, fresh notes are kept for this run only.
        """
        rows, known = list(fresh), self._known
        seen = {path: Known(stamp, known[path].digest) for path, stamp in touched if path in known}
        seen |= {row.path: Known(row.stamp, row.digest) for row in rows}
        left = [path for path in gone if path not in seen]
        is_stored = self._changed(lambda database: self._store(database, rows, seen, left))
        for row in rows:
            if is_stored:
                self._held.pop(row.path, None)
            else:
                self._held[row.path] = row.blob
        known.update(seen)
        for path in left:
            known.pop(path, None)
            self._held.pop(path, None)

    def _store(
        self, database: sqlite3.Connection, rows: Iterable[Row], seen: Mapping[str, Known], gone: Iterable[str]
    ) -> None:
        """Write what is new."""
        whole = {row.path: self._seal.closed(_name_of_note(row.path, row.digest), row.blob) for row in rows}
        heads = {path: self._seal.closed(b"seen" + path.encode(), _packed(known)) for path, known in seen.items()}
        database.executemany(
            "insert or replace into notes values (?, ?, ?)",
            ((path.encode(), heads[path], note) for path, note in whole.items()),
        )
        database.executemany(
            "update notes set seen = ? where path = ?",
            ((head, path.encode()) for path, head in heads.items() if path not in whole),
        )
        database.executemany("delete from notes where path = ?", ((path.encode(),) for path in gone))

    def remember(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Remember a value by name."""
        with suppress(UnicodeEncodeError):
            row = (name.encode(), self._seal.closed(b"fact" + name.encode(), msgspec.msgpack.encode(value)))
            self._changed(lambda database: database.execute("insert or replace into facts values (?, ?)", row))

    def _changed(self, change: Callable[[sqlite3.Connection], object]) -> bool:
        """Change the database in one transaction, and tell whether that worked; a damaged one is recreated first."""
        for _attempt in (1, 2):
            try:
                with self._database:
                    change(self._database)
            except _FAILED as error:
                if not self._start_over(error):
                    return False
            else:
                return True
        return False

    def _start_over(self, error: Exception) -> bool:
        """Continue with an empty file if this one is damaged or gone; what this process already knows stays valid."""
        if _code(error) in _SPARED and getattr(error, "sqlite_errorcode", 0) != _MOVED:
            return False
        self._database.close()
        if self._path is not None and _code(error) not in _SPARED:
            _forget(self._path)
        try:
            self._database = _connect(self._path)
        except (OSError, *_FAILED):
            self._path, self._database = None, _connect(None)
        return True


def _name_of_note(path: str, digest: str) -> bytes:
    """Return the name under which a note is sealed; it includes the digest of its bytes."""
    return b"note" + bytes.fromhex(digest) + path.encode()


def _packed(known: Known) -> bytes:
    stamp = known.stamp or Stamp(0, 0)
    return _SEEN.pack(known.stamp is not None, *stamp, bytes.fromhex(known.digest))


def _code(error: Exception) -> int:
    """Return the code of an SQLite error, 0 if it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _connect(path: Path | None) -> sqlite3.Connection:
    """Connect to a database that has exactly our tables. Raises OSError or sqlite3.Error."""
    if path is not None:
        private.present(path)
        for more in _beside(path):
            private.tighten(more)
    database = sqlite3.connect(path or ":memory:", timeout=5)
    try:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        database.execute("pragma cell_size_check = on")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        for table in _TABLES:
            database.execute(f"create table if not exists {table}")
        _check_tables(database)
    except _FAILED:
        database.close()
        raise
    return database


def _check_tables(database: sqlite3.Connection) -> None:
    found = {row[0] for row in database.execute("select sql from sqlite_master where sql is not null")}
    if found != {f"CREATE TABLE {table}" for table in _TABLES}:
        message = "these are not the tables of a cache"
        raise sqlite3.DatabaseError(message)


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
    for file in _code_of(files("vault_tools")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code_of(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".py"):
            yield item
        elif item.is_dir() and item.name not in {"templates", "__pycache__"}:
            yield from _code_of(item)


def _beside(path: Path) -> tuple[Path, Path]:
    """Return the files that SQLite keeps beside a database."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _forget(path: Path) -> None:
    """Delete a database, or an empty folder in its place."""
    for name in (path, *_beside(path)):
        with suppress(OSError):
            name.rmdir() if name.is_dir() and not name.is_symlink() else name.unlink()
