"""What a round of the daemon does to a vault: pages, regions, and nothing while the vault cannot be read."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from shared.keeper_rounds import LAPTOP, REGION, age, look_and_work, now
from shared.vaults import MakeVault, pages, write

from vault_tools.app import Vault
from vault_tools.daemon.done import Done
from vault_tools.daemon.keeper import Keeper
from vault_tools.errors import SettingsError, UnusableVaultError, VaultAwayError
from vault_tools.model.text import say
from vault_tools.store import contents, journal, places


def test_the_first_round_of_the_daemon_writes_all_pages_and_the_second_none(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "Topic.md": REGION})
    keeper = Keeper(root, LAPTOP)
    first = keeper.work(now(), calm=True)
    assert {what for what, _ in first.deeds} == {"page", "region"}
    assert "_vault-tools/graph.html" not in {path for _, path in first.deeds}
    look_and_work(keeper)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    assert look_and_work(keeper) == Done()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_a_round_names_what_changed_and_updates_the_pages(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"A.md": "[[B]] [[仍未写出]]\n", "新.md": "[[A]]\n"})
    (root / "Logs" / "old.md").unlink()
    assert keeper.look(now()) == ["A.md", "Logs/old.md", "新.md"]
    assert ("page", "_vault-tools/Gaps.md") in keeper.work(now(), calm=True).deeds
    assert "仍未写出" in pages(root)["Gaps.md"].decode()


def test_a_round_in_a_busy_vault_writes_pages_but_no_notes(kept: tuple[Path, Keeper]) -> None:
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


def test_a_daemon_writes_nothing_if_the_settings_name_another_device(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "desktop"\n', "A.md": "[[B]]\n", "Topic.md": REGION})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert done == Done()
    assert not (root / "_vault-tools").exists()
    assert (root / "Topic.md").read_text() == REGION


def test_the_daemon_leaves_regions_alone_if_the_settings_say_so(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": "[watch]\nregions = false\n", "A.md": "[[B]]\n", "Topic.md": REGION})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert {what for what, _ in done.deeds} == {"page"}
    assert done.again is None
    assert (root / "Topic.md").read_text() == REGION


def test_the_daemon_reports_an_unfinished_merge_until_it_is_resolved(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "Topic.md": f"<<<<<<< HEAD\n{REGION}=======\nother\n>>>>>>> main\n"})
    keeper = Keeper(root, LAPTOP)
    first = keeper.work(now(), calm=True).troubles
    assert first == [say("daemon.unfinished-merge", path="Topic.md")]
    assert look_and_work(keeper).troubles == first
    write(root, {"A.md": "[[B]] more\n"})
    assert look_and_work(keeper).troubles == first
    write(root, {"Topic.md": REGION})
    assert look_and_work(keeper).troubles == []


def test_a_foreign_page_is_reported_and_stops_no_other_page(vault: MakeVault) -> None:
    root = vault({"A.md": "[[B]]\n", "_vault-tools/Gaps.md": "mine\n"})
    done = Keeper(root, LAPTOP).work(now(), calm=True)
    assert done.troubles == [say("error.not-ours", path="_vault-tools/Gaps.md")]
    assert ("page", "_vault-tools/Overview.md") in done.deeds
    assert (root / "_vault-tools" / "Gaps.md").read_text() == "mine\n"


def test_the_device_in_the_settings_may_be_written_in_any_capitals(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "LapTop"\n'})
    write(root, {"A.md": ""})
    assert Keeper(root, LAPTOP).is_its_device
    assert not Keeper(root, "desktop").is_its_device


def test_the_daemon_repairs_a_note_that_a_killed_daemon_tore(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    old, new = (root / "Topic.md").read_bytes(), b"x" * 2000
    before, after = contents.digest_of(old), contents.digest_of(new)
    journal.keep(root, journal.Change("", "Topic.md", before, after, 0, "watch"), old, new)
    (root / "Topic.md").write_bytes(new[:1024])
    assert ("put back", "Topic.md") in look_and_work(keeper).deeds
    assert (root / "Topic.md").read_bytes() == old


def test_new_settings_count_from_the_next_look_of_the_daemon(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"vault-tools.toml": '[reports]\nfolder = "报告"\n'})
    look_and_work(keeper)
    assert (root / "报告" / "Overview.md").is_file()
    write(root, {".obsidian/app.json": json.dumps({"userIgnoreFilters": ["A.md"]})})
    look_and_work(keeper)
    assert keeper.vault.knowledge.nodes["A.md"].role == "excluded"


def test_wrong_settings_stop_the_rounds_of_the_daemon_until_they_are_corrected(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"vault-tools.toml": "languag = 1\n", "A.md": "[[X]]\n"})
    before = pages(root)
    for _ in range(2):
        with pytest.raises(SettingsError, match="language"):
            keeper.look(now())
    assert pages(root) == before
    write(root, {"vault-tools.toml": ""})
    assert keeper.look(now()) == ["A.md"]


def test_the_daemon_does_not_take_a_missing_vault_for_an_empty_one(kept: tuple[Path, Keeper], tmp_path: Path) -> None:
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


def test_an_empty_vault_with_settings_of_obsidian_is_a_vault(vault: MakeVault) -> None:
    assert Keeper(vault({}), LAPTOP).work(now(), calm=True).troubles == []
    assert places.is_there(vault({}), settled=True)


def test_settings_that_cannot_be_read_for_a_moment_leave_the_vault_as_it_is(
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


def test_the_daemon_changes_no_note_while_a_folder_cannot_be_read(
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
        broken.setattr("vault_tools.store.walking.os.scandir", fails)
        done = look_and_work(keeper)
    assert done.troubles == [say("daemon.folder-unreadable", folder="Logs")]
    assert (root / "Topic.md").read_bytes() == before
    assert look_and_work(keeper).troubles == []
    assert (root / "Topic.md").read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whether a file is open")
def test_the_daemon_waits_for_a_note_that_another_program_has_open(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/new.md": "", "A.md": "[[B]] [[新缺口]]\n"})
    age(root / "Logs" / "new.md", 5)
    with (root / "Logs" / "new.md").open(), (root / "Topic.md").open():
        done = look_and_work(keeper)
        assert done.busy == ["Logs/new.md", "Topic.md"]
        assert done.troubles == []
    assert {("template", "Logs/new.md"), ("region", "Topic.md")} <= set(look_and_work(keeper).deeds)
