"""Writings that are cut short or run into a writer: every note is whole in the end, and no keystroke is lost."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import partial
from io import FileIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.vaults import MakeVault, Run

from vault_tools.errors import SpoiledNoteError
from vault_tools.store import amending, contents, journal, lease, output
from vault_tools.store.heal import SECTOR, heal, is_torn

laws = partial(settings, deadline=None, derandomize=True)
TRIALS = Path(__file__).parents[1] / "trials"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has leases, and fork that is safe here")

# ---------------------------------------------------------------- what a cut leaves

PIECES = st.sampled_from(
    ["a", "字", "b\r\n", "a" * SECTOR, "b" * SECTOR, "甲乙" * 100, "abc" * 700, "z" * (SECTOR - 1)]
)
TEXTS = st.lists(PIECES, max_size=6).map("".join).map(str.encode)


def cuts(new: bytes, over: bytes) -> Iterator[bytes]:
    """Yield what is left of a file at each point of writing one text over another: sectors, then the length."""
    places = [*range(0, len(new), SECTOR), len(new)]
    yield from (new[:at] + over[at:] for at in places)
    yield new


@laws(max_examples=400)
@given(TEXTS, TEXTS)
@example(b"old", b"")
@example(b"", b"new" * SECTOR)
@example(b"a" * SECTOR * 3, b"b" * SECTOR)
def test_a_writing_that_was_cut_short_at_any_point_is_recognised(before: bytes, after: bytes) -> None:
    """And every point at which putting it back can be cut short in its turn."""
    for torn in cuts(after, over=before):
        assert is_torn(torn, before, after) == (torn not in (before, after))
        for again in cuts(before, over=torn):
            assert is_torn(again, before, after) == (again not in (before, after))


@laws(max_examples=400)
@given(TEXTS, TEXTS, st.data())
def test_a_writing_whose_sectors_reached_the_disk_in_any_order_is_recognised(
    before: bytes, after: bytes, data: st.DataObject
) -> None:
    """As after a power cut: each is old, new, or nothing yet."""
    size = min(len(before), len(after))
    longer = max(before, after, key=len)
    sources = (before, after, bytes(len(longer)))
    held = b"".join(
        data.draw(st.sampled_from(sources))[at : at + SECTOR] for at in range(0, size - size % SECTOR, SECTOR)
    )
    held += longer[len(held) :]
    assert is_torn(held, before, after) == (held not in (before, after))


@laws(max_examples=600)
@given(TEXTS, TEXTS, st.data())
def test_text_that_a_person_types_is_never_taken_for_a_cut_writing(
    before: bytes, after: bytes, data: st.DataObject
) -> None:
    """Into the note as it was, as it is now, or as it was torn; nor is a piece cut off but at the end of a sector."""
    held = data.draw(st.sampled_from([before, after, *cuts(after, over=before)]))
    at = data.draw(st.integers(0, len(held)))
    typed = data.draw(st.sampled_from(["⌨", "打字", "x\n⌨"])).encode()
    assert not is_torn(held[:at] + typed + held[at:], before, after)
    assert not is_torn(held[:at] + typed + held[at + len(typed) :], before, after)
    if at % SECTOR and at not in (len(before), len(after)):
        assert not is_torn(held[:at], before, after)


# ---------------------------------------------------------------- a process that is killed

OLD, NEW = "旧的一行\r\n" * 9_000, "new line\n" * 3_000


def killed(root: Path, new: str, at: int | str, name: str = "N.md") -> None:
    """Write into a note, in a process of its own that is killed after so many bytes, or at a step."""
    pid = os.fork()
    if pid == 0:
        die = partial(os.kill, os.getpid(), signal.SIGKILL)

        def overwrite(file: FileIO, data: bytes) -> None:
            file.seek(0)
            file.write(data[: at if isinstance(at, int) else len(data)])
            if at != "finish":
                die()
            file.truncate(len(data))

        amending._overwrite = overwrite
        if at == "finish":
            journal.finish = lambda *_args: die()
        try:
            amending.amend(root, name, contents.digest_of((root / name).read_bytes()), new)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def left_over(root: Path) -> list[str]:
    """Return the names of the changes that the journal tells of, and of those that are not finished."""
    return [*(change.name for change in journal.changes(root)), *journal.unfinished(root)]


@LINUX
@pytest.mark.parametrize("at", [SECTOR, 4096, 20 * 4096, "truncate"])
@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW * 5, OLD)], ids=["shrinks", "grows"])
def test_a_torn_note_is_repaired(old: str, new: str, at: int | str, vault: MakeVault) -> None:
    root = vault({"N.md": old}).resolve()
    killed(root, new, at)
    torn = (root / "N.md").read_bytes()
    whole = torn in (old.encode(), new.encode())
    healed = heal(root)
    if whole:  # the last byte was written, and there was nothing to cut off
        assert (healed, (root / "N.md").read_bytes()) == ([], new.encode())
        return
    ((path, state, image),) = [(each.path, each.state, each.image) for each in healed]
    assert (path, state) == ("N.md", "put-back")
    assert image.read_bytes() == torn
    assert (root / "N.md").read_bytes() == old.encode()
    assert (heal(root), left_over(root)) == ([], [])


@LINUX
def test_a_torn_note_whose_name_a_sync_spelled_in_another_form_is_repaired(vault: MakeVault) -> None:
    composed, decomposed = (unicodedata.normalize(form, "Übung.md") for form in ("NFC", "NFD"))
    root = vault({decomposed: OLD}).resolve()
    killed(root, NEW, 4096, decomposed)
    (root / decomposed).rename(root / composed)
    assert [each.state for each in heal(root)] == ["put-back"]
    assert (root / composed).read_bytes() == OLD.encode()


@LINUX
def test_a_writing_that_was_nearly_finished_stays(vault: MakeVault) -> None:
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, "finish")
    assert len(journal.unfinished(root)) == 1
    assert heal(root) == []
    assert (root / "N.md").read_bytes() == NEW.encode()
    assert len(left_over(root)) == 1


@LINUX
def test_a_torn_note_that_a_person_edited_since_is_left_alone_and_reported_once(vault: MakeVault) -> None:
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, 4096)
    typed = (root / "N.md").read_bytes() + "打字".encode()
    (root / "N.md").write_bytes(typed)
    (left,) = heal(root)
    assert (left.state, (root / "N.md").read_bytes()) == ("left", typed)
    assert left.image.read_bytes().partition(b"\n")[2] == OLD.encode()
    assert heal(root) == []


@LINUX
def test_a_torn_note_that_was_deleted_stays_deleted(vault: MakeVault) -> None:
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, 4096)
    (root / "N.md").unlink()
    assert [each.state for each in heal(root)] == ["left"]
    assert not (root / "N.md").exists()


@LINUX
@pytest.mark.parametrize("left", ["nothing", "an empty folder", "another folder of the vault"])
@pytest.mark.parametrize("opened", [True, False], ids=["that Obsidian opened", "that it never opened"])
def test_a_torn_note_on_a_removed_drive_is_repaired_when_the_drive_is_back(
    left: str, vault: MakeVault, run: Run, tmp_path: Path, *, opened: bool
) -> None:
    """No report in the meantime gives it up, nor writes into the empty folder that stands in the vault's place."""
    root = vault({"N.md": OLD, "Sub/字.md": "x"}).resolve()
    if not opened:
        (root / ".obsidian").rmdir()
    path = "Sub/字.md" if left == "another folder of the vault" else "N.md"
    old, new = (root / path).read_bytes(), NEW.encode()
    change = journal.Change("", path, contents.digest_of(old), contents.digest_of(new), 0)
    journal.keep(root, change, old, new)
    (root / path).write_bytes(new[:4096] + old[4096:])
    away = tmp_path / "away"
    place = root / "Sub" if left == "another folder of the vault" else root
    place.rename(away)
    if left == "an empty folder":
        root.mkdir()
        assert run("report", root).exit_code == 2
        assert list(root.iterdir()) == []
        root.rmdir()
    assert heal(root) == []
    assert len(journal.unfinished(root)) == 1
    away.rename(place)
    assert [each.state for each in heal(root)] == ["put-back"]
    assert (root / path).read_bytes() == old


