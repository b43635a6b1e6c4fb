"""The daemon is never deaf without saying so: what it cannot hear of, it walks, and it says which limit to raise."""

# ruff: noqa: D103  (a test is named for what it holds)

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.beside import PATIENCE, Beside, beside
from shared.vaults import MakeVault, Run, pages, write

from vault_tools.model.speech import format_english
from vault_tools.store import heard
from vault_tools.store.doorbell import Doorbell
from vault_tools.store.heard import remedy, unheard

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux watches each folder by itself")
Limited = Callable[..., tuple[str, ...]]
CHANGES = st.lists(
    st.tuples(st.sampled_from(["make", "move", "drop", "link", "note"]), st.integers(0, 30), st.integers(0, 30)),
    max_size=25,
)


@pytest.fixture
def limited() -> Limited:
    """Return what a command is begun with so that it has limits of its own: `limited(watches=3)`."""

    def within(**limits: int) -> tuple[str, ...]:
        sets = "".join(f"echo {value} > /proc/sys/user/max_inotify_{name}; " for name, value in limits.items())
        return ("unshare", "-Ur", "sh", "-c", f'set -e; {sets}exec "$@"', "sh")

    if shutil.which("unshare") is None or _fails([*within(watches=3), "true"]):
        pytest.skip("this system lets nobody make a user namespace with limits of its own")
    return within


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def change(root: Path, what: str, one: int, other: int) -> None:
    """Make, move or drop a folder of a tree, hidden ones too."""
    known = sorted(path for path in root.rglob("*") if path.is_dir() and not path.is_symlink())
    here = ([root, *known])[one % (len(known) + 1)]
    there = ([root, *known])[other % (len(known) + 1)]
    name = f".{one}" if one % 5 == 0 else f"f{one} ü"
    if what == "make":
        (here / name / "sub").mkdir(parents=True, exist_ok=True)
    elif what == "move" and here != root and not there.is_relative_to(here) and not (there / here.name).exists():
        here.rename(there / here.name)
    elif what == "drop" and here != root:
        shutil.rmtree(here)
    elif what == "link" and not (here / "link").exists():
        (here / "link").symlink_to(root.parent)
    elif what == "note":
        (here / "n.md").write_text("x")


# ---------------------------------------------------------------- what is heard


@linux
@given(CHANGES, CHANGES)
@settings(max_examples=8)
@pytest.mark.filterwarnings("ignore:Callback with id")  # of watchdog 7, where a folder came while its like was moved
def test_a_daemon_that_hears_all_folders_is_not_called_deaf(
    before: list[tuple[str, int, int]], after: list[tuple[str, int, int]]
) -> None:
    """Where the library lost track of folders that came and went fast, one that begins anew hears them all."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "v"
        (root / ".obsidian").mkdir(parents=True)
        for each in before:
            change(root, *each)
        bell = Doorbell(root, quiet=0.05)
        assert bell.deaf() == {}
        for each in after:
            change(root, *each)
        lost = bell.deaf()
        bell.close()
        if lost:
            bell = Doorbell(root, quiet=0.05)
            lost = bell.deaf()
            bell.close()
        assert lost == {}


@linux
@given(st.sets(st.integers(0, 11), max_size=4), st.integers(0, 3))
@settings(max_examples=15)
def test_every_folder_whose_watch_is_gone_is_named_whatever_else_is_watched(lost: set[int], strays: int) -> None:
    """Watches of folders that were moved away do not make up for it."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "v"
        for number in range(12):
            (root / f"{'.' * (number % 3 == 0)}{number}").mkdir(parents=True)
        for number in range(strays):
            (root / f"stray {number}").mkdir()
        bell = Doorbell(root, quiet=0.01)
        try:
            for number in range(strays):
                (root / f"stray {number}").rename(Path(place) / f"stray {number}")
            expected = {os.fspath(root / f"{'.' * (number % 3 == 0)}{number}") for number in lost}
            for path in expected:
                _unwatch(Path(path).stat().st_ino)
            assert bell.deaf().keys() == expected
        finally:
            bell.close()


def _unwatch(inode: int) -> None:
    """Take the watch of a folder away, behind the back of who set it."""
    libc = ctypes.CDLL(None)
    for told in list(Path("/proc/self/fdinfo").iterdir()):
        try:
            lines = told.read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith("inotify") and int(line.split()[2].removeprefix("ino:"), 16) == inode:
                libc.inotify_rm_watch(int(told.name), int(line.split()[1].removeprefix("wd:"), 16))


