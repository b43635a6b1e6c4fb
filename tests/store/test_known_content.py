"""Content is known by size, times and number of its file, and by its bytes where any of these is young."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.beside import agrees, beside
from shared.caches import counted, fresh
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.model import change
from vault_tools.model.change import Stamp
from vault_tools.store import contents, walking

LONG_AGO = 1_600_000_000
HOUR = 3_600_000_000_000
ONE, TWO = "[[One]]\n", "[[Two]]\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there, no time tells when a file's bytes were written")


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be looked at an hour after it changed, so that its stamp is trusted."""
    monkeypatch.setattr(change, "_TICK_NS", change._TICK_NS - HOUR)


# ---------------------------------------------------------------- a stamp


@given(st.integers(-(2**70), 2**70), st.integers(-(2**70), 2**70), st.integers(0, 2**62))
def test_the_stamp_of_a_file_is_trusted_only_if_both_its_times_are_two_seconds_old(
    mtime: int, ctime: int, now: int
) -> None:
    """A time to come is not, and neither is one that no cache can hold."""
    stamp = Stamp(mtime, 5, ctime, 7)
    old = all(time < now - 2_000_000_000 for time in (mtime, ctime)) and mtime >= -(2**63)
    assert stamp.settled(now) == (stamp if old else None)


@pytest.mark.parametrize("odd", [-1, 0, 1, -(10**18), 253402300800 * 10**9 - 1])
def test_a_file_of_any_time_is_read_rightly(odd: int, vault: MakeVault, run: Run) -> None:
    """One nanosecond before 1970, say, or in the year 9999, as broken archives leave them."""
    root = vault({"A.md": ONE})
    try:
        os.utime(root / "A.md", ns=(odd, odd))
    except (OSError, OverflowError):
        pytest.skip("this disk knows no such time")
    for text in (ONE, TWO):
        (root / "A.md").write_text(text)
        os.utime(root / "A.md", ns=(odd, odd))
        for _ in range(2):
            assert run("report", root).exit_code == 0
            assert text[2:5] in pages(root)["Gaps.md"].decode()


# ---------------------------------------------------------------- the same size and time, other bytes


def _rewritten(root: Path) -> None:
    (root / "A.md").write_text(TWO)


def _moved_over(root: Path) -> None:
    (root / "elsewhere").write_text(TWO)
    _dated(root / "elsewhere")
    (root / "elsewhere").replace(root / "A.md")


def _exchanged(root: Path) -> None:
    (root / "A.md").rename(root / "x")
    (root / "B.md").rename(root / "A.md")
    (root / "x").rename(root / "B.md")


def _restored(root: Path) -> None:
    """As a backup does that keeps times."""
    (root / "A.md").unlink()
    (root / "backup").write_text(TWO)
    _dated(root / "backup")
    shutil.copy2(root / "backup", root / "A.md")
    (root / "backup").unlink()


def _folder_moved_in(root: Path) -> None:
    shutil.rmtree(root / "Sub")
    (root / "other").mkdir()
    (root / "other" / "C.md").write_text(TWO)
    _dated(root / "other" / "C.md")
    (root / "other").rename(root / "Sub")


def _linked_over(root: Path) -> None:
    (root / "A.md").unlink()
    (root / "A.md").hardlink_to(root / "B.md")


def _mapped(root: Path) -> None:
    """Written through memory, as some databases do."""
    import mmap

    with (root / "A.md").open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        memory[:] = TWO.encode()
        memory.flush()


CHANGES = [_rewritten, _moved_over, _exchanged, _restored, _folder_moved_in, _linked_over, _mapped]


def _dated(path: Path) -> None:
    os.utime(path, (LONG_AGO, LONG_AGO))


def _all_dated(root: Path) -> None:
    for path in root.rglob("*.md"):
        if "_vault-tools" not in path.parts:
            _dated(path)


def _three(vault: MakeVault) -> Path:
    root = vault({"A.md": ONE, "B.md": TWO, "Sub/C.md": ONE})
    _all_dated(root)
    return root