@LINUX
def test_a_torn_note_that_another_program_has_open_is_repaired_later(vault: MakeVault) -> None:
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, 4096)
    with (root / "N.md").open("rb"):
        assert heal(root) == []
    assert [each.state for each in heal(root)] == ["put-back"]


@LINUX
def test_a_note_that_was_torn_twice_becomes_what_it_was_first(vault: MakeVault) -> None:
    root = vault({"N.md": "one\n" * 9_000}).resolve()
    killed(root, NEW, 4096)
    killed(root, "third\n" * 9_000, 8192)
    assert len(journal.unfinished(root)) == 2
    assert [each.state for each in heal(root)] == ["put-back", "put-back"]
    assert (root / "N.md").read_bytes() == b"one\n" * 9_000


@LINUX
def test_a_journal_entry_that_was_cut_short_changes_no_note(vault: MakeVault) -> None:
    """It was, before the note was touched."""
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, 4096)
    (name,) = journal.unfinished(root)
    image = journal.place_of(root) / name
    image.write_bytes(image.read_bytes()[:5000])
    torn = (root / "N.md").read_bytes()
    assert (heal(root), left_over(root)) == ([], [])
    assert (root / "N.md").read_bytes() == torn


@LINUX
def test_a_report_repairs_torn_notes_first_and_says_that(vault: MakeVault, run: Run) -> None:
    root = vault({"N.md": OLD}).resolve()
    killed(root, NEW, 4096)
    assert run("stats", root).stderr == ""
    result = run("report", root)
    assert result.stderr.startswith(
        "Warning: N.md was only half written when vault-tools was stopped. Its old text is restored; "
    )
    assert (root / "N.md").read_bytes() == OLD.encode()
    assert run("report", root).stderr == ""


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one, so that time goes into writing and not into waiting for the disk."""
    memory = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield place
    shutil.rmtree(place)


def trial(name: str, *args: object) -> dict[str, int]:
    """Run one of the trials."""
    call = [sys.executable, str(TRIALS / f"{name}.py"), *map(str, args)]
    ran = subprocess.run(call, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, int] = json.loads(ran.stdout)
    return found


@LINUX
@pytest.mark.parametrize("kills", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_every_note_is_whole_after_a_kill_at_any_moment(kills: int, quick: Path) -> None:
    told = trial("killed", quick / "t", kills)
    assert told["kills"] == kills
    assert (told["not whole"], told["left"], told["stray"]) == (0, 0, 0)
    assert told["healed"] == told["torn"]
    if kills > 100:
        assert told["unfinished"]  # or nothing was cut short, and nothing tried


# ---------------------------------------------------------------- somebody who types


@LINUX
@pytest.mark.parametrize("way", ["truncate", "rename", "append", "buffer"])
@pytest.mark.parametrize("tries", [80, pytest.param(1_000, marks=pytest.mark.slow)])
def test_no_typed_line_is_lost_while_a_region_is_refreshed(way: str, tries: int, quick: Path) -> None:
    told = trial("typed", quick / "t", way, tries)
    assert (told["tries"], told["lost"]) == (tries, 0)
    assert told["written"]


@LINUX
def test_a_note_that_another_program_has_open_is_left_for_later(vault: MakeVault) -> None:
    """It may be about to save."""
    root = vault({"N.md": "old"}).resolve()
    with (root / "N.md").open("rb"):
        assert amending.amend(root, "N.md", contents.digest_of(b"old"), "new") == "changed-meanwhile"
    assert (root / "N.md").read_text() == "old"
    assert left_over(root) == []
    assert amending.amend(root, "N.md", contents.digest_of(b"old"), "new") == "written"


@LINUX
def test_a_program_that_opens_a_note_during_our_writing_waits_and_finds_the_note_whole(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"N.md": "old"}).resolve()
    readers = []
    overwrite = amending._overwrite

    def slowly(file: FileIO, data: bytes) -> None:
        file.write(b"")
        read = f"print(open({str(root / 'N.md')!r}).read())"
        readers.append(subprocess.Popen([sys.executable, "-c", read], stdout=subprocess.PIPE, text=True))
        with pytest.raises(subprocess.TimeoutExpired):
            readers[0].wait(0.5)
        overwrite(file, data)

    monkeypatch.setattr(amending, "_overwrite", slowly)
    assert amending.amend(root, "N.md", contents.digest_of(b"old"), "new") == "written"
    assert readers[0].communicate(timeout=20)[0] == "new\n"


def test_a_note_is_written_on_systems_without_leases(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS and Windows, and on some file systems."""
    monkeypatch.setattr(lease, "_take", lambda _handle: "none")
    root = vault({"N.md": "old"}).resolve()
    assert amending.amend(root, "N.md", contents.digest_of(b"old"), "新") == "written"
    assert (root / "N.md").read_text("utf-8") == "新"


