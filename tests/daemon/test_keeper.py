"""What a round of the daemon does to a vault: pages, regions, templates for new notes, notes made by itself."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shared.vaults import MakeVault, pages, write

from vault_tools.app import Vault
from vault_tools.authoring import undo
from vault_tools.daemon.done import Done
from vault_tools.daemon.keeper import Keeper
from vault_tools.errors import SettingsError, UnusableVaultError, VaultAwayError
from vault_tools.model.text import say
from vault_tools.store import disk, journal

LAPTOP = "laptop"
TYPED = '[folders]\nlog = "Logs"\nknowledge = "知识"\n'
REGION = "%% vault-tools:begin gaps %%\n%% vault-tools:end gaps %%\n"


def now() -> datetime:
    return datetime.now().astimezone()


def later(seconds: float) -> datetime:
    return now() + timedelta(seconds=seconds)


def age(path: Path, seconds: float) -> None:
    """Let a file have been changed so long ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def look_and_work(keeper: Keeper, *, calm: bool = True) -> Done:
    keeper.look(now())
    return keeper.work(now(), calm=calm)


@pytest.fixture
def kept(vault: MakeVault) -> Iterator[tuple[Path, Keeper]]:
    """A vault that the daemon has seen once: nothing in it is new."""
    root = vault({"vault-tools.toml": TYPED, "A.md": "[[B]]\n", "Logs/old.md": "", "Topic.md": REGION})
    keeper = Keeper(root, LAPTOP)
    keeper.work(now(), calm=True)
    look_and_work(keeper)
    yield root, keeper
    keeper.close()


# ---------------------------------------------------------------- pages and regions


def test_the_first_round_writes_all_the_second_nothing(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "Topic.md": REGION})
    keeper = Keeper(root, LAPTOP)
    first = keeper.work(now(), calm=True)
    assert {what for what, _ in first.deeds} == {"page", "region"}
    assert "_vault-tools/graph.html" not in {path for _, path in first.deeds}
    look_and_work(keeper)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    assert look_and_work(keeper) == Done()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_a_change_is_named_and_brings_the_pages_up_to_date(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"A.md": "[[B]] [[仍未写出]]\n", "新.md": "[[A]]\n"})
    (root / "Logs" / "old.md").unlink()
    assert keeper.look(now()) == ["A.md", "Logs/old.md", "新.md"]
    assert ("page", "_vault-tools/Gaps.md") in keeper.work(now(), calm=True).deeds
    assert "仍未写出" in pages(root)["Gaps.md"].decode()


def test_while_the_vault_is_not_calm_pages_are_written_and_notes_are_not(kept: tuple[Path, Keeper]) -> None:
    """A sync program may be in the middle of them."""
    root, keeper = kept
    write(root, {"A.md": "[[B]] [[C]] [[D]]\n", "Logs/new.md": ""})
    age(root / "Logs" / "new.md", 60)
    before = (root / "Topic.md").read_bytes()
    done = look_and_work(keeper, calm=False)
    assert done.again is not None
    assert {what for what, _ in done.deeds} == {"page"}
    assert (root / "Topic.md").read_bytes() == before
    assert (root / "Logs" / "new.md").read_bytes() == b""
    assert {what for what, _ in look_and_work(keeper).deeds} >= {"region", "template"}


def test_where_another_device_is_named_nothing_is_written_pages_neither(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "desktop"\n', "A.md": "[[B]]\n", "Topic.md": REGION})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert done == Done()
    assert not (root / "_vault-tools").exists()
    assert (root / "Topic.md").read_text() == REGION


def test_regions_are_left_alone_where_the_settings_say_so(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": "[watch]\nregions = false\n", "A.md": "[[B]]\n", "Topic.md": REGION})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert {what for what, _ in done.deeds} == {"page"}
    assert done.again is None
    assert (root / "Topic.md").read_text() == REGION


def test_an_unfinished_merge_is_told_for_as_long_as_it_is_there(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "Topic.md": f"<<<<<<< HEAD\n{REGION}=======\nother\n>>>>>>> main\n"})
    keeper = Keeper(root, LAPTOP)
    first = keeper.work(now(), calm=True).troubles
    assert first == [say("daemon.unfinished-merge", path="Topic.md")]
    assert look_and_work(keeper).troubles == first
    write(root, {"A.md": "[[B]] more\n"})
    assert look_and_work(keeper).troubles == first
    write(root, {"Topic.md": REGION})
    assert look_and_work(keeper).troubles == []


def test_a_page_that_is_somebody_elses_is_told_and_stops_no_other(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "_vault-tools/Gaps.md": "mine\n"})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert done.troubles == [say("error.not-ours", path="_vault-tools/Gaps.md")]
    assert ("page", "_vault-tools/Overview.md") in done.deeds
    assert (root / "_vault-tools" / "Gaps.md").read_text() == "mine\n"


