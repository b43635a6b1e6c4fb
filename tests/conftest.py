"""Vaults to try things on, the cases of Obsidian's behaviour, and a cache that is nobody's."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from vault_tools.cli import main
from vault_tools.model.note import Note, Source
from vault_tools.model.speech import english
from vault_tools.model.text import say
from vault_tools.parse import canvas, note
from vault_tools.store import cache, state_folder

settings.register_profile("patient", deadline=None)  # a busy machine breaks no law
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--rewrite`: write down what the commands of `tests/commands/` print now."""
    parser.addoption("--rewrite", action="store_true", help="write what commands print into tests/commands/")


FAULT = english(say("screen.fault")).partition("(")[0]
"""What the screen says of an error that nobody foresaw, up to its kind: no command may say it."""

Files = Mapping[str, str | bytes]
MakeVault = Callable[[Files], Path]
Run = Callable[..., Result]


CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "obsidian" / "cases.jsonl").read_text("utf-8").splitlines()
]
"""What Obsidian makes of some hundred small vaults."""


def parsed(files: Mapping[str, str], *, fast: bool = True) -> Iterator[Note]:
    """Parse the notes and canvases among files that are held in memory."""
    for path, text in files.items():
        if path.endswith(".md"):
            yield note.parse(Source(path, text, ""), fast=fast)
        elif path.endswith(".canvas"):
            yield canvas.parse(Source(path, text, ""))


def write(root: Path, files: Files) -> None:
    """Write files below a folder, bytes as they are and text as UTF-8."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def pages(root: Path, folder: str = "_vault-tools") -> dict[str, bytes]:
    """Return every file in the folder of our pages, by name."""
    return {path.name: path.read_bytes() for path in sorted((root / folder).iterdir()) if path.is_file()}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Send cache and journal of every test, and of every process it starts, to folders of their own."""
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
    """Make real vaults: `vault({"Note.md": "text"})` returns the folder of a new one named `v`."""
    made = iter(range(1000))

    def make(files: Files) -> Path:
        root = tmp_path / f"vault-{next(made)}" / "v"
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