def test_a_program_that_replaces_a_note_at_the_last_moment_wins(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What we wrote is in a file that has no name any more, and the journal tells of no change."""
    root = vault({"N.md": "old"}).resolve()
    overwrite = amending._overwrite

    def meanwhile(file: FileIO, data: bytes) -> None:
        (root / ".draft").write_text("typed")
        (root / ".draft").replace(root / "N.md")
        overwrite(file, data)

    monkeypatch.setattr(amending, "_overwrite", meanwhile)
    assert amending.amend(root, "N.md", contents.digest_of(b"old"), "new") == "changed-meanwhile"
    assert (root / "N.md").read_text() == "typed"
    assert left_over(root) == []


def test_a_disk_that_fails_at_the_end_of_a_writing_is_reported_with_the_image(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows then what is on it."""
    root = vault({"N.md": "old"}).resolve()
    sync = os.fsync

    def broken(handle: int) -> None:
        if os.path.samestat(os.fstat(handle), (root / "N.md").stat()):
            raise OSError(5, "Input/output error")
        sync(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(SpoiledNoteError):
        amending.amend(root, "N.md", contents.digest_of(b"old"), "new")
    assert len(journal.unfinished(root)) == 1


# ---------------------------------------------------------------- drafts


def test_old_drafts_of_killed_processes_are_removed(vault: MakeVault) -> None:
    """Obsidian never saw them; what only looks like one stays."""
    root = vault({"A.md": "x"}).resolve()
    names = (".vault-tools-0123456789ab.tmp", ".vault-tools-ffffffffffff.tmp", ".vault-tools-mine.tmp")
    for name in names:
        (root / name).write_text("draft")
    for name in (names[0], names[2]):
        os.utime(root / name, (1, 1))
    assert output.create(root, "B.md", "new")
    assert [(root / name).exists() for name in names] == [False, True, True]
