"""Which files vault-tools exported in a format that has no place for a mark: their digests, in the state folder.

Such a file may be replaced by a later export, but only as long as nobody has changed it.
"""

from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from vault_tools.errors import VaultToolsError
from vault_tools.store import private, state_folder, untouched
from vault_tools.store.naming import name_of


def remember(target: Path, digest: str) -> None:
    """Remember the SHA-256 of an export, in hexadecimal digits.

    If the state folder cannot be used, nothing is remembered. Then only `--force` replaces the export.
    """
    place = _place(target)
    with suppress(OSError, VaultToolsError):
        untouched.check(place)
        private.folder(place.parent, state_folder.folder())
        private.replace(place, digest.encode())


def is_unchanged(target: Path) -> bool:
    """Tell whether a file is an export that was remembered, byte for byte."""
    try:
        return private.read(_place(target)) == _digest_of(target)
    except OSError:
        return False


def _digest_of(target: Path) -> bytes:
    with target.open("rb") as file:
        return file_digest(file, "sha256").hexdigest().encode()


def _place(target: Path) -> Path:
    return state_folder.folder() / "exports" / name_of(target)
