"""Reading and writing the files of a vault. Nothing outside its folder is touched."""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import Literal

from vault_tools.dialect.filenames import is_hidden, placeholder_of
from vault_tools.errors import (
    NotAmendedError,
    NoteTakenError,
    NotOursError,
    NotWrittenError,
    OutsideVaultError,
    RefusedError,
    SettingsError,
    SpoiledNoteError,
    TakenError,
    UnusableVaultError,
    VaultAwayError,
    VaultToolsError,
    reason,
)
from vault_tools.model.change import Page, Stamp
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Problem, Source
from vault_tools.model.text import Say, Term, say
from vault_tools.store import journal, lease, untouched
from vault_tools.store.journal import Change
from vault_tools.store.marks import is_marked
from vault_tools.store.spelling import on_disk, remember

LARGEST = 8_000_000
"""Bytes; a larger note is listed, not parsed."""
_LARGEST_TEXT = 64_000_000
"""The most bytes of a page or of Obsidian's settings; larger files are not read."""
_LARGEST_SETTINGS = 1_000_000
"""Bytes of our own settings."""
HEAD = 600
_DRAFT = re.compile(r"\.vault-tools-[0-9a-f]{12}\.tmp")
_LEFT_OVER = 3600
"""Seconds after which a draft is nobody's."""
_NOTES = (".md", ".canvas")
_INODE = 2**64 - 1
"""The bits of an inode number that are kept; some systems have longer ones."""


@dataclass(slots=True)
class Found:
    """What a walk found: every file by vault path with its stamp, and the folders that could not be read.

    `hidden` are notes that Obsidian does not see: they lie in a hidden folder (`.trash`). `elsewhere` are files that
    iCloud removed from this disk. `began` is when the walk began, in nanoseconds since 1970.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    began: int = field(default_factory=time.time_ns)


def check(root: Path) -> Path:
    """Return the vault's real folder; UnusableVaultError if it is none, or cannot be read.

    From here on this is the folder that is meant by its path: see `write` and `create`.
    """
    try:
        status = root.stat()
    except FileNotFoundError:
        raise UnusableVaultError(say("error.no-vault", root=str(root))) from None
    except OSError as error:
        raise UnusableVaultError(say("error.vault-unreadable", root=str(root), reason=reason(error))) from None
    if not stat.S_ISDIR(status.st_mode):
        raise UnusableVaultError(say("error.vault-is-file", root=str(root)))
    if not os.access(root, os.R_OK | os.X_OK):
        denied = PermissionError(errno.EACCES, "")
        raise UnusableVaultError(say("error.vault-unreadable", root=str(root), reason=reason(denied)))
    whole = _whole(root.resolve())
    _CHECKED[whole] = (status.st_dev, status.st_ino)
    return whole


_CHECKED: dict[Path, tuple[int, int]] = {}
"""Vaults' folders as this process checked them last: the device that each is on, and its number there."""


def _stay(root: Path) -> None:
    """Refuse to write where the vault no longer is: its drive was taken out, or another folder is in its place.

    Some file systems sometimes renumber a folder, so one on the same device that is not empty is accepted.
    """
    try:
        status = root.stat()
    except OSError:
        raise VaultAwayError(str(root)) from None
    device, number = _CHECKED.get(root, (status.st_dev, status.st_ino))
    same = stat.S_ISDIR(status.st_mode) and status.st_dev == device
    if not same or (status.st_ino != number and not is_there(root, settled=bool(settings_folders(root)))):
        raise VaultAwayError(str(root))


def is_there(root: Path, *, settled: bool) -> bool:
    """Tell whether a vault is where it was: an empty folder is what a drive that was taken out leaves behind.

    `settled` says that it had a folder of Obsidian's settings.
    """
    try:
        return (
            bool(settings_folders(root)) if settled else any(not entry.name.startswith(".") for entry in root.iterdir())
        )
    except OSError:
        return False


