"""What is kept of notes outside the vault is for its user only, and a place that cannot hold it is told in a line."""

# ruff: noqa: D103  (a test is named for what it holds)

import io
import json
import logging
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shared.beside import beside
from shared.region_notes import NOTES, REGION
from shared.screen import FAULT
from shared.vaults import MakeVault, Run, pages

from vault_tools import words as catalogue
from vault_tools.daemon import log
from vault_tools.model.speech import english
from vault_tools.model.text import say
from vault_tools.store import cache, journal, private, watchers

POSIX = pytest.mark.skipif(os.name != "posix", reason="elsewhere, access lists say who may read")
EMPTY: dict[str, str | bytes] = {"Sources/New.md": "", "vault-tools.toml": '[folders]\nsource = "Sources"\n'}
QUIET = ("--quiet", "--today", "2024-05-02")


@pytest.fixture
def masked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run under a umask."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def every_command(run: Run, root: Path, out: Path) -> None:
    """Run all that may leave something outside the vault; none may stop."""
    os.utime(root / "Sources" / "New.md", (1, 1))
    for words, codes in COMMANDS.items():
        result = run(*[word.format(root=root, out=out) for word in words.split()])
        assert result.exit_code in codes, (words, result.output)


COMMANDS = {
    "report {root}": {0},
    "graph {root} --quiet": {0},
    "stats {root}": {0},
    "check {root}": {0, 1},
    "next {root}": {0, 1},
    "why Good --vault {root}": {0},
    "path Good Other --vault {root}": {0, 1},
    "export {root} --format json -o {out}": {0},
    "init {root} --dry-run": {0},
    "new source Book --vault {root}": {0, 2},
    "inject {root}": {0},
    "undo --list --vault {root}": {0, 1},
    "undo --vault {root}": {0, 1, 2},
    "status {root}": {1},
    "service status {root}": {0, 1, 2},
}


def loose(home: Path) -> dict[str, str]:
    """Return what lies outside the vault and is not for the user only, with its mode."""
    wanted = {
        path: private.FOLDER if path.is_dir() else private.FILE
        for place in ("cache", "xdg", "state", "home")
        for path in ((home / place), *(home / place).rglob("*"))
        if path.exists()
    }
    found = {path: stat.S_IMODE(path.lstat().st_mode) for path in wanted}
    assert len(found) > 5
    return {str(path): oct(mode) for path, mode in found.items() if mode != wanted[path]}


