"""Writing our own files: pages, new notes and exports, but never over a file that somebody else wrote."""

import errno
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from vault_tools.dialect.filenames import is_hidden
from vault_tools.errors import (
    NoteTakenError,
    NotOursError,
    NotWrittenError,
    OutsideVaultError,
    TakenError,
    VaultToolsError,
    reason,
)
from vault_tools.model.change import Page
from vault_tools.store import drafts, exported, untouched
from vault_tools.store.entries import is_note
from vault_tools.store.marks import is_ours
from vault_tools.store.places import stay
from vault_tools.store.spelling import on_disk

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""Errors that the next page would run into as well."""


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
    _check_ours(root, target, page.path, marks)
    data = page.text.encode("utf-8")
    if _holds(target, data):
        return False
    try:
        _make_folders(root, on_disk(root, page.path))
        drafts.replace(target, [data])
    except OSError as error:
        stay(root)
        if error.errno in _OF_THE_DISK:
            raise drafts.error_at(target, error) from None
        raise NotWrittenError(page.path, reason(error)) from error
    return True


def _check_ours(root: Path, target: Path, path: str, marks: Iterable[str]) -> None:
    """Refuse to write a page outside the vault, or over a file that is not ours."""
    if not target.resolve().is_relative_to(root):
        raise NotOursError(path)
    if is_ours(root, path, marks) is False:
        raise _refusal(target, path)


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


def _holds(target: Path, data: bytes) -> bool:
    """Tell whether a file holds exactly these bytes."""
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _make_folders(root: Path, path: str) -> None:
    """Make the folders of a vault above a file, but never the vault's own."""
    stay(root)
    folder = root
    for name in Path(path).parts[:-1]:
        folder /= name
        folder.mkdir(exist_ok=True)


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
    return drafts.create(target, text.encode("utf-8"))


def write_out(target: Path, chunks: Iterable[str], root: Path, marks: Iterable[str], *, force: bool = False) -> None:
    """Write a file that the user named, atomically; TakenError if there is one that vault-tools did not write.

    With `force` it is replaced, unless it is in the vault `root`, or is no file (a device, a pipe). An
    empty file outside the vault is replaced too: there is nothing in it to lose. A note or canvas of the vault, even a
    report page, is never replaced or created: NoteTakenError. What has no mark is remembered (`exported`), and a later
    export replaces it if it has not changed since.
    """
    real = target.resolve()
    untouched.check(real)
    if real.is_relative_to(root) and is_note(real.name):
        raise NoteTakenError(str(target), is_there=real.exists())
    digest = sha256()

    def data() -> Iterator[bytes]:
        _check_replaceable(target, real, root, marks, force=force)
        for chunk in chunks:
            part = chunk.encode("utf-8", "replace")
            digest.update(part)
            yield part
        _check_replaceable(target, real, root, marks, force=force)  # to write takes a while; it may have changed since

    try:
        drafts.replace(real, data())
    except OSError as error:
        raise drafts.error_at(target, error) from None
    if not is_ours(real.parent, real.name, marks):
        exported.remember(real, digest.hexdigest())


def _check_replaceable(target: Path, real: Path, root: Path, marks: Iterable[str], *, force: bool) -> None:
    """Refuse to replace a file that neither is ours, nor may be lost."""
    if not real.exists():
        return
    is_file = real.is_file()
    may_force = is_file and not real.is_relative_to(root)
    if may_force and (force or real.stat().st_size == 0):
        return
    if not (is_file and (is_ours(real.parent, real.name, marks) or exported.is_unchanged(real))):
        raise TakenError(str(target), may_force=may_force)
