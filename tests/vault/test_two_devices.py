"""One vault on several devices: what is written into it depends on the vault only, and two daemons come to rest."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.beside import PAGES
from shared.devices import DAY, TODAY, contents, differing, notes, spelled
from shared.syncing import Form
from shared.vaults import MakeVault, Run, pages, write

from vault_tools import Vault, clock, ours
from vault_tools.daemon.keeper import Keeper
from vault_tools.errors import SettingsError
from vault_tools.exporters.html import encoding, is_same
from vault_tools.model.speech import format_english
from vault_tools.settings.parsing import parse_settings
from vault_tools.store import record

# ---------------------------------------------------------------- the law


def reported(root: Path, home: Path, *options: str, **environment: str) -> None:
    """Report in a process of its own, under another environment."""
    place = {name: str(home) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")}
    command = [sys.executable, "-m", "vault_tools", "report", "--quiet", *options, str(root)]
    subprocess.run(command, check=True, env={**os.environ, **place, **environment})


COPIES: dict[str, tuple[str, Form, dict[str, str], tuple[str, ...]]] = {
    "another name": ("Notes-phone (2)", "NFC", {}, ()),
    "a name in Chinese": ("我的 笔记", "NFC", {}, ()),
    "names in NFD, another seed": ("v", "NFD", {"PYTHONHASHSEED": "7"}, ()),
    "another locale": ("v", "NFC", {"LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, ()),
    "without a cache, in UTF-8": ("v", "NFC", {"LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "2"}, ("--no-cache",)),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_report_writes_the_same_bytes_into_every_copy_of_a_vault_on_any_device(name: str, tmp_path: Path) -> None:
    """Whatever its folder is called, wherever it lies, and whoever made it."""
    folder, form, environment, options = COPIES[name]
    one, other = tmp_path / "one" / "MyVault", tmp_path / "two" / "deeper" / folder
    write(one, notes())
    write(other, spelled(notes(), form))
    reported(one, tmp_path / "home")
    reported(other, tmp_path / "other home", *options, **environment)
    reported(other, tmp_path / "other home", *options, **environment)
    assert differing(contents(one), contents(other)) == []
    assert not [path for path, data in contents(one).items() if b"MyVault" in data]
    assert "allein é.png" in (one / PAGES / "Orphans.md").read_text("utf-8")


def test_a_report_in_a_copy_of_another_name_modifies_nothing(vault: MakeVault, tmp_path: Path) -> None:
    root = vault(notes())
    Vault.open(root).report()
    copy = tmp_path / "a clone"
    shutil.copytree(root, copy)
    outcome = Vault.open(copy).report()
    assert set(outcome.pages.values()) == {"unchanged"}
    assert set(outcome.regions.values()) == {"unchanged"}


@given(name=st.text(min_size=1).filter(str.isprintable))
def test_links_name_the_vault_only_if_the_settings_give_a_name(name: str) -> None:
    settings = parse_settings(f"[reports]\nvault = {json.dumps(name, ensure_ascii=False)}\n")
    assert settings.reports.vault == name


def test_every_link_names_the_vault_as_the_settings_do(vault: MakeVault) -> None:
    root = vault(notes() | {"vault-tools.toml": '[reports]\nvault = "Mein & Tresor"\n'})
    Vault.open(root).report()
    assert "open?vault=Mein%20%26%20Tresor&file=" in (root / PAGES / "Orphans.md").read_text("utf-8")
    assert '"named":"Mein & Tresor"' in (root / PAGES / "graph.html").read_text("utf-8")


ONLY_HERE: dict[str, dict[str, str]] = {
    "core plugins that are no JSON": {".obsidian/core-plugins.json": "{{{"},
    "a plugin's data that are no JSON": {".obsidian/plugins/dataview/data.json": "{{{"},
    "the folder of Syncthing": {".stfolder/Nirgendwo é.md": "x"},
    "old versions that Syncthing keeps": {".stversions/Nirgendwo é.md": "x"},
    "old versions that Resilio keeps": {".sync/Archive/Nirgendwo é.md": "x"},
    "what Dropbox keeps": {".dropbox.cache/Nirgendwo é.md": "x"},
    "what MEGA keeps": {".debris/2024/Nirgendwo é.md": "x"},
    "what Windows keeps of a folder": {"desktop.ini": "x", "Thumbs.db": "x", "Notes/ehthumbs.db": "x"},
    "the icon of a folder on macOS": {"Notes/Icon\r": "x"},
    "what Syncthing has not whole yet": {"~syncthing~New é.md.tmp": "x"},
    "the trash of a drive": {".Trash-1000/files/Nirgendwo é.md": "x", ".Trashes/501/Nirgendwo é.md": "x"},
}
"""What one device has by itself, and no sync brings to the others."""


@pytest.mark.parametrize("name", ONLY_HERE)
def test_files_that_only_one_device_has_change_no_page(name: str, vault: MakeVault) -> None:
    root = vault(notes())
    Vault.open(root, cache=False).report()
    before = contents(root)
    write(root, ONLY_HERE[name])
    Vault.open(root, cache=False).report()
    after = contents(root)
    assert [path for path in before if after.get(path) != before[path]] == []


def test_settings_that_only_one_device_cannot_read_are_reported_on_its_screen(vault: MakeVault, run: Run) -> None:
    """On the screen, in one line each; no page says so."""
    root = vault(notes() | {".obsidian/core-plugins.json": "{{{", ".obsidian/plugins/dataview/data.json": "["})
    said = run("report", root).stderr.splitlines()
    assert [line.partition(": this file is not valid JSON")[0] for line in said] == [
        "Warning: .obsidian/core-plugins.json",
        "Warning: .obsidian/plugins/dataview/data.json",
    ]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are UTF-8 there whatever the locale is")
@pytest.mark.parametrize(
    "start", [["-m", "vault_tools"], ["-c", "import sys; sys.argv[0] = 'v'; from vault_tools.cli import run; run()"]]
)
def test_file_names_are_read_as_utf8_in_any_locale(start: list[str], tmp_path: Path) -> None:
    """As with a locale of before UTF-8."""
    one, other = tmp_path / "one", tmp_path / "other"
    for root, environment in ((one, {}), (other, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})):
        write(root, notes())
        command = [sys.executable, *start, "report", "--quiet", "--no-cache", str(root)]
        subprocess.run(command, check=True, env={**os.environ, **environment})
    assert differing(contents(one), contents(other)) == []


# ---------------------------------------------------------------- names


def test_two_file_names_that_differ_only_in_unicode_form_are_both_read(tmp_path: Path) -> None:
    """Where the disk has both, neither hides the other."""
    composed, apart = "é.md", unicodedata.normalize("NFD", "é.md")
    write(tmp_path, {composed: "one", apart: "other"})
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this disk takes the two for one")
    assert {note.path for note in Vault.open(tmp_path).notes} == {composed, apart}


def test_a_note_is_changed_and_created_in_the_folder_of_either_unicode_form(tmp_path: Path, run: Run) -> None:
    """No second folder of the same name comes into being beside it."""
    folder = unicodedata.normalize("NFD", "Résumés")
    write(tmp_path, {f"{folder}/é.md": "[[x]]\n", "vault-tools.toml": '[folders]\nknowledge = "Résumés"\n'})
    run("new", "knowledge", "T", "--vault", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("R")] == [folder]
    assert (tmp_path / folder / "T.md").is_file()


# ---------------------------------------------------------------- the day


def active(root: Path) -> Path:
    return root / PAGES / "Learning.md"


def opened_on(root: Path, day: date, **how: object) -> Vault:
    found = Vault.open(root, cache=False, **how)  # type: ignore[arg-type]
    found.look_again(day)
    return found


@given(own=st.dates(date(1, 1, 2), date(9999, 12, 30)), others=st.sets(st.integers(-3, 400)))
def test_the_current_day_is_that_of_the_device_or_the_next_one_if_a_page_says_that(own: date, others: set[int]) -> None:
    told = {date.fromordinal(min(max(own.toordinal() + each, 1), date.max.toordinal())) for each in others}
    assert clock.agreed(own, told) == (own + DAY if own + DAY in told else own)


def test_a_page_of_a_device_that_is_a_day_ahead_is_not_taken_back(vault: MakeVault) -> None:
    root = vault(notes())
    opened_on(root, TODAY + DAY).report()
    before = contents(root)
    assert f"generated-for: {TODAY + DAY}\n".encode() in before[f"{PAGES}/Learning.md"]
    assert set(opened_on(root, TODAY).report().pages.values()) == {"unchanged"}
    assert contents(root) == before
    write(root, {"More.md": "[[Nowhere]]\n"})
    found = opened_on(root, TODAY)
    found.report()
    assert (found.today, found.snapshot.troubles) == (TODAY + DAY, [])
    assert f"generated-for: {TODAY + DAY}\n" in active(root).read_text("utf-8")


@pytest.mark.parametrize("ahead", [2, 3, 30, 40_000])
def test_a_page_from_a_clock_more_than_a_day_ahead_is_reported_and_not_followed(vault: MakeVault, ahead: int) -> None:
    root = vault(notes())
    Vault.open(root, cache=False).report()
    text = active(root).read_text("utf-8")
    active(root).write_text(text.replace(f"for: {TODAY}", f"for: {TODAY + ahead * DAY}"), "utf-8", newline="\n")
    found = opened_on(root, TODAY)
    assert found.today == TODAY
    assert str(TODAY + ahead * DAY) in format_english(found.snapshot.troubles[0])
    found.report()
    assert active(root).read_text("utf-8") == text
    assert opened_on(root, TODAY).snapshot.troubles == []


def test_a_report_for_a_given_day_follows_no_page_and_no_page_follows_the_report(vault: MakeVault) -> None:
    root = vault(notes())
    opened_on(root, TODAY + DAY).report()
    asked = Vault.open(root, cache=False, today=TODAY)
    assert asked.today == TODAY
    Vault.open(root, cache=False, today=TODAY + DAY).report()
    assert "generated-for" not in active(root).read_text("utf-8")
    assert opened_on(root, TODAY).today == TODAY


def test_the_time_zone_in_the_settings_decides_the_day(vault: MakeVault) -> None:
    zones = {"Pacific/Kiritimati": timedelta(hours=14), "Etc/GMT+12": timedelta(hours=-12), "Etc/GMT": timedelta()}
    for zone, apart in zones.items():
        root = vault(notes() | {"vault-tools.toml": f'[vault]\ntimezone = "{zone}"\n'})
        before = datetime.now(UTC) + apart
        found = Vault.open(root, cache=False)
        assert before.date() <= found.today <= (datetime.now(UTC) + apart).date()
        opened_on(root, found.today + DAY).report()
        assert Vault.open(root, cache=False).today == found.today


@pytest.mark.parametrize(
    "zone", ["Mars/Base", "asia/shanghai", "localtime", "../etc/passwd", "Europe", "UTC+8", "\\u0000"]
)
def test_a_time_zone_that_some_system_does_not_know_is_refused(zone: str) -> None:
    """A name of which each system makes what it likes is none."""
    with pytest.raises(SettingsError, match="time zone"):
        parse_settings(f'[vault]\ntimezone = "{zone}"\n')


# ---------------------------------------------------------------- Obsidian's settings


def test_a_device_without_settings_of_obsidian_writes_the_same_pages(vault: MakeVault) -> None:
    root = vault(notes())
    Vault.open(root, cache=False).report()
    before = contents(root)
    shutil.rmtree(root / ".obsidian")
    assert set(Vault.open(root, cache=False).report().pages.values()) == {"unchanged"}
    for path in [root / PAGES / name for name in pages(root) if name != ours.RECORD]:
        path.unlink()
    Vault.open(root, cache=False).report()
    assert differing(contents(root), before) == []
    assert b"theme" not in before[f"{PAGES}/{ours.RECORD}"]


SOME = st.sampled_from([*record.KEPT])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


RECORDS = st.dictionaries(
    SOME, st.dictionaries(st.sampled_from(["folder", "types", "weekly", "x"]), JSON) | st.integers(0, 9)
)


@given(told=RECORDS)
def test_a_record_of_settings_is_read_as_it_was_written(told: dict[str, object]) -> None:
    known = {name: value if isinstance(value, int) else record.kept_keys(name, value) for name, value in told.items()}
    text = record.format_record(known)
    assert record.read(text) == known
    assert record.format_record(record.read(text)) == text
    assert text.encode()


@given(
    text=st.text()
    | JSON.map(json.dumps)
    | JSON.map(lambda some: f'{{{ours.RECORD_MARK}, "files": {json.dumps(some)}}}')
)
def test_any_text_is_read_as_a_record_of_settings(text: str) -> None:
    assert record.format_record(record.read(text))


@given(one=RECORDS, other=RECORDS, edited=st.sets(SOME))
def test_two_devices_agree_after_one_exchange(
    one: dict[str, object], other: dict[str, object], edited: set[str]
) -> None:
    """The second goes by what the first recorded, but for what was edited there; then the first does, and both stay."""
    first = record.agree(one, {}, frozenset()).record
    second = record.agree(other, first, edited).record
    assert record.agree(one, second, frozenset()).record == second
    assert record.agree(other, second, frozenset()).record == second
    assert all(second[name] == other[name] for name in edited & other.keys() if not isinstance(other[name], int))


def test_settings_that_differ_between_devices_are_reported_and_edits_count(vault: MakeVault) -> None:
    root = vault(notes())
    Vault.open(root, cache=False).report()
    app = root / ".obsidian" / "app.json"
    app.write_text('{"newLinkFormat": "relative"}')
    keeper = Keeper(root, "desk")
    now = datetime.now(UTC)
    assert keeper.vault.obsidian.app.new_link_format == "absolute"
    assert "app.json" in format_english(keeper.work(now, calm=True).troubles[0])
    app.write_text('{"newLinkFormat": "shortest"}')
    keeper.look(now)
    done = keeper.work(now, calm=True)
    assert ("page", f"{PAGES}/{ours.RECORD}") in done.deeds
    assert (done.troubles, keeper.vault.obsidian.app.new_link_format) == ([], "shortest")
    told = (root / PAGES / ours.RECORD).read_text("utf-8")
    (root / PAGES / ours.RECORD).write_text(told.replace("shortest", "absolute"), "utf-8", newline="\n")
    keeper.look(now)
    assert keeper.vault.obsidian.app.new_link_format == "absolute", "another device edited it since"
    assert keeper.work(now, calm=True).deeds == []
    keeper.close()


# ---------------------------------------------------------------- what is no news


def test_a_change_that_is_only_in_regions_is_no_reason_to_write_a_note(vault: MakeVault) -> None:
    """Another device has filled them, by its own clock or its own version."""
    root = vault(notes())
    keeper, now = Keeper(root, "desk"), datetime.now(UTC)
    keeper.work(now, calm=True)
    keeper.look(now)
    keeper.work(now, calm=True)
    note = root / "Wähler.md"
    filled = note.read_text("utf-8")
    other = filled.replace("begin gaps %%\n", "begin gaps %%\n\nother\n")
    note.write_text(other, "utf-8", newline="\n")
    keeper.look(now)
    assert not [deed for deed in keeper.work(now, calm=True).deeds if deed[0] == "region"]
    assert note.read_text("utf-8") == other
    write(root, {"News.md": "[[Wanted more]]\n"})
    keeper.look(now)
    keeper.work(now, calm=True)
    assert "other" not in note.read_text("utf-8")
    assert "Wanted more" in note.read_text("utf-8")
    keeper.close()


def test_two_devices_that_cannot_agree_on_a_page_stop(vault: MakeVault) -> None:
    """Whatever is the cause, a newer version for one: after one answer each, the page stays as it is."""
    root = vault(notes())
    keeper, now, written = Keeper(root, "desk"), datetime.now(UTC), 0
    for _ in range(3):
        keeper.work(now, calm=True)
        keeper.look(now)
    for turn in range(5):
        page = root / PAGES / "Gaps.md"
        page.write_text(f"{page.read_text('utf-8')}\nwritten elsewhere {turn}\n", "utf-8", newline="\n")
        keeper.look(now)
        written += len(keeper.work(now, calm=True).deeds)
    assert written == 1
    keeper.close()


def test_a_page_that_another_system_only_compressed_otherwise_stays(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems deflate one text to different bytes."""
    root = vault(notes())
    Vault.open(root, cache=False).report()
    page = root / PAGES / "graph.html"
    text = page.read_text("utf-8")
    monkeypatch.setattr(encoding, "_LEVEL", 1)
    assert set(Vault.open(root, cache=False).report().pages.values()) == {"unchanged"}
    assert page.read_text("utf-8") == text
    assert Vault.open(root, cache=False).html() != text, "it is packed differently here"
    write(root, {"More.md": "[[Zoë]]\n"})
    assert Vault.open(root, cache=False).report().pages[f"{PAGES}/graph.html"] == "written"
    assert not is_same(page.read_text("utf-8"), text)
