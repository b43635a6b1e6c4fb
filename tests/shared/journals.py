"""Notes that we change, and what the journal keeps of them."""

import json
from pathlib import Path

from vault_tools.store import amending, contents, journal


def images(root: Path) -> list[tuple[dict[str, str], bytes]]:
    """Return what the journal holds of a vault: what is said of each change, and the bytes that were."""
    found = [file.read_bytes().partition(b"\n") for file in sorted(journal.place_of(root).glob("*"))]
    return [(json.loads(said), old) for said, _, old in found]


def amend(root: Path, path: str, text: str, old: bytes | None = None) -> amending.Amended:
    """Change a note as if it had been read with these bytes; those it has, if none are given."""
    return amending.amend(root, path, contents.digest_of((root / path).read_bytes() if old is None else old), text)