def _whole(root: Path) -> Path:
    """Refuse a folder that is a part of a vault, or all of a disk."""
    if root == root.parent:
        raise UnusableVaultError(say("error.vault-is-disk", root=str(root)))
    if not settings_folders(root) and (around := next(vaults_above(root.parent), None)) is not None:
        raise UnusableVaultError(say("error.vault-part", root=str(root), around=str(around)))
    return root


def is_note(path: str) -> bool:
    """Tell whether a file is parsed: notes and canvases are."""
    return path.lower().endswith(_NOTES)


def walk(root: Path) -> Found:
    """Stat every file of a vault that Obsidian would show; hidden files and folders are left out.

    Vault paths are NFC, even if names on the disk are not (see `spelling`). If two names differ only in this, the
    second keeps its spelling.
    """
    found, spelled = Found(), dict[str, str]()
    todo = [("", "")]
    while todo:
        prefix, real = todo.pop()
        try:
            with os.scandir(root / real) as entries:
                listed = list(_named(entries))
        except OSError as error:
            found.problems[prefix.rstrip("/") or "."] = _unreadable(error, _NO_FOLDER)
            continue
        for name, entry in listed:
            path = prefix + name
            if path != real + entry.name:
                spelled[path] = real + entry.name
            if _SYSTEMS.fullmatch(name):
                continue
            if name.startswith("."):
                _hide(found, prefix, entry)
                continue
            if not _is_text(path):
                found.problems[_shown(path)] = _BAD_NAME
            elif _is_link(entry) and (problem := _linked(root, entry)) is not None:
                found.problems[path] = problem
            elif entry.is_dir():
                todo.append((path + "/", f"{real}{entry.name}/"))
            else:
                _take(found, path, entry)
    remember(root, spelled)
    found.elsewhere = [path for path in found.elsewhere if path not in found.files]
    found.problems |= dict.fromkeys(found.elsewhere, _ELSEWHERE)
    return found


def _named(entries: "Iterable[os.DirEntry[str]]") -> "Iterator[tuple[str, os.DirEntry[str]]]":
    """Yield the entries of a folder with their names in vault paths, sorted by these."""
    listed = list(entries)
    taken = {entry.name for entry in listed}
    names = {entry.name: composed(entry.name) for entry in listed}
    meant = {name: name if name == whole or whole in taken else whole for name, whole in names.items()}
    yield from sorted(((meant[entry.name], entry) for entry in listed), key=lambda each: each[0])


def _hide(found: Found, prefix: str, entry: "os.DirEntry[str]") -> None:
    """Remember notes that Obsidian does not see, so that a broken link to one can say so."""
    path = prefix + composed(entry.name)
    away = placeholder_of(composed(entry.name))
    if not _is_text(path):
        return
    if away is not None:
        found.elsewhere.append(prefix + away)
    elif entry.is_dir(follow_symlinks=False):
        found.hidden.extend(_notes_below(path, entry.path))
    elif is_note(path):
        found.hidden.append(path)


def _notes_below(prefix: str, folder: str) -> Iterator[str]:
    """Yield the notes in a hidden folder; folders of other programs hold none of the user's notes."""
    for here, folders, names in os.walk(folder):
        if _is_working(Path(here).name) or _has_settings(Path(here)):
            folders.clear()
            continue
        below = Path(here).relative_to(folder).as_posix()
        place = prefix if below == "." else f"{prefix}/{below}"
        found = sorted(composed(f"{place}/{name}") for name in names if is_note(name) and _is_text(place + name))
        yield from found


def _is_working(name: str) -> bool:
    return name in _WORKINGS or name.startswith(_TRASH)


