"""What a vault is called in the user's own folders, where its cache, its journal and its daemon's lock are."""

import os
import sys
import unicodedata
from hashlib import blake2b
from pathlib import Path


def name_of(root: Path) -> str:
    """Return the name for what is kept of the vault in a folder: 20 hexadecimal digits."""
    return blake2b(key_of(root), digest_size=10).hexdigest()


def key_of(root: Path) -> bytes:
    """Return a folder's path as the system compares it.

    On macOS and Windows, one folder can be spelled in several ways, and macOS returns a path as it was typed. All
    spellings have one key. On a disk that distinguishes capitals, two folders that differ only in capitals share it.
    """
    path = os.fspath(root)
    return os.fsencode(unicodedata.normalize("NFC", path).lower() if sys.platform in ("darwin", "win32") else path)
