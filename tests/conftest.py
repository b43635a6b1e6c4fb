"""Fixtures for all tests: a vault on the disk, the command line, and folders of its own for each test."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from shared.vaults import Files, MakeVault, Run, write

from vault_tools.cli import main
from vault_tools.store import cache, state_folder

settings.register_profile("patient", deadline=None)  # a slow machine breaks no law
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite`, which writes what the commands of `tests/commands/` print now into these files."""
    parser.addoption("--rewrite", action="store_true", help="write what commands print into tests/commands/")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test, and each process that it starts, its own folders for cache and journal."""
    place = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "xdg"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # the screen is in English
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(state_folder, "folder", lambda: tmp_path / "state" / "vault-tools")
    monkeypatch.setattr(cache, "folder", lambda: place)
    monkeypatch.setattr("vault_tools.reading.opening.folder", lambda: place)
    return place


@pytest.fixture
def vault(tmp_path: Path) -> MakeVault:
    """Make vaults on the disk: `vault({"Note.md": "text"})` returns the folder of a new one, which is called `v`."""
    numbers = iter(range(1000))

    def make(files: Files) -> Path:
        root = tmp_path / f"vault-{next(numbers)}" / "v"
        (root / ".obsidian").mkdir(parents=True)
        write(root, files)
        return root

    return make


@pytest.fixture
def run() -> Iterator[Run]:
    """Run the command line in this process: `run("report", vault)`."""

    def call(*args: str | Path, **options: bool) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], **options)  # type: ignore[arg-type]

    yield call
    gc.enable()
