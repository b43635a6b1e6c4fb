"""What is kept of notes outside the vault is for its user only, and a place that cannot hold it is told in a line."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared.beside import beside
from shared.outside_commands import COMMANDS, EMPTY, every_command
from shared.region_notes import NOTES, REGION
from shared.screen import FAULT
from shared.vaults import MakeVault, Run

from vault_tools import words as catalogue
from vault_tools.daemon import log
from vault_tools.model.text import say
from vault_tools.store import cache, journal, private, watchers

POSIX = pytest.mark.skipif(os.name != "posix", reason="elsewhere, access lists say who may read")


@pytest.fixture
def masked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run under a umask."""
    before = os.umask(request.param)
    yield
    os.umask(before)


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
def test_others_cannot_read_what_any_command_leaves_outside_the_vault(
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
        watchers.Status(str(root), 1, "x", "").write_status(root)
        with watchers.claimed(root), journal.locked(root):
            journal.keep(root, journal.Change("", "A.md", "", "", 0), b"old", b"new")
    else:
        every_command(run, root, tmp_path / "out.json")
        with (
            watchers.claimed(root),
            log.opened(watchers.log_of(root), verbose=True, quiet=True, words=catalogue.words()) as told,
        ):
            told.info(say("log.stopped"))
            watchers.Status(str(root), 1, "x", "").write_status(root)
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
def test_others_cannot_read_what_the_daemon_leaves_outside_the_vault(
    vault: MakeVault, run: Run, tmp_path: Path
) -> None:
    root = vault(NOTES)
    with beside(root, tmp_path) as daemon:
        daemon.wait_for(lambda: (root / "Topic.md").read_text() != REGION, "the region")
        daemon.rest()
        run("status", root)
        assert loose(tmp_path) == {}
    names = {path.suffix for path in (tmp_path / "state").rglob("*") if path.is_file()}
    assert names >= {".json", ".lock", ".log", ".note"}


@POSIX
def test_only_our_files_in_a_folder_that_the_user_chose_are_private(vault: MakeVault, tmp_path: Path) -> None:
    """It may hold more than ours."""
    from vault_tools import Vault

    mine = tmp_path / "mine"
    mine.mkdir()
    mine.chmod(0o755)
    Vault.open(vault(NOTES), cache=mine).close()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o755
    assert {stat.S_IMODE(file.stat().st_mode) for file in mine.iterdir()} == {0o600}


@POSIX
def test_the_log_stays_private_when_a_new_one_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