# Those of version control and of programs; then what each device has by itself, as syncs and systems keep it.
_WORKINGS = frozenset(
    {".git", ".hg", ".svn", ".obsidian", ".venv", "node_modules"}
    | {".stfolder", ".stversions", ".sync", ".dropbox.cache", ".Trashes", ".TemporaryItems", ".debris"}
)
_SYSTEMS = re.compile(r"Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~syncthing~.*\.tmp", re.IGNORECASE | re.DOTALL)
"""Files that systems and syncs keep beside others on one device only."""
_TRASH = ".Trash-"
"""What the trash of a Linux drive begins with, before the number of its user."""


def _is_link(entry: "os.DirEntry[str]") -> bool:
    """Tell whether an entry leads elsewhere: a symbolic link, or a junction on Windows."""
    junction: Callable[[], bool] = getattr(entry, "is_junction", lambda: False)
    return entry.is_symlink() or junction()


def _take(found: Found, path: str, entry: "os.DirEntry[str]") -> None:
    try:
        status = entry.stat()
    except OSError as error:
        found.problems[path] = _unreadable(error, _NO_FILE)
        return
    if stat.S_ISREG(status.st_mode):
        found.files[path] = Stamp(status.st_mtime_ns, status.st_size, status.st_ctime_ns, status.st_ino & _INODE)
    else:
        found.problems[path] = _SPECIAL


_MAY_I = "problem.file.fix-unreadable"
_NO_FILE = Problem("unreadable", 0, "problem.file.unreadable-file", _MAY_I)
_NO_FOLDER = Problem("unreadable", 0, "problem.file.unreadable-folder", _MAY_I)
_ELSEWHERE = Problem("icloud-placeholder", 0, "problem.file.icloud-placeholder", "problem.file.icloud-placeholder-fix")
_SPECIAL = Problem("special", 0, "problem.file.special", "problem.file.special-fix")
_BAD_NAME = Problem("name-not-utf8", 0, "problem.file.name-not-utf8", "problem.file.name-not-utf8-fix")


def _is_text(path: str) -> bool:
    if path.isascii():
        return True
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _linked(root: Path, entry: "os.DirEntry[str]") -> Problem | None:
    """Say why a symbolic link is not followed: it loops, dangles, leaves the vault, or shows a folder twice."""
    remedy = "problem.file.fix-link"
    try:
        real = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return Problem("link-broken", 0, "problem.file.link-broken", remedy)
    if not real.is_relative_to(root):
        return Problem("link-outside", 0, "problem.file.link-outside", remedy)
    if real.is_dir():
        return Problem("link-folder", 0, "problem.file.link-folder", remedy)
    if is_hidden(real.relative_to(root).as_posix()):
        return Problem("link-hidden", 0, "problem.file.link-hidden", remedy)
    return None


def _unreadable(error: OSError, problem: Problem) -> Problem:
    why = reason(error)
    shown = Term("system", why.id.removeprefix("system.")) if isinstance(why, Say) else str(why)
    return replace(problem, values=(("error", shown),))


def read(root: Path, path: str, stamp: Stamp) -> Source:
    """Read one file; anything wrong with it becomes a problem of its source."""
    if stamp.size > LARGEST:
        message = "problem.file.too-large"
        remedy = "problem.file.too-large-fix"
        values = (("size", f"{stamp.size / 1e6:.0f}"), ("most", f"{LARGEST / 1e6:.0f}"))
        return Source(path, "", "", (Problem("too-large", 0, message, remedy, values),))
    try:
        data = _bytes(root, path)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        problem = Problem("vanished", 0, "problem.file.vanished", "problem.file.vanished-fix") if gone else None
        return Source(path, "", "", (problem or _unreadable(error, _NO_FILE),))
    digest = digest_of(data)
    try:
        return Source(path, data.decode("utf-8"), digest)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem("not-utf8", line, "problem.file.not-utf8", "problem.file.not-utf8-fix")
        return Source(path, data.decode("utf-8", "replace"), digest, (problem,))


