"""New notes and the daemon: which empty notes get a template, and which notes it makes itself."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shared.keeper_rounds import LAPTOP, TYPED, age, look_and_work, now
from shared.vaults import MakeVault, write

from vault_tools.authoring import undo
from vault_tools.authoring.history import history
from vault_tools.daemon.done import Done
from vault_tools.daemon.keeper import Keeper
from vault_tools.errors import SettingsError
from vault_tools.model.text import say


def later(seconds: float) -> datetime:
    return now() + timedelta(seconds=seconds)


def test_the_daemon_fills_a_new_empty_note_in_the_folder_of_a_type(kept: tuple[Path, Keeper]) -> None:
    root, keeper = kept
    write(root, {"Logs/2024-05-06.md": "", "知识/量化.md": "\n"})
    for path in ("Logs/2024-05-06.md", "知识/量化.md"):
        age(root / path, 5)
    done = look_and_work(keeper)
    assert [path for what, path in done.deeds if what == "template"] == ["Logs/2024-05-06.md", "知识/量化.md"]
    assert "2024-05-06" in (root / "Logs" / "2024-05-06.md").read_text("utf-8")
    assert "type: knowledge" in (root / "知识" / "量化.md").read_text("utf-8")
    assert look_and_work(keeper) == Done()


def test_the_daemon_fills_no_empty_note_that_was_created_a_moment_ago(kept: tuple[Path, Keeper]) -> None:
    """Somebody may be writing in it, or a template plugin."""
    root, keeper = kept
    write(root, {"Logs/new.md": ""})
    done = look_and_work(keeper)
    assert done.again is not None
    assert (root / "Logs" / "new.md").read_bytes() == b""
    keeper.look(later(2))
    assert ("template", "Logs/new.md") in keeper.work(later(2), calm=True).deeds


def test_the_daemon_leaves_a_new_note_alone_that_was_filled_meanwhile(kept: tuple[Path, Keeper]) -> None:
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
def test_the_daemon_gives_a_template_only_to_new_empty_notes_in_the_folder_of_a_type(
    kept: tuple[Path, Keeper], change: object
) -> None:
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
def test_the_daemon_leaves_a_note_to_templater_that_templater_fills(
    vault: MakeVault, templater: object, *, filled: bool
) -> None:
    data = ".obsidian/plugins/templater-obsidian/data.json"
    root = vault({"vault-tools.toml": TYPED, "A.md": "", data: json.dumps(templater)})
    keeper = Keeper(root, LAPTOP)
    keeper.work(now(), calm=True)
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    assert ("template" in {what for what, _ in look_and_work(keeper).deeds}) is not filled


@pytest.mark.parametrize("setting", ["[watch]\ninject = false\n", '[watch]\ndevice = "desktop"\n'])
def test_the_daemon_gives_no_note_a_template_if_the_settings_say_so(vault: MakeVault, setting: str) -> None:
    root = vault({"vault-tools.toml": setting + TYPED, "A.md": ""})
    keeper = Keeper(root, LAPTOP)
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    look_and_work(keeper)
    assert (root / "Logs" / "new.md").read_bytes() == b""


def test_the_daemon_repeats_no_undone_template_after_a_rename(kept: tuple[Path, Keeper]) -> None:
    """So does an old empty note that is moved: no byte of it is new."""
    root, keeper = kept
    write(root, {"Logs/new.md": ""})
    age(root / "Logs" / "new.md", 5)
    look_and_work(keeper)
    (row,) = [row for row in history(root) if row.change.path == "Logs/new.md"]
    assert undo.take_back(root, row.change) is None
    look_and_work(keeper)
    (root / "Logs" / "new.md").rename(root / "Logs" / "renamed.md")
    age(root / "Logs" / "renamed.md", 5)
    look_and_work(keeper)
    assert (root / "Logs" / "renamed.md").read_bytes() == b""
    write(root, {"Logs/newer.md": ""})
    age(root / "Logs" / "newer.md", 5)
    assert ("template", "Logs/newer.md") in look_and_work(keeper).deeds


MONDAY, SUNDAY = datetime(2024, 5, 6, 9).astimezone(), datetime(2024, 5, 12, 9).astimezone()
CREATES = '[watch]\ndevice = "laptop"\ncreate = ["log", "weekly", "monthly"]\n'


def made(keeper: Keeper, when: datetime) -> list[str]:
    done = Done()
    keeper.make_notes(when, done)
    assert done.troubles == []
    return [path for _, path in done.deeds]


def test_the_daemon_creates_daily_and_weekly_notes_when_they_are_due(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": CREATES, "A.md": "words\n"})
    keeper = Keeper(root, LAPTOP)
    assert keeper.owes_notes(MONDAY)
    assert made(keeper, MONDAY) == ["Logs/2024-05-06 log.md"]
    assert not keeper.owes_notes(MONDAY)
    assert made(keeper, SUNDAY) == ["Logs/2024-05-12 log.md", "Reflections/2024-W19.md"]
    assert made(keeper, SUNDAY.replace(day=31)) == ["Logs/2024-05-31 log.md", "Reflections/2024-05.md"]


def test_the_daemon_creates_no_periodic_note_that_exists_or_was_deleted(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": CREATES, "Logs/2024-05-06.md": "mine\n"})
    keeper = Keeper(root, LAPTOP)
    assert made(keeper, MONDAY) == []
    assert [path.name for path in (root / "Logs").iterdir()] == ["2024-05-06.md"]
    (root / "Logs" / "2024-05-06.md").unlink()
    assert made(keeper, MONDAY) == []


def test_only_the_device_in_the_settings_creates_notes(vault: MakeVault) -> None:
    """Obsidian Sync would keep one of two and throw away the other."""
    root = vault({"vault-tools.toml": CREATES, "A.md": ""})
    keeper = Keeper(root, "desktop")
    assert not keeper.owes_notes(MONDAY)
    assert made(keeper, MONDAY) == []


def test_the_daemon_creates_notes_only_if_the_settings_name_a_device(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ncreate = ["log"]\n', "A.md": ""})
    with pytest.raises(SettingsError, match=r"\[watch\] create needs \[watch\] device"):
        Keeper(root, LAPTOP)


def test_the_daemon_reports_a_periodic_type_that_does_not_exist(vault: MakeVault) -> None:
    root = vault({"vault-tools.toml": '[watch]\ndevice = "laptop"\ncreate = ["diray", "log"]\n', "A.md": ""})
    done = Done()
    Keeper(root, LAPTOP).make_notes(MONDAY, done)
    assert [path for _, path in done.deeds] == ["Logs/2024-05-06 log.md"]
    unknown = say("error.word-unknown-near", word="diray", near="day")
    assert done.troubles == [say("daemon.not-created", why=unknown)]