@POSIX
@pytest.mark.parametrize("masked", [0, 0o022, 0o077, 0o777], indirect=True, ids=oct)
@pytest.mark.usefixtures("masked")
def test_nothing_that_any_command_leaves_outside_the_vault_is_for_others(
    vault: MakeVault, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the umask; and what older versions left open is closed, down to the last image."""
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    before = os.umask(0o022)
    root = vault(NOTES | EMPTY)
    os.umask(before)
    if before == 0o777:  # under which nobody could write into the vault itself
        cache.Cache.open(root, cache.folder()).close()
        watchers.Status(str(root), 1, "x", "").tell(root)
        with watchers.claimed(root), journal.locked(root):
            journal.keep(root, journal.Change("", "A.md", "", "", 0), b"old", b"new")
    else:
        every_command(run, root, tmp_path / "out.json")
        with (
            watchers.claimed(root),
            log.opened(watchers.log_of(root), verbose=True, quiet=True, words=catalogue.words()) as told,
        ):
            told.info(say("log.stopped"))
            watchers.Status(str(root), 1, "x", "").tell(root)
    assert loose(tmp_path) == {}
    for place in ("cache", "state"):
        for path in (tmp_path / place, *(tmp_path / place).rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
    (tmp_path / "state").chmod(0o700)  # which is not ours, but whose the folder of all states is
    if before != 0o777:
        every_command(run, root, tmp_path / "out.json")
        with log.opened(watchers.log_of(root), verbose=True, quiet=True, words=catalogue.words()):
            assert loose(tmp_path) == {}


@POSIX
@pytest.mark.parametrize("masked", [0], indirect=True, ids=oct)
@pytest.mark.usefixtures("masked")
def test_nothing_that_the_daemon_leaves_is_for_others(vault: MakeVault, run: Run, tmp_path: Path) -> None:
    root = vault(NOTES)
    with beside(root, tmp_path) as daemon:
        daemon.wait_for(lambda: (root / "Topic.md").read_text() != REGION, "the region")
        daemon.rest()
        run("status", root)
        assert loose(tmp_path) == {}
    names = {path.suffix for path in (tmp_path / "state").rglob("*") if path.is_file()}
    assert names >= {".json", ".lock", ".log", ".note"}


@POSIX
def test_a_folder_that_the_user_chose_is_not_closed_to_others_only_the_files_in_it(
    vault: MakeVault, tmp_path: Path
) -> None:
    """It may hold more than ours."""
    from vault_tools import Vault

    mine = tmp_path / "mine"
    mine.mkdir()
    mine.chmod(0o755)
    Vault.open(vault(NOTES), cache=mine).close()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o755
    assert {stat.S_IMODE(file.stat().st_mode) for file in mine.iterdir()} == {0o600}


@POSIX
def test_the_log_stays_private_when_it_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 200)
    file = tmp_path / "log" / "watch.log"
    before = os.umask(0)
    with log.opened(file, verbose=False, quiet=True, words=catalogue.words()) as told:
        for number in range(40):
            told.info(say("log.changed", path=str(number)))
    os.umask(before)
    assert len(list(file.parent.iterdir())) == log.KEPT + 1
    assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}


@POSIX
def test_a_draft_of_a_private_page_is_private_from_its_first_byte(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(NOTES)
    run("report", root)
    for page in (root / "_vault-tools").iterdir():
        page.chmod(0o600)
    opened = os.open
    modes: list[int] = []

    def watched(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        handle = opened(path, flags, mode, **more)
        if ".vault-tools-" in str(path):
            modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return handle

    monkeypatch.setattr(os, "open", watched)
    (root / "Good.md").write_text("[[Newly missing]]\n")
    assert run("report", root).exit_code == 0
    assert set(modes) == {0o600}
    assert {stat.S_IMODE(page.stat().st_mode) for page in (root / "_vault-tools").iterdir()} == {0o600}


# ---------------------------------------------------------------- a place that cannot be used


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
def test_a_state_folder_that_cannot_be_used_is_told_with_a_remedy_each_time_and_stops_nothing_else(
    spoil: Callable[[Path], None], vault: MakeVault, run: Run
) -> None:
    """No note is changed, and none is said to have changed meanwhile; the pages are written all the same."""
    root = vault(NOTES | EMPTY | {"Second.md": REGION})
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    spoil(journal.folder())
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
        assert english(say("inject.changed-meanwhile")) not in result.output
    assert "so vault-tools cannot watch this vault, or tell whether it is already being watched. " in (
        run("watch", root).stderr
    )
    assert (root / "Sources" / "New.md").read_bytes() == b""


@POSIX
@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_a_cache_folder_that_cannot_be_used_is_told_with_a_remedy_and_stops_nothing(
    spoil: Callable[[Path], None], vault: MakeVault, run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(NOTES)
    run("report", root)
    right = pages(root)
    place = own_cache / "deep" / "vault-tools"
    monkeypatch.setattr(cache, "folder", lambda: place)
    monkeypatch.setattr("vault_tools.app.folder", lambda: place)
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
def test_a_log_that_cannot_be_kept_is_told_and_goes_to_the_screen(
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


# ---------------------------------------------------------------- damage in journal and state

JUNK = [b"", b"\0" * 600, b"\xff\xfe", b"[" * 100_000, b'{"vault": 1}', b'{"path": "../x"}\n', b"null\n", b"9" * 9_000]


@pytest.mark.parametrize("junk", [*JUNK, None], ids=[*map(str, range(len(JUNK))), "folder"])
def test_files_of_journal_and_state_that_are_damaged_stop_no_command(
    junk: bytes | None, vault: MakeVault, run: Run
) -> None:
    """They count as not there; what is left of an image is kept aside."""
    root = vault(NOTES | EMPTY)
    every_command(run, root, root.parent / "out.json")
    watchers.Status(str(root), 1, "x", "").tell(root.resolve())
    files = [path for path in journal.folder().rglob("*") if path.is_file()]
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
def test_bytes_that_flip_in_the_journal_undo_nothing_wrong(tries: int, vault: MakeVault, run: Run) -> None:
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


def test_an_image_of_the_first_version_is_undone_still(vault: MakeVault, run: Run) -> None:
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
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(vault: MakeVault, run: Run) -> None:
    root = vault(NOTES)
    run("report", root)
    watchers.Status(str(root), 1, "x", "").tell(root.resolve())
    for file in [path for path in journal.folder().rglob("*") if path.is_file()]:
        file.unlink()
        os.mkfifo(file)
    for name in ("vault-tools.toml", ".obsidian/app.json", ".obsidian/types.json"):
        os.mkfifo(root / name)
    for words in ("report", "undo --list --vault", "status"):
        assert len(run(*words.split(), root).stderr.strip().splitlines()) <= 1
    assert "vault-tools.toml cannot be read" in run("report", root).stderr


# ---------------------------------------------------------------- Python without docstrings and asserts

OPTIMISED = """
import json, sys
from click.testing import CliRunner
from vault_tools.cli import main
assert False, "asserts are off"
for words in json.loads(sys.argv[1]):
    result = CliRunner().invoke(main, words)
    print(json.dumps([words, result.exit_code, result.output[-300:]]))
"""


def test_every_command_works_where_python_throws_docstrings_and_asserts_away(vault: MakeVault, tmp_path: Path) -> None:
    """`PYTHONOPTIMIZE=2`."""
    root = vault(NOTES | EMPTY)
    words = [words.format(root=root, out=tmp_path / "out.json").split() for words in COMMANDS]
    words += [["--help"], *([name, "--help"] for name in ("report", "watch", "service", "undo", "export"))]
    ran = subprocess.run(
        [sys.executable, "-OO", "-c", OPTIMISED, json.dumps(words)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(told) == len(words)
    assert [each for each in told if each[1] > 1 and each[0][0] not in {"new", "service", "undo"}] == []
    assert FAULT not in ran.stdout
    assert "Traceback" not in ran.stdout