def _bytes(root: Path, path: str) -> bytes:
    """Read a file whole: it costs a third less than with a Path, and every note is read this way."""
    with open(f"{root}/{on_disk(root, path)}", "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def digest_of(data: bytes) -> str:
    """Return the digest by which contents are compared."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_at(root: Path, path: str) -> str | None:
    """Return the digest of a file as it is on the disk; None if it cannot be read."""
    try:
        return digest_of(_bytes(root, path))
    except OSError:
        return None


def exists(root: Path, path: str) -> bool:
    """Tell whether there is a file or folder with a vault path, however its name is spelled on the disk by now."""
    return (root / on_disk(root, path)).exists()


def is_link(root: Path, path: str) -> bool:
    """Tell whether a vault path is that of a symbolic link."""
    return (root / on_disk(root, path)).is_symlink()


def identity(root: Path, path: str) -> tuple[int, int] | None:
    """Return a key that all names of one file share; None if the system does not provide it."""
    try:
        status = (root / on_disk(root, path)).stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


# ---------------------------------------------------------------- writing


def is_ours(root: Path, path: str, marks: Iterable[str]) -> bool | None:
    """Tell whether a page of this name is ours, by the mark at the top of it; None if there is no such file."""
    try:
        top = _head(root, path)
    except FileNotFoundError:
        return None
    except OSError:
        return False
    return any(is_marked(top, mark) for mark in marks)


def head(root: Path, path: str) -> str:
    """Return the beginning of a page; "" if it cannot be read."""
    try:
        return _head(root, path)
    except OSError:
        return ""


def _head(root: Path, path: str) -> str:
    with (root / on_disk(root, path)).open("rb") as file:
        return file.read(HEAD).decode("utf-8", "replace")


def write(root: Path, page: Page, marks: Iterable[str]) -> bool:
    """Write a page if its bytes differ; atomically, and never over another's file. Tell whether it wrote.

    Raises:
        NotOursError: The file there is somebody else's, or it would lie outside the vault.
        NotWrittenError: The system refuses this page, for example because another program has it open on Windows.
        VaultAwayError: The vault's folder is not the one that was checked; nothing is created there.
        ReadOnlyError: The vault must not change (`untouched`). All functions here that write raise this.
        OSError: The disk is full.
    """
    target = root / on_disk(root, page.path)
    untouched.check(target)
    if not target.resolve().is_relative_to(root):
        raise NotOursError(page.path)
    if is_ours(root, page.path, marks) is False:
        raise _refusal(target, page.path)
    data = page.text.encode("utf-8")
    if _same(target, data):
        return False
    try:
        _make_folders(root, on_disk(root, page.path))
        _replace(target, [data])
    except OSError as error:
        _stay(root)
        if error.errno in _OF_THE_DISK:
            raise _at(target, error) from None
        raise NotWrittenError(page.path, reason(error)) from error
    return True


_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""Errors that the next page would run into as well."""


def _refusal(target: Path, path: str) -> VaultToolsError:
    """Say why a file is not changed: it may not even be read, or another program wrote it."""
    try:
        if target.is_file():
            target.open("rb").close()
    except PermissionError as error:
        return NotWrittenError(path, reason(error))
    except OSError:
        pass
    return NotOursError(path)


def _make_folders(root: Path, path: str) -> None:
    """Make the folders of a vault above a file, but never the vault's own."""
    _stay(root)
    folder = root
    for name in Path(path).parts[:-1]:
        folder /= name
        folder.mkdir(exist_ok=True)


def _same(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def create(root: Path, path: str, text: str) -> bool:
    """Write a new file of the vault whole, with the folders above it; False if there is a file of that name.

    OutsideVaultError where the path leads out of the vault, or to where Obsidian sees nothing; VaultAwayError as by
    `write`.
    """
    target = root / on_disk(root, path)
    untouched.check(target)
    if is_hidden(path) or not target.resolve().is_relative_to(root):
        raise OutsideVaultError(path)
    if target.exists() or target.is_symlink():
        return False
    _make_folders(root, on_disk(root, path))
    draft = _draft(target)
    try:
        _fresh(draft, text.encode("utf-8"))
        _name(draft, target, text.encode("utf-8"))
    except FileExistsError:
        return False
    except OSError as error:
        raise _at(target, error) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return True


def _at(target: Path, error: OSError) -> OSError:
    """Return an error of the system with the file that is meant, not the draft beside it; or its folder.

    Who may not write a file of a new name may not write into its folder.
    """
    place = target if target.exists() or error.errno not in _NOT_ALLOWED else target.parent
    if isinstance(error, RefusedError):
        return error
    return OSError(error.errno, error.strerror, str(place))


_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})