@POSIX
@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("do", CHANGES, ids=lambda do: do.__name__[1:])
def test_a_report_sees_other_bytes_of_the_same_size_and_time(
    do: Callable[[Path], None], vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where every file was trusted to be what it was."""
    root = _three(vault)
    run("report", root)
    with monkeypatch.context() as patch:
        parsed = counted(patch)
        patch.setattr(contents, "_bytes", lambda _root, path: pytest.fail(f"{path} is read"))
        Vault.open(root).close()
        assert parsed == []
    before = pages(root)
    do(root)
    _all_dated(root)
    assert run("report", root).exit_code == 0
    assert pages(root) == fresh(root) != before


@POSIX
def test_the_daemon_sees_other_bytes_of_the_same_size_and_time(vault: MakeVault, tmp_path: Path) -> None:
    root = _three(vault)
    with beside(root, tmp_path) as daemon:
        for do in CHANGES:
            do(root)
            _all_dated(root)
            agrees(daemon)
            (root / "A.md").unlink()
            (root / "A.md").write_text(ONE)
            (root / "B.md").write_text(TWO)
            _all_dated(root)


def test_a_change_right_after_a_look_is_seen_even_if_the_clock_does_not_move(vault: MakeVault, run: Run) -> None:
    """What counts is how old a file was when it was looked at, not when all was read at last."""
    root = vault({"A.md": ONE})
    walk = walking.walk(root.resolve())
    stamp = walk.files["A.md"]
    assert stamp.settled(walk.began) is None
    run("report", root)
    (root / "A.md").write_text(TWO)
    os.utime(root / "A.md", ns=(stamp.mtime_ns, stamp.mtime_ns))
    run("report", root)
    assert b"Two" in pages(root)["Gaps.md"]


# ---------------------------------------------------------------- one file of two names

REGION = "%% vault-tools:begin topic %%\n%% vault-tools:end topic %%\n"
TWIN = f"---\ntype: sub-topic\n---\n[[Gone]]\n\n{REGION}"


def _hard(root: Path) -> None:
    (root / "Twin.md").hardlink_to(root / "Note.md")


def _hard_below(root: Path) -> None:
    (root / "A").mkdir()
    (root / "A" / "Twin.md").hardlink_to(root / "Note.md")


def _symbolic(root: Path) -> None:
    (root / "Twin.md").symlink_to("Note.md")


def _symbolic_first(root: Path) -> None:
    """Its name comes before that of the file itself."""
    (root / "A.md").symlink_to("Note.md")


def _symbolic_decomposed(root: Path) -> None:
    """The file's name is spelled in another way on the disk than in the vault's paths."""
    name = unicodedata.normalize("NFD", "Übung.md")
    (root / "Note.md").rename(root / name)
    (root / "Note.md").symlink_to(name)


def _three_names(root: Path) -> None:
    _hard(root)
    _symbolic_first(root)


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
@pytest.mark.parametrize("link", [_hard, _hard_below, _symbolic, _symbolic_first, _symbolic_decomposed, _three_names])
@pytest.mark.parametrize("region", [REGION, REGION.replace("topic", "gaps 3"), REGION.replace("topic", "next 2")])
def test_a_note_with_two_names_is_filled_once(
    link: Callable[[Path], None], region: str, vault: MakeVault, run: Run
) -> None:
    """Nobody is said to have changed it meanwhile, and no run after the second writes anything."""
    files = {"Note.md": TWIN.replace(REGION, region), "Other.md": "part of:: [[Note]]\n\n[[Twin]] [[A]]\n"}
    root = vault(files)
    link(root)
    for _ in range(3):
        result = run("report", root)
        assert (result.exit_code, result.stderr) == (0, "")
    state = {path: path.stat() for path in root.rglob("*")}
    result = run("report", root)
    assert "0 of" in result.stdout
    assert {path: path.stat() for path in root.rglob("*")} == state


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
def test_the_daemon_fills_a_note_with_two_names_once(vault: MakeVault, tmp_path: Path) -> None:
    root = vault({"Note.md": TWIN, "Other.md": "[[Note]]\n"})
    _three_names(root)
    with beside(root, tmp_path) as daemon:
        daemon.wait_for(lambda: (root / "Note.md").read_text() != TWIN, "the region")
        daemon.rest()
        before = (root / "Note.md").stat()
        (root / "Other.md").write_text("[[Note]] and more\n")
        daemon.wait_for(lambda: daemon.rounds > 1, "another round")
        daemon.rest()
        assert (root / "Note.md").stat() == before
        assert daemon.troubles == []
