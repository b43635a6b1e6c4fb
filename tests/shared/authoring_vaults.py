"""Vaults in which vault-tools writes notes at a fixed time: all files, and notes that nobody edits any more."""

import os
from datetime import UTC, datetime
from pathlib import Path

from vault_tools import Vault
from vault_tools.authoring import create

NOW = datetime(2024, 5, 6, 13, 5, 9, tzinfo=UTC)
LONG_AGO = 1_600_000_000


def files(root: Path) -> dict[str, bytes]:
    """Every file of a vault, by vault path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def settled(root: Path) -> Path:
    """A vault in which nobody wrote for long."""
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return root


def opened(root: Path) -> Vault:
    """A vault, read anew."""
    return Vault.open(root, cache=False)


def new(root: Path, word: str, title: str | None = None, now: datetime = NOW) -> tuple[str, str]:
    """A new note's path and text."""
    made = create.create(opened(root), word, title, now)
    return made.path, (root / made.path).read_bytes().decode()


TYPED: dict[str, str | bytes] = {
    "vault-tools.toml": '[folders]\nreflection = "R"\n[[rules]]\nfolder = "K"\ntype = "知识"\n',
    ".obsidian/daily-notes.json": '{"folder": "D"}',
}