def _draft(target: Path) -> Path:
    """Return a name beside a file that Obsidian does not see; what killed processes left under such names goes."""
    now = time.time()
    for old in target.parent.glob(".vault-tools-*.tmp"):
        with suppress(OSError):
            if _DRAFT.fullmatch(old.name) and now - old.lstat().st_mtime > _LEFT_OVER:
                old.unlink()
    return target.with_name(f".vault-tools-{secrets.token_hex(6)}.tmp")


def _fresh(target: Path, data: bytes) -> None:
    """Write a file that is not there yet; FileExistsError if it is."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name(draft: Path, target: Path, data: bytes) -> None:
    """Give a draft its name, if that is free; where a file cannot have two names for a moment, write it there."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _fresh(target, data)


def names(root: Path, folder: str) -> list[str]:
    """Return the names of the files in a folder of a vault; none if it does not exist."""
    try:
        return sorted(entry.name for entry in (root / on_disk(root, folder)).iterdir())
    except OSError:
        return []


def folders(root: Path) -> list[str]:
    """Return the names of the folders at the top of a vault."""
    return [name for name in names(root, "") if (root / name).is_dir()]


def age(root: Path, path: str, now: float) -> float:
    """Return the number of seconds since a file's last change; 0 if it is unknown.

    A change far ahead of our clock was made by another one long enough ago to have been synced.
    """
    try:
        return abs(now - (root / on_disk(root, path)).stat().st_mtime)
    except OSError:
        return 0.0


def write_out(target: Path, chunks: Iterable[str], root: Path, marks: Iterable[str], *, force: bool = False) -> None:
    """Write a file that the user named, atomically; TakenError if there is one that vault-tools did not write.

    With `force` it is replaced, unless it is in the vault `root`, or is no file (a device, a pipe). An
    empty file outside the vault is replaced too: there is nothing in it to lose. A note or canvas of the vault, even a
    report page, is never replaced or created: NoteTakenError.
    """
    real = target.resolve()
    untouched.check(real)
    if real.is_relative_to(root) and is_note(real.name):
        raise NoteTakenError(str(target), is_there=real.exists())
    if real.exists():
        outside = real.is_file() and not real.is_relative_to(root)
        free = outside and (force or real.stat().st_size == 0)
        if not free and not (real.is_file() and is_ours(real.parent, real.name, marks)):
            raise TakenError(str(target), may_force=outside)
    try:
        _replace(real, (chunk.encode("utf-8", "replace") for chunk in chunks))
    except OSError as error:
        raise _at(target, error) from None