@linux
def test_watches_with_unusual_numbers_are_counted(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on some layered file systems."""
    root = os.fspath(vault({"A/a.md": "", "B/b.md": ""}))
    monkeypatch.setattr(heard, "_held", lambda: Counter({7: 1, 8: 1, 9: 1, 10: 1}))
    assert unheard(root) == {}
    monkeypatch.setattr(heard, "_held", lambda: Counter({7: 1, 8: 1, 9: 1}))
    assert len(unheard(root)) == 4


def test_a_system_that_does_not_show_watches_calls_no_folder_deaf(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "_PROCESS", Path("/nowhere"))
    assert unheard(os.fspath(vault({"A/a.md": ""}))) == {}


# ---------------------------------------------------------------- which limit


@pytest.mark.parametrize(
    ("error", "limits", "said"),
    [
        (errno.ENOSPC, {"fs/inotify/max_user_watches": 9}, "raise fs.inotify.max_user_watches (now 9)"),
        (
            errno.ENOSPC,
            {"fs/inotify/max_user_watches": 9, "user/max_inotify_watches": 9},
            "raise fs.inotify.max_user_watches (now 9)",
        ),
        (
            errno.ENOSPC,
            {"fs/inotify/max_user_watches": 9, "user/max_inotify_watches": 3},
            "raise user.max_inotify_watches (now 3)",
        ),
        (
            errno.ENOSPC,
            {"fs/inotify/max_user_watches": 9, "user/max_inotify_watches": 2147483647},
            "raise fs.inotify.max_user_watches (now 9)",
        ),
        (
            errno.EMFILE,
            {"fs/inotify/max_user_instances": 128, "user/max_inotify_instances": 0},
            "raise user.max_inotify_instances (now 0)",
        ),
        (errno.EMFILE, {"fs/inotify/max_user_instances": 1}, "raise fs.inotify.max_user_instances (now 1)"),
        (errno.ENFILE, {"fs/file-max": 5}, "raise fs.file-max (now 5)"),
        (errno.ENOSPC, {}, "raise fs.inotify.max_user_watches"),
        (errno.ENOMEM, {}, ""),
    ],
)
def test_the_daemon_names_the_limit_that_was_reached(
    error: int, limits: dict[str, int], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {name: f"{value}\n" for name, value in limits.items()})
    monkeypatch.setattr(heard, "_SYSTEM", tmp_path)
    found = remedy(error)
    assert (format_english(found) if found else "") == said


@linux
def test_too_many_open_files_are_not_reported_as_a_limit_of_watches() -> None:
    script = (
        "import errno, os, resource\n"
        "from vault_tools.store.heard import remedy\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))\n"
        "held = []\n"
        "try:\n"
        "    while True: held.append(os.open(os.devnull, os.O_RDONLY))\n"
        "except OSError: pass\n"
        "print(remedy(errno.EMFILE).id)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == "daemon.raise-open-files\n"


# ---------------------------------------------------------------- a daemon at a real limit

FOLDERS = {f"Folder {letter}/Deep/{letter}.md": f"[[{letter}]]\n" for letter in "ABCDE"}
"""Twelve folders, with the vault's own and Obsidian's."""


def follows(daemon: Beside, path: str, word: str) -> None:
    """Hold that a note is noticed long before the walk that is due every five minutes."""
    write(daemon.root, {path: f"[[{word}]]\n"})
    daemon.wait_for(lambda: word in pages(daemon.root)["Gaps.md"].decode(), f"{word} is noticed", PATIENCE / 2)


def told(daemon: Beside, run: Run, *words: str) -> None:
    """Hold that status and log say why the vault is walked."""
    daemon.wait_for(lambda: daemon.status and daemon.status.polls, "it says that it walks", PATIENCE / 2)
    assert daemon.status is not None
    status = run("status", daemon.root).stdout
    for word in words:
        assert word in daemon.status.polls
        assert word in status
        assert word in daemon.log


@linux
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"watches": 3}, ("raise user.max_inotify_watches (now 3)",)),
        ({"instances": 0}, ("raise user.max_inotify_instances (now 0)",)),
        pytest.param({"watches": 0}, ("raise user.max_inotify_watches (now 0)",), marks=pytest.mark.slow),
        pytest.param({"watches": 11}, ("raise user.max_inotify_watches (now 11)",), marks=pytest.mark.slow),
    ],
)
def test_at_a_limit_of_watches_the_daemon_walks_from_the_start_and_names_the_limit(
    limits: dict[str, int], words: tuple[str, ...], vault: MakeVault, tmp_path: Path, limited: Limited, run: Run
) -> None:
    within = limited(**limits)
    with beside(vault(FOLDERS), tmp_path, within=within) as daemon:
        told(daemon, run, *words, "restart vault-tools")
        follows(daemon, "Folder E/Deep/new.md", "noticed")


@linux
def test_new_folders_without_a_watch_make_the_daemon_walk(
    vault: MakeVault, tmp_path: Path, limited: Limited, run: Run
) -> None:
    within = limited(watches=15)
    with beside(vault(FOLDERS), tmp_path, within=within) as daemon:
        daemon.rest()
        assert daemon.status is not None
        assert daemon.status.polls == ""
        write(daemon.root, {f"Later {number}/Deep/{number}.md": "" for number in range(4)})
        told(daemon, run, "raise user.max_inotify_watches (now 15)")
        follows(daemon, "Later 3/Deep/new.md", "noticed")


@linux
def test_the_daemon_listens_if_there_are_just_enough_watches(
    vault: MakeVault, tmp_path: Path, limited: Limited
) -> None:
    root = vault({**FOLDERS, "_vault-tools/mine.txt": ""})
    within = limited(watches=sum(path.is_dir() for path in root.rglob("*")) + 1)
    with beside(root, tmp_path, within=within) as daemon:
        follows(daemon, "Folder E/Deep/new.md", "noticed")
        shutil.move(root / "Folder A", root / "Folder B" / "moved")
        follows(daemon, "Folder B/moved/Deep/new.md", "moved along")
        assert daemon.status is not None
        assert daemon.status.polls == ""
