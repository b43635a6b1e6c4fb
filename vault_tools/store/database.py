"""The SQLite file of a cache: one for each vault and edition of our code, and made again if it is damaged."""

import errno
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from vault_tools.store import private
from vault_tools.store.naming import name_of

FAILURES = (sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What SQLite raises; if a message quotes damaged names, the error has another class."""
_SPARED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
"""Errors that do not mean that the file is damaged: another run has it open, or the disk is full."""
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
_PRAGMAS = ("cell_size_check = on", "journal_mode = wal", "synchronous = normal")


class Database:
    """An open database; `trouble` is why it is in memory only, if the system does not let us write the file."""

    def __init__(self, path: Path | None = None) -> None:
        """Connect to a file, or keep everything in memory; use `open`. Raises OSError or one of FAILURES."""
        self._path = path
        self._connection = _connect(path)
        self.trouble: OSError | None = None

    @classmethod
    def open(cls, path: Path, top: Path | None) -> Self:
        """Open a file. If it is damaged, it is made again; if that is impossible, all is kept in memory.

        `top` is the folder of vault-tools that is tightened (see `private.folder`).
        """
        trouble = None
        for _attempt in (1, 2):
            try:
                private.folder(path.parent, top)
                return cls(path)
            except (OSError, *FAILURES) as error:
                trouble = error if isinstance(error, OSError) and error.errno not in _NO_FILE else None
                if _is_spared(error):
                    break
                _forget(path)
        in_memory = cls()
        in_memory.trouble = trouble
        return in_memory

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def execute(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement. Raises one of FAILURES."""
        return self._connection.execute(query, values)

    def delete_rows(self, numbers: Sequence[int]) -> None:
        """Delete damaged notes. Raises one of FAILURES."""
        if numbers:
            with self._connection as transaction:
                transaction.executemany("delete from notes where rowid = ?", ((number,) for number in numbers))

    def change(self, work: Callable[[sqlite3.Connection], object]) -> bool:
        """Change the database in one transaction, and tell whether that worked; a damaged one is made again first."""
        for _attempt in (1, 2):
            try:
                with self._connection:
                    work(self._connection)
            except FAILURES as error:
                if not self.start_over(error):
                    return False
            else:
                return True
        return False

    def start_over(self, error: Exception) -> bool:
        """Continue with an empty file if this one is damaged or gone, and tell whether this was done."""
        is_spared = _is_spared(error)
        if is_spared and getattr(error, "sqlite_errorcode", 0) != _MOVED:
            return False
        self._connection.close()
        if self._path is not None and not is_spared:
            _forget(self._path)
        try:
            self._connection = _connect(self._path)
        except (OSError, *FAILURES):
            self._path, self._connection = None, _connect(None)
        return True


def path_of(place: Path, root: Path, edition: str) -> Path:
    """Return the file for a vault's cache: one for each edition, since a daemon goes on with the code it began with.

    Those of other editions go.
    """
    vault = name_of(root)
    path = place / f"{vault}-{edition}.sqlite"
    for other in place.glob(f"{vault}*.sqlite"):
        if other != path:
            _forget(other)
    return path


def _connect(path: Path | None) -> sqlite3.Connection:
    """Connect to a database that has exactly our tables. Raises OSError or one of FAILURES."""
    if path is not None:
        private.present(path)
        for companion in _companions(path):
            private.tighten(companion)
    connection = sqlite3.connect(path or ":memory:", timeout=5)
    try:
        _prepare(connection)
    except FAILURES:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}")
    for table in _TABLES:
        connection.execute(f"create table if not exists {table}")
    tables = {row[0] for row in connection.execute("select sql from sqlite_master where sql is not null")}
    if tables != {f"CREATE TABLE {table}" for table in _TABLES}:
        message = "these are not the tables of a cache"
        raise sqlite3.DatabaseError(message)


def _is_spared(error: Exception) -> bool:
    """Tell whether an error leaves the file as it is."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in _SPARED


def _companions(path: Path) -> tuple[Path, Path]:
    """Return the files that SQLite keeps beside a database."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _forget(path: Path) -> None:
    """Delete a database, or an empty folder in its place."""
    for name in (path, *_companions(path)):
        with suppress(OSError):
            name.rmdir() if name.is_dir() and not name.is_symlink() else name.unlink()
