"""The ways in which programs save: the daemon sees each of them."""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.desk import OLD, Desk, in_place, numbers, renamed_over
from shared.vaults import write

pytestmark = pytest.mark.ci


def by_syncthing(note: Path, text: str) -> None:
    """A hidden draft, which brings the time of the other device."""
    draft = note.with_name(f".syncthing.{note.name}.tmp")
    draft.write_text(text, "utf-8")
    os.utime(draft, (OLD, OLD))
    draft.replace(note)


def made_anew(note: Path, text: str) -> None:
    note.unlink()
    note.write_text(text, "utf-8")


def beside_a_backup(note: Path, text: str) -> None:
    """Vim with `backupcopy=no`: the old file becomes the backup, a new one the note, and the backup goes."""
    backup = note.with_name(f"{note.name}~")
    note.rename(backup)
    note.write_text(text, "utf-8")
    backup.unlink()


def from_outside(note: Path, text: str) -> None:
    """A draft made out of the vault, in a temporary folder of the same disk."""
    draft = note.parent.parent / "draft"
    draft.write_text(text, "utf-8")
    draft.replace(note)


def through_a_hard_link(note: Path, text: str) -> None:
    """As this program makes new files: nobody's note can be overwritten so."""
    draft = note.with_name(".draft.tmp")
    draft.write_text(text, "utf-8")
    note.unlink()
    note.hardlink_to(draft)
    draft.unlink()


def piece_by_piece(note: Path, text: str) -> None:
    with note.open("wb", buffering=0) as file:
        for byte in text.encode():
            file.write(bytes([byte]))


def into_the_past(note: Path, text: str) -> None:
    """Rsync -t, of a text that is as long: the time tells, though it is an older one."""
    assert len(text) == len(note.read_text("utf-8"))
    note.write_text(text, "utf-8")
    os.utime(note, (OLD, OLD))


WAYS = [
    in_place,
    renamed_over,
    by_syncthing,
    made_anew,
    beside_a_backup,
    from_outside,
    through_a_hard_link,
    piece_by_piece,
    into_the_past,
]


@pytest.mark.parametrize("save", WAYS, ids=[way.__name__ for way in WAYS])
def test_the_daemon_sees_a_save_of_any_kind(save: Callable[[Path, str], None], desk: Desk) -> None:
    number = next(numbers)
    note = desk.has_note(f"[[Before {number}]] 一\n")
    desk.sees(f"Before {number}")
    save(note, f"[[Behind {number}]] 二\n")
    desk.sees(f"Behind {number}", without=f"Before {number}")


def test_the_daemon_sees_text_that_is_appended(desk: Desk) -> None:
    """As a plugin does that takes quick notes."""
    number = next(numbers)
    note = desk.has_note(f"[[First {number}]]\n")
    desk.sees(f"First {number}")
    with note.open("a", encoding="utf-8") as file:
        file.write(f"[[Second {number}]]\n")
    desk.sees(f"First {number}", f"Second {number}")


def test_the_daemon_sees_a_folder_that_is_moved_in_saves_in_the_folder_and_its_removal(desk: Desk) -> None:
    """It is one move of the system's, whatever lies in the folder and the folders in it."""
    number, outside = next(numbers), desk.root.parent / "下载"
    write(outside, {"深/处/Note.md": f"[[Came {number}]]\n", "x.md": "[[深]]\n"})
    inside = desk.root / f"Folder {number}"
    outside.rename(inside)
    desk.sees(f"Came {number}")
    (inside / "深" / "处" / "Note.md").write_text(f"[[Stayed {number}]]\n", "utf-8")
    desk.sees(f"Stayed {number}", without=f"Came {number}")
    renamed = inside.with_name(f"改名 {number}")
    inside.rename(renamed)
    desk.daemon.wait_for(lambda: f"changed: 改名 {number}/深/处/Note.md" in desk.daemon.log, "its new name is seen")
    (renamed / "深" / "处" / "Note.md").write_text(f"[[Renamed {number}]]\n", "utf-8")
    desk.sees(f"Renamed {number}", without=f"Stayed {number}")
    renamed.rename(outside)
    desk.daemon.wait_for(lambda: f"Renamed {number}" not in desk.page(), "its notes are gone")
    shutil.rmtree(outside)