# ---------------------------------------------------------------- templates for new notes


def test_a_new_empty_note_in_a_typed_folder_gets_its_template(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/2024-05-06.md": "", "知识/量化.md": "\n"})
    for path in ("Logs/2024-05-06.md", "知识/量化.md"):
        age(root / path, 5)
    done = look_and_work(keeper)
    assert [path for what, path in done.deeds if what == "template"] == ["Logs/2024-05-06.md", "知识/量化.md"]
    assert "2024-05-06" in (root / "Logs" / "2024-05-06.md").read_text("utf-8")
    assert "type: knowledge" in (root / "知识" / "量化.md").read_text("utf-8")
    assert look_and_work(keeper) == Done()


def test_one_that_was_made_a_moment_ago_is_waited_for(kept: tuple[Path, Keeper]) -> None:
    """Somebody may be writing in it, or a template plugin."""
    root, keeper = kept
    write(root, {"Logs/new.md": ""})
    done = look_and_work(keeper)
    assert done.again is not None
    assert (root / "Logs" / "new.md").read_bytes() == b""
    keeper.look(later(2))
    assert ("template", "Logs/new.md") in keeper.work(later(2), calm=True).deeds


def test_what_was_filled_meanwhile_is_left_as_it_is(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/new.md": ""})
    assert look_and_work(keeper).again is not None
    write(root, {"Logs/new.md": "typed\n"})
    keeper.look(later(2))
    assert keeper.work(later(2), calm=True).deeds == [] or (root / "Logs" / "new.md").read_text() == "typed\n"
    assert (root / "Logs" / "new.md").read_text() == "typed\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda root: write(root, {"Logs/old.md": ""}),  # it was there, empty, before the daemon came
        lambda root: write(root, {"A.md": ""}),  # a folder of no type
        lambda root: write(root, {"Logs/full.md": "words\n"}),
        lambda root: write(root, {"Logs/picture.png": ""}),
    ],
)
def test_no_other_note_gets_one(kept: tuple[Path, Keeper], change: object) -> None:
    root, keeper = kept
    change(root)  # type: ignore[operator]
    for path in root.rglob("*.*"):
        age(path, 5)
    before = {path: path.read_bytes() for path in root.rglob("*.md") if "_vault-tools" not in path.parts}
    done = look_and_work(keeper)
    assert "template" not in {what for what, _ in done.deeds}
    after = {path: path.read_bytes() for path in before}
    assert {path for path in before if before[path] != after[path]} <= {root / "Topic.md"}


@pytest.mark.parametrize(
    ("templater", "filled"),
    [
        ({"folder_templates": [{"folder": "Logs", "template": "T/log.md"}]}, True),
        ({"folder_templates": [{"folder": "/", "template": "T/log.md"}]}, True),
        ({"folder_templates": [{"folder": "Log", "template": "T/log.md"}]}, False),
        ({"folder_templates": [{"folder": "", "template": ""}]}, False),  # as Templater's settings are when new
        ({"folder_templates": [{"folder": "Logs", "template": "T"}], "enable_folder_templates": False}, False),
        ({"folder_templates": [{"folder": "Logs", "template": "T"}], "trigger_on_file_creation": False}, False),
        ({"file_templates": [{"regex": ".*", "template": "T"}], "enable_file_templates": True}, True),
        (["no table"], False),
    ],
)
def test_a_note_that_templater_fills_is_left_to_it(vault: MakeVault, templater: object, *, filled: bool) -> None:
    data = ".obsidian/plugins/templater-obsidian/data.json"
    root = vault({"vault-tools.toml": TYPED, "A.md": "", data: json.dumps(templater)})
    keeper = Keeper(root, LAPTOP)
    keeper.work(now(), calm=True)
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    assert ("template" in {what for what, _ in look_and_work(keeper).deeds}) is not filled


