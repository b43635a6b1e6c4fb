"""The ways in which programs save, tried on a real disk beside a real daemon.

What no walk can see: it compares the time of a file's last change and its size, so a save that keeps both, to the
nanosecond, is not seen until one of them changes. Programs that keep times (rsync -t, Syncthing) bring the time that
the file had on another device, which is another time than before.
"""

# ruff: noqa: D103  (a test is named for what it holds)

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from shared.beside import QUICK, Beside, beside
from shared.vaults import write

pytestmark = pytest.mark.ci

REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"
SETTINGS = '[inject]\nquiet = 0.2\n\n[folders]\nlog = "Logs"\n\n[reports]\nlimit = 1000\n'
FILES = {
    ".obsidian/app.json": "{}",
    "vault-tools.toml": SETTINGS,
    "Home.md": "[[量化]]\n",
    "Logs/2024-05-06.md": "learned:: [[量化]]\n",
}
OLD = 1_600_000_000
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A vault with a daemon beside it."""

    root: Path
    daemon: Beside

    def page(self, name: str = "Gaps.md", folder: str = "_vault-tools") -> str:
        """Return the text of a page."""
        return (self.root / folder / name).read_text("utf-8")

    def sees(self, *words: str, page: str = "Gaps.md", without: str | None = None) -> None:
        """Wait until a page tells of all these words, and no more of another."""

        def holds() -> bool:
            text = self.page(page)
            return all(word in text for word in words) and (without is None or without not in text)

        self.daemon.wait_for(holds, f"{page} has {words}, and not {without}")

    def has_note(self, text: str) -> Path:
        """Have a note of a new name that the daemon has seen."""
        note = self.root / f"笔记 {next(numbers)}.md"
        note.write_text(text, "utf-8")
        return note

    def rounds_of(self, deed: Callable[[], object]) -> int:
        """Return how many rounds follow upon what is done to a vault at rest."""
        before = self.daemon.rest()
        deed()
        return self.daemon.rest() - before


@contextmanager
def made(files: dict[str, str], folder: Path, prelude: str = "", **options: float) -> Iterator[Desk]:
    """Make a vault with a daemon beside it; options are those of its pace."""
    root = folder / "v"
    write(root, files)
    pace = replace(QUICK, **options)  # type: ignore[arg-type]
    with beside(root, folder / "home", pace, prelude=prelude) as daemon:
        yield Desk(root, daemon)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One vault and daemon for all that do not change its settings."""
    with made(FILES, tmp_path_factory.mktemp("saves")) as desk:
        yield desk


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """A vault and daemon for one test."""
    with made(FILES, tmp_path) as desk:
        yield desk


# ---------------------------------------------------------------- a note is saved


def in_place(note: Path, text: str) -> None:
    """Obsidian, and most editors: the file is cut to nothing, then written."""
    note.write_text(text, "utf-8")