def test_the_daemon_listens_to_new_folders_inside_new_folders(desk: Desk) -> None:
    """A folder may have notes before the system is asked to tell of them."""
    number = next(numbers)
    deep = desk.root / f"a {number}" / "b" / "c" / "d" / "e"
    deep.mkdir(parents=True)
    (deep / "Note.md").write_text(f"[[Deep {number}]]\n", "utf-8")
    desk.sees(f"Deep {number}")
    (deep / "Note.md").write_text(f"[[Deeper {number}]]\n", "utf-8")
    desk.sees(f"Deeper {number}")


def test_the_daemon_follows_a_note_that_icloud_removes_and_brings_back(desk: Desk) -> None:
    """Its placeholder is a hidden file; it may come well after the note went, and all the same is heard of."""
    number = next(numbers)
    note = desk.has_note(f"[[Cloudy {number}]]\n")
    desk.sees(f"Cloudy {number}")
    note.unlink()
    desk.daemon.wait_for(lambda: f"Cloudy {number}" not in desk.page(), "the note is gone")
    desk.daemon.rest()
    placeholder = note.with_name(f".{note.name}.icloud")
    placeholder.write_bytes(b"bplist00")
    desk.sees(note.stem, "iCloud", page="Overview.md")
    placeholder.unlink()
    note.write_text(f"[[Cloudy {number}]]\n", "utf-8")
    desk.sees(f"Cloudy {number}")
    desk.daemon.wait_for(lambda: "iCloud" not in desk.page("Overview.md"), "all is well")


def test_a_save_without_a_change_of_text_changes_no_page(desk: Desk) -> None:
    note = desk.has_note("[[量化]]\n")
    desk.daemon.rest()
    before = written(desk)
    assert desk.rounds_of(lambda: saved_again(note)) >= 1
    os.utime(note, (OLD, OLD))
    note.chmod(0o600)
    desk.daemon.rest()
    assert written(desk) == before


def saved_again(note: Path) -> None:
    in_place(note, note.read_text("utf-8"))


def written(desk: Desk) -> dict[str, int]:
    """Return when each file of the vault was written."""
    return {
        path.relative_to(desk.root).as_posix(): path.stat().st_mtime_ns
        for path in (desk.root / "_vault-tools").iterdir()
    }


def test_reading_notes_starts_no_round(desk: Desk) -> None:
    """A search through all notes, a backup, an indexer, `cat`: a thousand files are opened and read."""

    def read() -> None:
        for _ in range(1000 // len(notes) + 1):
            for note in notes:
                note.read_bytes()
        list(desk.root.rglob("*"))

    notes = list(desk.root.rglob("*.md"))
    assert desk.rounds_of(read) == 0
    assert desk.rounds_of(lambda: saved_again(notes[0])) >= 1, "though it does listen"


def test_the_workspace_and_hidden_files_start_no_round(desk: Desk) -> None:
    """Obsidian writes its workspace at every click; plugins, git and sync programs have files of their own."""

    def click() -> None:
        for name in ("workspace.json", "workspace-mobile.json", "plugins/x/main.js", "cache/x"):
            write(desk.root, {f".obsidian/{name}": "{}"})
        write(desk.root, {".git/index": "x", ".git/x.json": "{}", ".stfolder/x": "x", "Home.md.swp": "", ".x.swp": ""})

    (desk.root / ".obsidian" / "plugins" / "x").mkdir(parents=True)
    (desk.root / ".obsidian" / "cache").mkdir()
    (desk.root / ".git").mkdir()
    (desk.root / ".stfolder").mkdir()
    (desk.root / "Home.md.swp").touch()
    desk.daemon.rest()
    (desk.root / "Home.md.swp").unlink()
    desk.daemon.rest()
    assert desk.rounds_of(click) <= 1, "a file that is not hidden is one of the vault, which alone costs a round"
