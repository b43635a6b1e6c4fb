"""Parsed notes by path, stamp and digest, in the user's cache folder (vaults are synced, so never in the vault).

The cache may be lost at any time. Each row and each fact has a checksum (see `sealed`), so damage is noticed: a damaged
row is dropped and made again from the note. If SQLite cannot read the file, the whole cache is made again.
"""

import sqlite3
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import msgspec
import platformdirs

from vault_tools.model.change import Stamp
from vault_tools.model.note import Note
from vault_tools.store.database import FAILURES, Database, path_of
from vault_tools.store.edition import edition
from vault_tools.store.naming import key_of
from vault_tools.store.sealed import Seal

FEW = 100
"""Notes that are fetched one by one; more are picked out of all."""

_VERSION = struct.Struct("<?qQqQ16s")
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


class Version(NamedTuple):
    """Which version of a file the cache knows; without a stamp, the file's bytes must be compared."""

    stamp: Stamp | None
    digest: str


def folder() -> Path:
    """Return the user's cache folder for vault-tools."""
    return platformdirs.user_cache_path("vault-tools")


class Cache:
    """The notes of one vault as they were last read.

    `trouble` is why the cache only lasts for this run, if the system does not let us write it.
    """

    def __init__(self, root: Path, database: Database) -> None:
        """Take the vault and its database; use `open`."""
        self._seal = Seal(edition().encode() + b" " + key_of(root))
        self._database = database
        self._unwritten: dict[str, bytes] = {}
        self.trouble = database.trouble

    @classmethod
    def open(cls, root: Path, place: Path | None) -> Self:
        """Open the cache of a vault below the folder `place`; None keeps it in memory."""
        if place is None:
            return cls(root, Database())
        top = place if place == folder() else None
        return cls(root, Database.open(path_of(place, root, edition()), top))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def versions(self) -> Mapping[str, Version]:
        """Return what is remembered of every file, as this process knows it; `update` keeps it up to date."""
        return self._versions

    @cached_property
    def _versions(self) -> dict[str, Version]:
        versions: dict[str, Version] = {}
        damaged: list[int] = []
        try:
            for number, path, sealed in self._database.execute("select rowid, path, seen from notes"):
                version = self._version(path, sealed)
                if version is None:
                    damaged.append(number)
                else:
                    versions[path.decode()] = version
            self._database.delete_rows(damaged)
        except FAILURES as error:
            self._database.start_over(error)
            return {}
        return versions

    def _version(self, path: object, sealed: object) -> Version | None:
        """Read what a row says about its file; None if it is damaged."""
        data = self._seal.opened(b"seen" + path, sealed) if isinstance(path, bytes) else None
        if data is None:
            return None
        is_stamped, mtime, size, ctime, inode, digest = _VERSION.unpack(data)
        return Version(Stamp(mtime, size, ctime, inode) if is_stamped else None, digest.hex())

    def notes(self, paths: Collection[str]) -> Iterator[Note]:
        """Yield those of the given notes that are in the cache; damaged ones are dropped."""
        versions, unwritten = self._versions, self._unwritten
        yield from (_DECODER.decode(unwritten[path]) for path in paths if path in unwritten)
        yield from self._stored(path for path in paths if path in versions and path not in unwritten)

    def _stored(self, paths: Iterable[str]) -> Iterator[Note]:
        left = {path.encode(): path for path in paths}
        for key, blob in self._blobs(list(left)):
            note = self._note(left[key], blob) if key in left else None
            if note is not None:
                del left[key]
                yield note
        if left:
            self.update((), (), left.values())

    def _note(self, path: str, blob: object) -> Note | None:
        """Read a stored note; None if it is damaged or does not have the known digest."""
        data = self._seal.opened(_name_of_note(path, self._versions[path].digest), blob)
        with suppress(msgspec.MsgspecError):
            return None if data is None else _DECODER.decode(data)
        return None

    def _blobs(self, keys: Collection[bytes]) -> Iterator[tuple[bytes, object]]:
        """Yield notes as they are stored, as far as a damaged file holds them; many are found sooner among all."""
        if len(keys) > FEW:
            with suppress(*FAILURES):
                yield from self._database.execute("select path, note from notes")
                return
        for key in keys:  # one by one also where going through all of them ends in damage
            with suppress(*FAILURES):
                yield from self._database.execute("select path, note from notes where path = ?", (key,))

    def update(self, fresh: Iterable[Row], touched: Iterable[tuple[str, Stamp | None]], gone: Iterable[str]) -> None:
        """Store fresh notes and new stamps of known ones, and drop files that are gone.

        If the disk is full, fresh notes are kept for this run only.
        """
        rows, versions = list(fresh), self._versions
        changes = {path: Version(stamp, versions[path].digest) for path, stamp in touched if path in versions}
        changes |= {row.path: Version(row.stamp, row.digest) for row in rows}
        dropped = [path for path in gone if path not in changes]
        is_stored = self._database.change(lambda connection: self._store(connection, rows, changes, dropped))
        for row in rows:
            if is_stored:
                self._unwritten.pop(row.path, None)
            else:
                self._unwritten[row.path] = row.blob
        versions.update(changes)
        for path in dropped:
            versions.pop(path, None)
            self._unwritten.pop(path, None)

    def _store(
        self, database: sqlite3.Connection, rows: Iterable[Row], changes: Mapping[str, Version], gone: Iterable[str]
    ) -> None:
        """Write what is new."""
        notes = {row.path: self._seal.closed(_name_of_note(row.path, row.digest), row.blob) for row in rows}
        heads = {path: self._seal.closed(b"seen" + path.encode(), _packed(each)) for path, each in changes.items()}
        database.executemany(
            "insert or replace into notes values (?, ?, ?)",
            ((path.encode(), heads[path], note) for path, note in notes.items()),
        )
        database.executemany(
            "update notes set seen = ? where path = ?",
            ((head, path.encode()) for path, head in heads.items() if path not in notes),
        )
        database.executemany("delete from notes where path = ?", ((path.encode(),) for path in gone))

    def fact(self, name: str, kind: type[_T]) -> _T | None:
        """Return a stored value; None if there is none, if it is damaged, or if it has another type."""
        with suppress(msgspec.MsgspecError, *FAILURES):
            row = self._database.execute("select value from facts where name = ?", (name.encode(),)).fetchone()
            data = self._seal.opened(b"fact" + name.encode(), row[0]) if row else None
            return None if data is None else msgspec.msgpack.decode(data, type=kind)
        return None

    def remember(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Remember a value by name."""
        with suppress(UnicodeEncodeError):
            row = (name.encode(), self._seal.closed(b"fact" + name.encode(), msgspec.msgpack.encode(value)))
            self._database.change(lambda it: it.execute("insert or replace into facts values (?, ?)", row))


def _name_of_note(path: str, digest: str) -> bytes:
    """Return the name under which a note is sealed; it includes the digest of its bytes."""
    return b"note" + bytes.fromhex(digest) + path.encode()


def _packed(version: Version) -> bytes:
    stamp = version.stamp or Stamp(0, 0)
    return _VERSION.pack(version.stamp is not None, *stamp, bytes.fromhex(version.digest))