def _replace(target: Path, chunks: Iterable[bytes]) -> None:
    """Write beside the target, then take its place: there is never half a file."""
    draft = _draft(target)
    mode = stat.S_IMODE(target.stat().st_mode) & 0o777 if target.exists() else None
    # Nobody who may not read the target may read this file, not even for a moment.
    handle = os.open(
        draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666 if mode is None else 0o600
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


# ---------------------------------------------------------------- changing a user's note

Amended = Literal["written", "unchanged", "changed-meanwhile", "left-as-undone", "refused"]
"""What became of a note that was to be changed."""


def amend(root: Path, path: str, digest: str, text: str, by: str = "report", undoes: str = "") -> Amended:
    """Change a user's note in place, if it is still the one that was read.

    Its file, mode and byte order mark stay; what it was is kept first (see `journal`), so that no crash loses it, and
    a write that was cut short can be recognised and healed (see `heal`). Nothing that somebody types is lost: on Linux
    nobody has the file open while it is compared and written, and who opens it waits for some microseconds (see
    `lease`). Elsewhere, and on file systems that cannot do this, it is read again right before one single write: what
    another program saves between these two, and only there, is overwritten, and is in no image.

    Args:
        root: The vault's real folder.
        path: The note's vault path.
        digest: Digest of the bytes that were read.
        text: What the note is to say, with its own line ends.
        by: What changes it, in a word: `report`, `inject`, `watch` …
        undoes: The name of the change that this one takes back, at its writer's word. The note stays as it is then:
            nothing else may change it until it is another one.

    Returns:
        `unchanged` where it says that already; `changed-meanwhile` where the file is another one now, or gone, or open
        in another program; `left-as-undone` where an undo left it as it is; `refused` where it is no regular, visible
        file of the vault, not UTF-8, or in iCloud too.

    Raises:
        NotAmendedError: The file may not be written, or the disk takes no more; the note is as it was.
        StateError: There can be no journal; the note is as it was.
        SpoiledNoteError: The disk failed while it was written; its image is named.
    """
    data = text.encode("utf-8", "replace")
    if digest_of(data) == digest:
        return "unchanged"
    path = on_disk(root, path)
    change = Change("", path, digest, digest_of(data), 0, by, undoes)
    untouched.check(root / path)
    try:
        target = (root / path).resolve(strict=True)
        if not _is_amendable(root, path, target):
            return "refused"
        with journal.locked(root), target.open("r+b", buffering=0) as file:
            return _amend(file, root, target.relative_to(root).as_posix(), change, data)
    except FileNotFoundError:
        return "changed-meanwhile"
    except (OSError, RuntimeError) as error:
        raise NotAmendedError(path, reason(error)) from error


def is_left_as_undone(root: Path, path: str, digest: str) -> bool:
    """Tell whether a note with this digest is as an undo left it, so that `amend` does not change it."""
    try:
        real = (root / on_disk(root, path)).resolve().relative_to(root).as_posix()
    except (OSError, RuntimeError, ValueError):
        return False
    return journal.is_left(root, real, digest)


def _is_amendable(root: Path, path: str, target: Path) -> bool:
    """Tell whether a path leads to a regular, visible file of the vault that no sync service has taken elsewhere."""
    if is_hidden(path) or not target.is_relative_to(root) or is_hidden(target.relative_to(root).as_posix()):
        return False
    away = (target.with_name(f".{target.name}.icloud"), (root / path).with_name(f".{Path(path).name}.icloud"))
    return stat.S_ISREG(target.stat().st_mode) and not any(os.path.lexists(name) for name in away)


def _amend(file: FileIO, root: Path, real: str, change: Change, data: bytes) -> Amended:
    """Change an open file: what it holds is compared, then kept elsewhere, then overwritten."""
    old = file.read()
    if digest_of(old) != change.before:
        return "changed-meanwhile"
    if not _is_utf8(old):
        return "refused"
    if change.undoes:
        journal.leave(root, real, change.after)
    elif journal.is_left(root, real, change.before):
        return "left-as-undone"
    change = journal.keep(root, change, old, data)
    try:
        state = _write_over(file, f"{root}/{change.path}", old, data, journal.image_of(root, change))
    except OSError:
        journal.discard(root, change)
        raise
    if state == "written":
        journal.finish(root, change)
    else:
        journal.discard(root, change)
    if (state == "written") != bool(change.undoes):
        journal.leave_no_more(root, real)
    return state


def put_back(root: Path, path: str, held: bytes, old: bytes, image: Path) -> Amended:
    """Write a note as it was over one that is torn; see `amend`, but nothing is kept of it."""
    path = on_disk(root, path)
    untouched.check(root / path)
    try:
        target = (root / path).resolve(strict=True)
        if not _is_amendable(root, path, target):
            return "refused"
        with target.open("r+b", buffering=0) as file:
            return _write_over(file, f"{root}/{path}", held, old, image)
    except FileNotFoundError:
        return "changed-meanwhile"
    except (OSError, RuntimeError) as error:
        raise NotAmendedError(path, reason(error)) from error


def _write_over(file: FileIO, path: str, old: bytes, data: bytes, image: Path) -> Amended:
    """Write `data` over `old`, if the open file holds that, is at its path, and is open nowhere else."""
    with lease.held(file.fileno()) as hold:
        if hold == "busy" or not _is_still(file, path, old):
            return "changed-meanwhile"
        if hold == "held" and lease.is_lost(file.fileno()):
            return "changed-meanwhile"
        try:
            _overwrite(file, data)
        except BaseException:
            _put_back(file, path, old, image)
            raise
    try:
        os.fsync(file.fileno())  # what the others read is whole by now, so they need not wait for the disk
    except OSError as error:
        raise SpoiledNoteError(path, image) from error
    # Who saved by another file in this one's place has won: nobody will see what we wrote, unless it has other names.
    return "written" if os.fstat(file.fileno()).st_nlink else "changed-meanwhile"


def _is_still(file: FileIO, path: str, old: bytes) -> bool:
    """Tell whether an open file has the same contents and the same path; opening it again would end the lease."""
    file.seek(0)
    return lease.is_there(file.fileno(), path) and file.read() == old


def _put_back(file: FileIO, path: str, old: bytes, image: Path) -> None:
    try:
        _overwrite(file, old)
        os.fsync(file.fileno())
    except OSError as error:
        raise SpoiledNoteError(path, image) from error


def _overwrite(file: FileIO, data: bytes) -> None:
    """Write a file again, in place; if it is cut short anywhere, it is torn in a way that `heal` knows."""
    file.seek(0)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    file.truncate(len(data))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def text_of(root: Path, path: str) -> str | None:
    """Return a file's text (Obsidian's settings, say), read as Obsidian does; None if it cannot be read."""
    try:
        return _one_line_end(_plain_bytes(root / on_disk(root, path)).decode("utf-8-sig", "replace"))
    except (OSError, ValueError):
        return None


def settings_of(root: Path, path: str) -> str:
    """Return the text of our settings, "" where there is none; SettingsError where it cannot be read."""
    try:
        return _one_line_end(_plain_bytes(root / path, _LARGEST_SETTINGS).decode("utf-8-sig"))
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(say("settings.not-utf8", where=str(root / path))) from None
    except OSError as error:
        raise SettingsError(say("settings.unreadable", where=str(root / path), reason=reason(error))) from None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain_bytes(path: Path, most: int = _LARGEST_TEXT) -> bytes:
    """Read a whole file. Anything else, such as a pipe, and a file that is too large is an OSError; never blocks."""
    with open(path, "rb", opener=_at_once) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(errno.EINVAL, say("system.not-file"))
        if status.st_size > most:
            raise RefusedError(errno.EFBIG, say("system.too-large"))
        return file.read()


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def settings_folders(root: Path) -> list[str]:
    """Return the folders of a vault that hold Obsidian's settings, the first choice first; it may have been renamed."""
    if (root / ".obsidian").is_dir():
        return [".obsidian"]
    try:
        hidden = sorted(entry.name for entry in root.iterdir() if entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in hidden if _has_settings(root / name)]


def _has_settings(folder: Path) -> bool:
    beside = ("workspace.json", "core-plugins.json")
    return (folder / "app.json").is_file() and any((folder / name).is_file() for name in beside)


def vaults_above(start: Path) -> Iterator[Path]:
    """Yield the folders upwards from `start` that are vaults, by the settings in them, the nearest first."""
    for folder in (start, *start.parents):
        if settings_folders(folder):
            yield folder