@pytest.mark.parametrize("setting", ["[watch]\ninject = false\n", '[watch]\ndevice = "desktop"\n'])
def test_none_gets_one_where_the_settings_say_so(vault: MakeVault, setting: str) -> None:
    root = vault({"vault-tools.toml": setting + TYPED, "A.md": ""})
    keeper = Keeper(root, LAPTOP)
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    look_and_work(keeper)
    assert (root / "Logs" / "new.md").read_bytes() == b""


def test_the_device_that_is_named_is_known_by_its_name_in_any_capitals(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "LapTop"\n'})
    write(root, {"A.md": ""})
    assert Keeper(root, LAPTOP).is_its_device
    assert not Keeper(root, "desktop").is_its_device


def test_a_note_that_a_killed_daemon_left_torn_is_put_back(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    old, new = (root / "Topic.md").read_bytes(), b"x" * 2000
    before, after = disk.digest_of(old), disk.digest_of(new)
    journal.keep(root, journal.Change("", "Topic.md", before, after, 0, "watch"), old, new)
    (root / "Topic.md").write_bytes(new[:1024])
    assert ("put back", "Topic.md") in look_and_work(keeper).deeds
    assert (root / "Topic.md").read_bytes() == old


def test_a_template_that_was_undone_stays_so_when_the_note_is_renamed(kept: tuple[Path, Keeper]) -> None:
    """So does an old empty note that is moved: no byte of it is new."""
    root, keeper = kept
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    look_and_work(keeper)
    (row,) = [row for row in undo.history(root) if row.change.path == "Logs/new.md"]
    assert undo.take_back(root, row.change) is None
    look_and_work(keeper)
    (root / "Logs" / "new.md").rename(root / "Logs" / "renamed.md")
    age(root / "Logs" / "renamed.md", 5)
    look_and_work(keeper)
    assert (root / "Logs" / "renamed.md").read_bytes() == b""
    write(root, {"Logs/newer.md": ""})
    age(root / "Logs" / "newer.md", 5)
    assert ("template", "Logs/newer.md") in look_and_work(keeper).deeds


# ---------------------------------------------------------------- notes made by themselves


MONDAY, SUNDAY = datetime(2024, 5, 6, 9).astimezone(), datetime(2024, 5, 12, 9).astimezone()
CREATES = '[watch]\ndevice = "laptop"\ncreate = ["log", "weekly", "monthly"]\n'


def made(keeper: Keeper, when: datetime) -> list[str]:
    done = Done()
    keeper.make_notes(when, done)
    assert done.troubles == []
    return [path for _, path in done.deeds]


def test_the_notes_of_a_day_and_a_week_are_made_when_they_are_due(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": CREATES, "A.md": "words\n"})
    keeper = Keeper(root, LAPTOP)
    assert keeper.owes_notes(MONDAY)
    assert made(keeper, MONDAY) == ["Logs/2024-05-06 log.md"]
    assert not keeper.owes_notes(MONDAY)
    assert made(keeper, SUNDAY) == ["Logs/2024-05-12 log.md", "Reflections/2024-W19.md"]
    assert made(keeper, SUNDAY.replace(day=31)) == ["Logs/2024-05-31 log.md", "Reflections/2024-05.md"]


def test_a_note_that_is_there_already_or_was_thrown_away_is_not_made_again(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": CREATES, "Logs/2024-05-06.md": "mine\n"})
    keeper = Keeper(root, LAPTOP)
    assert made(keeper, MONDAY) == []
    assert [path.name for path in (root / "Logs").iterdir()] == ["2024-05-06.md"]
    (root / "Logs" / "2024-05-06.md").unlink()
    assert made(keeper, MONDAY) == []


def test_no_other_device_makes_notes(vault: MakeVault) -> None:
    """Obsidian Sync would keep one of two and throw away the other."""
    root = vault({"vault-tools.toml": CREATES, "A.md": ""})
    keeper = Keeper(root, "desktop")
    assert not keeper.owes_notes(MONDAY)
    assert made(keeper, MONDAY) == []


def test_notes_are_not_made_unless_a_device_is_named(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ncreate = ["log"]\n', "A.md": ""})
    with pytest.raises(SettingsError, match=r"\[watch\] create needs \[watch\] device"):
        Keeper(root, LAPTOP)


def test_a_type_that_there_is_not_is_told(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "laptop"\ncreate = ["diray", "log"]\n', "A.md": ""})
    done = Done()
    Keeper(root, LAPTOP).make_notes(MONDAY, done)
    assert [path for _, path in done.deeds] == ["Logs/2024-05-06 log.md"]
    unknown = say("error.word-unknown-near", word="diray", near="day")
    assert done.troubles == [say("daemon.not-created", why=unknown)]


# ---------------------------------------------------------------- a vault that changes its ways, or is gone


def test_new_settings_count_from_the_next_look_on(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"vault-tools.toml": '[reports]\nfolder = "报告"\n'})
    look_and_work(keeper)
    assert (root / "报告" / "Overview.md").is_file()
    write(root, {".obsidian/app.json": json.dumps({"userIgnoreFilters": ["A.md"]})})
    look_and_work(keeper)
    assert keeper.vault.knowledge.nodes["A.md"].role == "excluded"


def test_settings_that_are_wrong_stop_the_round_until_they_are_mended(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"vault-tools.toml": "languag = 1\n", "A.md": "[[X]]\n"})
    before = pages(root)
    for _ in range(2):
        with pytest.raises(SettingsError, match="language"):
            keeper.look(now())
    assert pages(root) == before
    write(root, {"vault-tools.toml": ""})
    assert keeper.look(now()) == ["A.md"]


def test_a_vault_that_is_gone_is_not_taken_for_an_empty_one(kept: tuple[Path, Keeper], tmp_path: Path) -> None:
    """A drive that was taken out may leave its folder behind, with nothing in it."""
    root, keeper = kept
    away = tmp_path / "away"
    shutil.move(root, away)
    with pytest.raises(UnusableVaultError):
        keeper.look(now())
    assert not root.exists()
    root.mkdir()
    with pytest.raises(VaultAwayError):
        keeper.look(now())
    with pytest.raises(VaultAwayError):
        Keeper(root, LAPTOP)
    assert list(root.iterdir()) == []
    root.rmdir()
    shutil.move(away, root)
    assert keeper.look(now()) == []
    assert look_and_work(keeper) == Done()


def test_no_page_is_written_into_a_folder_that_went_away_in_the_middle_of_a_round(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"A.md": "[[New]]\n"})
    keeper.look(now())
    shutil.move(root, root.with_name("elsewhere"))
    with pytest.raises(UnusableVaultError):
        keeper.work(now(), calm=True)
    assert not root.exists()


def test_an_empty_vault_of_obsidian_is_one(vault: MakeVault) -> None:
    assert Keeper(vault({}), LAPTOP).work(now(), calm=True).troubles == []
    assert disk.is_there(vault({}), settled=True)


def test_settings_that_cannot_be_had_at_the_moment_leave_the_vault_as_it_is(
    kept: tuple[Path, Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, keeper = kept
    write(root, {"vault-tools.toml": '[reports]\nfolder = "报告"\n'})

    def fails(*_: object, **__: object) -> Vault:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Vault, "open", fails)
        with pytest.raises(OSError, match="Input/output"):
            keeper.look(now())
    look_and_work(keeper)
    assert (root / "报告" / "Overview.md").is_file()


def test_while_a_folder_cannot_be_read_no_note_is_touched(
    kept: tuple[Path, Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in it is not gone; the regions of other notes would tell that it is."""
    root, keeper = kept
    write(root, {"Logs/one.md": "[[缺]]\n"})
    look_and_work(keeper)
    before = (root / "Topic.md").read_bytes()
    scandir = os.scandir

    def fails(path: str) -> object:
        if str(path).endswith("Logs"):
            raise OSError(5, "Input/output error")
        return scandir(path)

    with monkeypatch.context() as broken:
        broken.setattr("vault_tools.store.disk.os.scandir", fails)
        done = look_and_work(keeper)
    assert done.troubles == [say("daemon.folder-unreadable", folder="Logs")]
    assert (root / "Topic.md").read_bytes() == before
    assert look_and_work(keeper).troubles == []
    assert (root / "Topic.md").read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whether a file is open")
def test_a_note_that_somebody_has_open_is_waited_for(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/new.md": "", "A.md": "[[B]] [[新缺口]]\n"})
    age(root / "Logs" / "new.md", 5)
    with (root / "Logs" / "new.md").open(), (root / "Topic.md").open():
        done = look_and_work(keeper)
        assert done.busy == ["Logs/new.md", "Topic.md"]
        assert done.troubles == []
    assert {("template", "Logs/new.md"), ("region", "Topic.md")} <= set(look_and_work(keeper).deeds)
