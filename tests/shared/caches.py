"""Vaults with an old cache, a fresh one or none, and which notes are parsed."""

import os
import shutil
from pathlib import Path

import pytest
from shared.vaults import pages

from vault_tools import Vault
from vault_tools.model.note import Note, Source
from vault_tools.reading import survey

LONG_AGO = 1_600_000_000


def old(root: Path) -> None:
    """Make every file old enough for its stamp to be trusted."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


def fresh(root: Path) -> dict[str, bytes]:
    """Return the pages of a copy of a vault, made without a cache; the map goes along, as its places are kept in it."""
    copy = root.parent / "fresh" / root.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(root, copy)
    for page in copy.glob("_vault-tools/*"):
        if page.name != "graph.html":
            page.unlink()
    Vault.open(copy, cache=False).report()
    return pages(copy)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the path of every note that is parsed."""
    parsed: list[str] = []
    parse = survey._parse

    def note(source: Source) -> Note:
        parsed.append(source.path)
        return parse(source)

    monkeypatch.setattr(survey, "_parse", note)
    return parsed


def database(place: Path) -> Path:
    """Return the one file of the cache."""
    (found,) = place.rglob("*.sqlite")
    return found