def renamed_over(note: Path, text: str) -> None:
    """VS Code with some settings, vim with `backupcopy=auto`, most sync programs: a draft takes the note's place."""
    draft = note.with_name(f"{note.name}~{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(note)


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
def test_a_save_is_seen_however_it_is_made(save: Callable[[Path, str], None], desk: Desk) -> None:
    number = next(numbers)
    note = desk.has_note(f"[[Before {number}]] 一\n")
    desk.sees(f"Before {number}")
    save(note, f"[[Behind {number}]] 二\n")
    desk.sees(f"Behind {number}", without=f"Before {number}")


def test_what_is_appended_is_seen(desk: Desk) -> None:
    """As a plugin does that takes quick notes."""
    number = next(numbers)
    note = desk.has_note(f"[[First {number}]]\n")
    desk.sees(f"First {number}")
    with note.open("a", encoding="utf-8") as file:
        file.write(f"[[Second {number}]]\n")
    desk.sees(f"First {number}", f"Second {number}")


def test_a_folder_that_is_moved_in_is_seen_and_so_are_saves_in_it_and_its_going(desk: Desk) -> None:
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


def test_folders_made_one_in_the_other_are_all_listened_to(desk: Desk) -> None:
    """A folder may have notes before the system is asked to tell of them."""
    number = next(numbers)
    deep = desk.root / f"a {number}" / "b" / "c" / "d" / "e"
    deep.mkdir(parents=True)
    (deep / "Note.md").write_text(f"[[Deep {number}]]\n", "utf-8")
    desk.sees(f"Deep {number}")
    (deep / "Note.md").write_text(f"[[Deeper {number}]]\n", "utf-8")
    desk.sees(f"Deeper {number}")


def test_icloud_takes_a_note_off_the_disk_and_brings_it_back(desk: Desk) -> None:
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


# ---------------------------------------------------------------- nothing is saved


def test_a_note_saved_as_it_was_or_with_another_time_or_mode_alone_changes_no_page(desk: Desk) -> None:
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


def test_reading_causes_no_round(desk: Desk) -> None:
    """A search through all notes, a backup, an indexer, `cat`: a thousand files are opened and read."""

    def read() -> None:
        for _ in range(1000 // len(notes) + 1):
            for note in notes:
                note.read_bytes()
        list(desk.root.rglob("*"))

    notes = list(desk.root.rglob("*.md"))
    assert desk.rounds_of(read) == 0
    assert desk.rounds_of(lambda: saved_again(notes[0])) >= 1, "though it does listen"


def test_the_workspace_causes_no_round_and_neither_do_hidden_files(desk: Desk) -> None:
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


# ---------------------------------------------------------------- what no event tells of

DEAF = """
from vault_tools.store.doorbell import Doorbell
matters = Doorbell._matters
Doorbell._matters = lambda bell, where: "/deaf/" not in where and matters(bell, where)
"""
"""A folder of which nothing is heard, as where the system takes no more watches: it says so to nobody."""


def test_where_changes_come_untold_the_daemon_walks_from_time_to_time(tmp_path: Path) -> None:
    """The walk, which is seldom, finds the first; from the second on the daemon relies on no events."""
    with made({**FILES, "deaf/Note.md": "[[一]]\n"}, tmp_path, DEAF, walk=0.5, quiet=0.05, most=0.2) as desk:
        saves = 0
        while not polls(desk):  # after the second, but for those that a round finds which has another cause
            saves += 1
            assert saves < 10, desk.daemon.log
            (desk.root / "deaf" / "Note.md").write_text(f"[[剪枝 {saves}]]\n", "utf-8")
            desk.sees(f"剪枝 {saves}")
            desk.daemon.rest(calm=0.2)
        assert saves > 1
        assert "does not report every change" in polls(desk)
        assert "does not report every change" in desk.daemon.log
        (desk.root / "deaf" / "Note.md").write_text("[[蒸馏]]\n", "utf-8")
        desk.sees("蒸馏")


def polls(desk: Desk) -> str:
    """Return why the daemon polls."""
    return desk.daemon.status.polls if desk.daemon.status else ""


def test_walks_alone_are_no_reason_to_mistrust_events(tmp_path: Path) -> None:
    """Though a walk may find a change before its event comes."""
    with made(FILES, tmp_path, walk=0.05) as desk:
        for at in range(30):
            (desk.root / "Home.md").write_text(f"[[剪枝 {at}]]\n", "utf-8")
            time.sleep(0.02)
        desk.sees("剪枝 29")
        assert not polls(desk)


# ---------------------------------------------------------------- settings


def test_settings_of_obsidian_are_honoured_when_they_change(own_desk: Desk) -> None:
    """And the file is replaced or written in place, as versions of Obsidian do."""
    excluded = '{"userIgnoreFilters": ["Logs/"]}'
    write(own_desk.root, {"Logs/2024-05-07.md": "learned:: [[蒸馏]]\n"})
    own_desk.sees("蒸馏")
    renamed_over(own_desk.root / ".obsidian" / "app.json", excluded)
    own_desk.daemon.wait_for(lambda: "蒸馏" not in own_desk.page(), "what is excluded asks for nothing")
    in_place(own_desk.root / ".obsidian" / "app.json", "{}")
    own_desk.sees("蒸馏")


def test_our_settings_are_honoured_when_they_change_and_wrong_ones_leave_all_as_it_is(own_desk: Desk) -> None:
    root, daemon = own_desk.root, own_desk.daemon
    daemon.rest()
    in_place(root / "vault-tools.toml", SETTINGS + 'language = "zh"\n')
    own_desk.sees("缺")
    before = own_desk.page()
    in_place(root / "vault-tools.toml", SETTINGS + "langage = 1\n")
    daemon.wait_for(lambda: "langage" in daemon.troubles[0], "the wrong setting is told")
    in_place(root / "Home.md", "[[剪枝]]\n")
    daemon.rest()
    assert own_desk.page() == before
    renamed_over(root / "vault-tools.toml", SETTINGS + 'folder = "报告"\n')
    daemon.wait_for(lambda: "剪枝" in own_desk.page(folder="报告"), "the pages are in the other folder")
    daemon.wait_for(lambda: not daemon.troubles, "all is well")


# ---------------------------------------------------------------- our own pages


def test_a_page_that_is_deleted_or_changed_comes_back_as_it_was(tmp_path: Path) -> None:
    """With the next walk, if nothing is saved before: a page alone rings no bell."""
    with made(FILES, tmp_path, walk=0.5, graph=0.3) as desk:
        folder = desk.root / "_vault-tools"
        desk.daemon.wait_for((folder / "graph.html").exists, "all pages are there")
        before = {page.name: page.read_bytes() for page in folder.iterdir()}
        with (folder / "Overview.md").open("a", encoding="utf-8") as page:
            page.write("我的话\n")
        desk.daemon.wait_for(lambda: (folder / "Overview.md").read_bytes() == before["Overview.md"], "as it was")
        folder.rename(tmp_path / "thrown away")
        desk.daemon.wait_for(
            lambda: before == {page.name: page.read_bytes() for page in folder.iterdir()}, "all are as they were"
        )


def test_a_page_that_a_user_made_their_own_is_left_and_told_until_it_is_gone(own_desk: Desk) -> None:
    root, daemon = own_desk.root, own_desk.daemon
    page = root / "_vault-tools" / "Gaps.md"
    page.write_text("我的笔记\n", "utf-8")
    in_place(root / "Home.md", "[[剪枝]]\n")
    daemon.wait_for(lambda: "Gaps.md" in daemon.troubles[0], "it is told")
    own_desk.sees("剪枝", page="Overview.md")
    assert page.read_text("utf-8") == "我的笔记\n"
    page.unlink()
    in_place(root / "Home.md", "[[剪枝]] [[量化]]\n")
    own_desk.sees("剪枝")
    daemon.wait_for(lambda: not daemon.troubles, "all is well")


# ---------------------------------------------------------------- rounds


def rounds_in(log: str) -> list[int]:
    """Return how many files each round wrote, as the log has it."""
    lines = [line for line in log.splitlines() if re.search(": (notes changed|nothing to do)", line)]
    figures = [re.search(r"pages written (\d+), notes written (\d+)", line) for line in lines]
    return [int(found[1]) + int(found[2]) if found else 0 for found in figures]


def test_after_a_save_the_daemon_comes_to_rest(own_desk: Desk) -> None:
    """It writes pages and a region; its own writing costs a round that writes nothing, and no more follow."""
    write(own_desk.root, {"主题.md": f"# 主题\n\n{REGION}", "题目.md": f"# 主题\n\n{REGION}"})
    own_desk.daemon.rest()
    before = len(rounds_in(own_desk.daemon.log))
    in_place(own_desk.root / "Home.md", "[[剪枝]]\n")
    notes = [own_desk.root / "主题.md", own_desk.root / "题目.md"]
    own_desk.daemon.wait_for(lambda: all("剪枝" in note.read_text("utf-8") for note in notes), "regions are filled")
    own_desk.daemon.rest()
    figures = rounds_in(own_desk.daemon.log)[before:]
    assert figures[-1] == 0, own_desk.daemon.log
    assert sum(figures) <= len(list((own_desk.root / "_vault-tools").iterdir())) + 2, "nothing is written twice"
    assert own_desk.rounds_of(lambda: None) == 0


def test_an_empty_note_whose_time_lies_in_the_future_keeps_nobody_awake(own_desk: Desk) -> None:
    """As a device brings one whose clock is wrong; it gets its template like others."""
    note = own_desk.root / "Logs" / ".2024-05-08.md"
    note.write_text("", "utf-8")
    os.utime(note, (time.time() + 3600, time.time() + 3600))
    note.rename(own_desk.root / "Logs" / "2024-05-08.md")
    own_desk.daemon.wait_for((own_desk.root / "Logs" / "2024-05-08.md").read_bytes, "it has its template")
    own_desk.daemon.rest()


def test_a_burst_costs_few_rounds_and_notes_are_left_alone_while_it_lasts(tmp_path: Path) -> None:
    """Five hundred files, as a sync program brings them: pages follow now and then, regions at the end."""
    with made({**FILES, "主题.md": f"# 主题\n\n{REGION}"}, tmp_path, quiet=0.5, most=1.0) as desk:
        desk.daemon.wait_for(lambda: "量化" in (desk.root / "主题.md").read_text("utf-8"), "it is filled")
        before, topic = desk.daemon.rest(calm=1.0), (desk.root / "主题.md").read_bytes()
        began, gap = time.monotonic(), 0.0
        for at in range(500):
            last = time.monotonic()
            write(desk.root, {f"来 {at % 7}/新 {at}.md": f"[[剪枝]] [[Burst {at}]]\n"})
            during = (desk.root / "主题.md").read_bytes()
            time.sleep(0.003)
            gap = max(gap, time.monotonic() - last)
        lasted = time.monotonic() - began
        if gap < 0.25:  # or the burst was none, on a machine that has other things to do
            assert during == topic
        desk.sees("Burst 499", "Burst 0")
        desk.daemon.wait_for(lambda: "剪枝" in (desk.root / "主题.md").read_text("utf-8"), "it is filled")
        assert desk.daemon.rest(calm=1.0) - before <= 4 + lasted
