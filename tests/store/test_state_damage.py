"""Folders for cache, journal, state and log that cannot be used, and files in them that are damaged."""

# ruff: noqa: D103  (a test is named for what it holds)

import io
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.outside_commands import EMPTY, every_command
from shared.region_notes import NOTES, REGION
from shared.screen import FAULT
from shared.vaults import MakeVault, Run, pages

from vault_tools import words as catalogue
from vault_tools.daemon import log
from vault_tools.model.speech import format_english
from vault_tools.model.text import say
from vault_tools.store import cache, journal, state_folder, watchers

POSIX = pytest.mark.skipif(os.name != "posix", reason="elsewhere, access lists say who may read")


def _a_file(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("not a folder")


def _below_a_file(place: Path) -> None:
    _a_file(place.parent)


def _a_link_to_nowhere(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(place.parent / "no" / "where")


def _a_circle(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(place)


def _forbidden(place: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("who may do all is refused nothing")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.parent.chmod(0o500)


UNUSABLE = [_a_file, _below_a_file, _a_link_to_nowhere, _a_circle, _forbidden]
ON_THE_SIDE = ("stats", "check", "next", "why Good --vault", "graph -q", "export --format json")


@POSIX
@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_a_state_folder_that_cannot_be_used_is_reported_with_a_remedy_and_stops_no_page(
    spoil: Callable[[Path], None], vault: MakeVault, run: Run
) -> None:
    """No note is changed, and none is said to have changed meanwhile; the pages are written all the same."""
    root = vault(NOTES | EMPTY | {"Second.md": REGION})
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    spoil(state_folder.folder())
    for _ in range(2):
        result = run("report", root)
        assert result.exit_code == 2
        (line,) = result.stderr.strip().splitlines()
        assert "cannot be used" in line
        assert line.endswith(
            "), so no note was changed. Make sure that you can write there, "
            "or set XDG_STATE_HOME to a folder that you can write to."
        )
    assert pages(root)
    assert {path: path.read_bytes() for path in before} == before
    for words in ON_THE_SIDE:
        result = run(*words.split(), root)
        assert (result.exit_code in {0, 1}, result.stderr) == (True, ""), (words, result.output)
    os.utime(root / "Sources" / "New.md", (1, 1))
    for words in ("watch", "inject", "undo --vault", "undo --list --vault", "status"):
        result = run(*words.split(), root)
        assert len(result.stderr.strip().splitlines()) <= 1, (words, result.output)
        assert FAULT not in result.output
        assert format_english(say("inject.changed-meanwhile")) not in result.output
    assert "so vault-tools cannot watch this vault, or tell whether it is already being watched. " in (
        run("watch", root).stderr
    )
    assert (root / "Sources" / "New.md").read_bytes() == b""


@POSIX
@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_a_cache_folder_that_cannot_be_used_is_reported_with_a_remedy_and_stops_no_page(
    spoil: Callable[[Path], None], vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(NOTES)
    run("report", root)
    right = pages(root)
    place = own_cache / "deep" / "vault-tools"
    monkeypatch.setattr(cache, "folder", lambda: place)
    monkeypatch.setattr("vault_tools.reading.opening.folder", lambda: place)
    spoil(place)
    shutil.rmtree(root / "_vault-tools")
    result = run("report", root)
    assert result.exit_code == 0
    (line,) = result.stderr.strip().splitlines()
    assert line.endswith(
        "), so the next run reads every note again. Make sure that you can write there, "
        "or set XDG_CACHE_HOME to a folder that you can write to."
    )
    assert pages(root) == right
    assert run("report", root, "--quiet").stderr == run("report", root, "--no-cache").stderr == ""


@POSIX
@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_a_log_that_cannot_be_written_is_reported_and_goes_to_the_screen(
    spoil: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "logs" / "log"
    spoil(place)
    with log.opened(place / "watch.log", verbose=False, quiet=False, words=catalogue.words()) as told:
        told.info(say("log.stopped"))
    said = capsys.readouterr().err
    assert f"The log {place / 'watch.log'} cannot be written (" in said
    assert "). Make sure that you can write there." in said
    assert "stopped" in said


def test_a_log_on_a_full_disk_prints_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with log.opened(tmp_path / "watch.log", verbose=False, quiet=True, words=catalogue.words()) as told:
        (kept,) = [each for each in logging.getLogger(log.NAME).handlers if isinstance(each, log._Kept)]
        assert kept.stream is not None
        kept.stream.close()
        monkeypatch.setattr(kept, "stream", _Full())
        told.info(say("log.stopped"))
    assert "Traceback" not in capsys.readouterr().err


class _Full(io.StringIO):
    """A file on a disk that takes nothing more."""

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


JUNK = [b"", b"\0" * 600, b"\xff\xfe", b"[" * 100_000, b'{"vault": 1}', b'{"path": "../x"}\n', b"null\n", b"9" * 9_000]


@pytest.mark.parametrize("junk", [*JUNK, None], ids=[*map(str, range(len(JUNK))), "folder"])
def test_damaged_files_of_journal_and_state_stop_no_command(junk: bytes | None, vault: MakeVault, run: Run) -> None:
    """They count as not there; what is left of an image is kept aside."""
    root = vault(NOTES | EMPTY)
    every_command(run, root, root.parent / "out.json")
    watchers.Status(str(root), 1, "x", "").write_status(root.resolve())
    files = [path for path in state_folder.folder().rglob("*") if path.is_file()]
    assert len(files) > 3
    for file in files:
        file.unlink()
        if junk is None:
            file.mkdir()
        else:
            file.write_bytes(junk)
    (root / "Topic.md").write_text(f"again {REGION}")
    for words in ("report", "undo --list --vault", "undo --vault", "status", "inject"):
        result = run(*words.split(), root)
        assert FAULT not in result.output, (words, result.output)
        assert len(result.stderr.strip().splitlines()) <= 1, (words, result.output)


@pytest.mark.parametrize("tries", [60, pytest.param(1_000, marks=pytest.mark.slow)])
def test_flipped_bytes_in_the_journal_restore_no_wrong_text(tries: int, vault: MakeVault, run: Run) -> None:
    """A note is put back as it was, or left as it is; nothing third."""
    import random

    root, chance = vault({"Topic.md": REGION, "Good.md": "[[Gone]]\n"}), random.Random(tries)
    run("report", root)
    after = (root / "Topic.md").read_bytes()
    (image,) = journal.place_of(root.resolve()).glob("*.note")
    whole = image.read_bytes()
    undone = 0
    for _ in range(tries):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        for other in image.parent.iterdir():
            other.unlink()
        image.write_bytes(damaged)
        result = run("undo", "--vault", root)
        assert FAULT not in result.output, result.output
        found = (root / "Topic.md").read_bytes()
        assert found in (after, REGION.encode()), (damaged, found)
        undone += found != after
        assert len([path for path in root.rglob("*.md") if "_vault-tools" not in path.parts]) == 2
        (root / "Topic.md").write_bytes(after)
    assert undone < tries / 20  # none but where a flip says the same


def test_a_change_recorded_by_the_first_version_can_be_undone(vault: MakeVault, run: Run) -> None:
    """It has no checksum."""
    root = vault({"Topic.md": REGION})
    run("report", root)
    (image,) = journal.place_of(root.resolve()).glob("*.note")
    line, _, old = image.read_bytes().partition(b"\n")
    said = json.loads(line)
    del said["sum"]
    image.write_bytes(json.dumps(said).encode() + b"\n" + old)
    assert run("undo", "--vault", root).exit_code == 0
    assert (root / "Topic.md").read_text() == REGION


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system there")
def test_a_pipe_in_the_place_of_a_state_file_blocks_no_command(vault: MakeVault, run: Run) -> None:
    root = vault(NOTES)
    run("report", root)
    watchers.Status(str(root), 1, "x", "").write_status(root.resolve())
    for file in [path for path in state_folder.folder().rglob("*") if path.is_file()]:
        file.unlink()
        os.mkfifo(file)
    for name in ("vault-tools.toml", ".obsidian/app.json", ".obsidian/types.json"):
        os.mkfifo(root / name)
    for words in ("report", "undo --list --vault", "status"):
        assert len(run(*words.split(), root).stderr.strip().splitlines()) <= 1
    assert "vault-tools.toml cannot be read" in run("report", root).stderr
