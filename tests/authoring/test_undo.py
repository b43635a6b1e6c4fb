"""`vault-tools undo`: what we changed in a note is taken back, and stays so until its writer goes on."""

# ruff: noqa: D103  (a test is named for what it holds)

import json
import re
import unicodedata
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.undo_vault import HOME, VAULT, amend, held, states
from shared.vaults import MakeVault, Run

from vault_tools import Vault
from vault_tools.authoring.history import choose, history
from vault_tools.authoring.undo import take_back
from vault_tools.daemon.keeper import Keeper
from vault_tools.store import amending, contents, journal, spelling


def now() -> datetime:
    return datetime.now().astimezone()


def test_undo_takes_the_newest_change_back_byte_for_byte(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    run("report", root)
    assert held(root) != HOME.encode()
    result = run("undo", "--vault", root)
    assert result.exit_code == 0
    assert re.fullmatch(r"undone  笔记/Home\.md \(report, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)\n", result.stdout)
    assert held(root) == HOME.encode()


def test_undo_passes_over_a_change_that_it_cannot_take_back_and_names_it(vault: MakeVault, run: Run) -> None:
    root = vault({**VAULT, "Z.md": HOME})
    run("report", root)
    newest = history(root)[0].change.path
    (root / newest).write_bytes(b"edited")
    result = run("undo", "--vault", root)
    assert result.exit_code == 0
    assert f"skipped: {newest}" in result.stderr
    assert (root / newest).read_bytes() == b"edited"
    assert {held(root), held(root, "Z.md")} == {b"edited", HOME.encode()}


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text(max_size=30), min_size=2, max_size=5))
def test_repeated_undos_take_back_all_changes(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    root = tmp_path_factory.mktemp("v").resolve()
    wholes = [text.encode("utf-8", "replace") for text in texts]
    (root / "N.md").write_bytes(wholes[0])
    was = [wholes[0]]
    for text, whole in zip(texts[1:], wholes[1:], strict=True):
        if amending.amend(root, "N.md", contents.digest_of(was[-1]), text) == "written":
            was.append(whole)
    while len(was) > 1:
        was.pop()
        (row,) = choose(history(root), [], None, None)
        assert take_back(root, row.change) is None
        assert held(root, "N.md") == was[-1]
    assert choose(history(root), [], None, None) == []


@pytest.mark.parametrize(
    ("language", "never", "nobody", "near"),
    [
        (
            "en",
            "There is nothing to undo in 量化.md: vault-tools has not changed it.",
            "No note is called '",
            "mean 量化?",
        ),
        ("zh", "量化.md 没有可撤销的改动：vault-tools 没有改动过它。", "没有名为“", "是不是 量化？"),
    ],
)
def test_undo_tells_an_unchanged_note_from_a_note_that_does_not_exist(
    language: str, never: str, nobody: str, near: str, vault: MakeVault, run: Run
) -> None:
    root = vault({"量化.md": "text"})
    asked = ("--vault", root, "--lang", language)
    for listing in ((), ("--list",), ("--dry-run",)):
        result = run("undo", "量化", *listing, *asked)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{never}\n")
        result = run("undo", "Nosuch", *listing, *asked)
        assert result.exit_code == 2
        assert f"{nobody}Nosuch" in result.stderr
    assert near in run("undo", "量华", *asked).stderr


def test_undo_takes_the_path_or_the_name_of_a_note(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault({"a/甲.md": "old", "b/乙.md": "old", "c/乙.md": "old"}).resolve()
    for path in ("a/甲.md", "b/乙.md", "c/乙.md"):
        amend(root, path, "new")
    assert run("undo", "甲", "--vault", root, "-q").stdout == ""
    unclear = run("undo", "乙", "--vault", root)
    assert unclear.exit_code == 2
    assert unclear.stderr.endswith("\n  b/乙.md\n  c/乙.md\n")
    assert run("undo", "b/乙", "--vault", root).exit_code == 0
    monkeypatch.chdir(root / "c")
    (root / ".obsidian/app.json").write_text("{}")
    assert run("undo", "乙.md").exit_code == 0
    assert [held(root, path) for path in ("a/甲.md", "b/乙.md", "c/乙.md")] == [b"old"] * 3


def test_undo_takes_back_what_inject_added(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    assert run("inject", root).exit_code == 0
    assert held(root, "Logs/2024-05-06.md")
    assert "(inject, " in run("undo", "--vault", root).stdout
    assert held(root, "Logs/2024-05-06.md") == b""


def test_undo_leaves_a_note_that_was_edited_since_and_names_its_image(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    run("report", root)
    typed = held(root) + "打字".encode()
    (root / "笔记/Home.md").write_bytes(typed)
    result = run("undo", "--vault", root)
    assert (result.exit_code, result.stdout, held(root)) == (2, "", typed)
    assert len(result.stderr.splitlines()) == 1
    assert "left unchanged: it was edited since; its old text is in " in result.stderr
    (image,) = journal.place_of(root.resolve()).iterdir()
    assert str(image) in result.stderr
    assert image.read_bytes().partition(b"\n")[2] == HOME.encode()


def test_undo_does_not_bring_back_a_deleted_note(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    run("report", root)
    (root / "笔记/Home.md").unlink()
    result = run("undo", "--vault", root)
    assert (result.exit_code, (root / "笔记/Home.md").exists()) == (2, False)
    assert "left unchanged: the note is gone; its old text is in " in result.stderr


@pytest.mark.parametrize("is_composed", [True, False])
def test_undo_finds_a_note_whose_name_a_sync_spelled_in_another_form(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch, *, is_composed: bool
) -> None:
    root = vault({"A.md": "[[B]]\n"})
    names = [unicodedata.normalize("NFC", "Übung.md"), unicodedata.normalize("NFD", "Übung.md")]
    old, new = (root / name for name in (names if is_composed else reversed(names)))
    old.write_bytes(HOME.encode())
    run("report", root)
    assert old.read_bytes() != HOME.encode()
    old.rename(new)
    monkeypatch.setattr(spelling, "_KNOWN", {})  # as in a process of its own
    assert run("undo", "--vault", root, "Übung").exit_code == 0
    assert new.read_bytes() == HOME.encode()


def test_a_note_that_undo_leaves_alone_stops_no_other_undo(vault: MakeVault, run: Run) -> None:
    """And is told once, however many of its changes were to be taken back."""
    root = vault({"A.md": "1", "B.md": "1"}).resolve()
    amend(root, "A.md", "2")
    amend(root, "B.md", "2")
    amend(root, "B.md", "3")
    (root / "B.md").write_text("mine")
    result = run("undo", "--vault", root, "--last", "3")
    assert result.exit_code == 2
    assert [held(root, path) for path in ("A.md", "B.md")] == [b"1", b"mine"]
    assert len(result.stderr.splitlines()) == 1


def test_undo_puts_back_no_image_that_is_damaged(vault: MakeVault, run: Run) -> None:
    root = vault({"A.md": "first"}).resolve()
    amend(root, "A.md", "second")
    (image,) = journal.place_of(root).iterdir()
    image.write_bytes(image.read_bytes()[:-1])
    result = run("undo", "--vault", root)
    assert (result.exit_code, held(root, "A.md")) == (2, b"second")
    assert "its old text was not kept completely: " in result.stderr


def test_undo_leaves_a_note_beside_an_icloud_placeholder_alone(vault: MakeVault, run: Run) -> None:
    root = vault({"A.md": "1"}).resolve()
    amend(root, "A.md", "2")
    (root / ".A.md.icloud").write_text("")
    result = run("undo", "--vault", root)
    assert (result.exit_code, held(root, "A.md")) == (2, b"2")
    assert "a sync service keeps it elsewhere" in result.stderr


def test_no_report_repeats_an_undone_change_until_the_note_changes(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    run("report", root)
    run("undo", "--vault", root)
    for options in ([], [], ["--no-cache"]):
        assert (
            "regions   0 of 1 refreshed, 1 skipped because you undid a change" in run("report", root, *options).stdout
        )
        assert held(root) == HOME.encode()
    assert '"笔记/Home.md": "left-as-undone"' in run("report", root, "--json").stdout
    (root / "笔记/Home.md").write_bytes(HOME.encode() + "再写".encode())
    assert "regions   1 of 1 refreshed\n" in run("report", root).stdout
    assert held(root).endswith("再写".encode())


def test_no_inject_repeats_an_undone_change(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    run("inject", root)
    run("undo", "--vault", root)
    result = run("inject", root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "you undid the last change to it" in result.stderr
    assert run("inject", root, "Logs/2024-05-06.md").exit_code == 2
    assert held(root, "Logs/2024-05-06.md") == b""
    (root / "Logs/2024-05-06.md").write_text("\n")
    assert run("inject", root).stdout == "Logs/2024-05-06.md\n"


def test_the_daemon_repeats_no_undone_change(vault: MakeVault, run: Run) -> None:
    root = vault(VAULT)
    keeper = Keeper(root, "laptop")
    try:
        keeper.work(now(), calm=True)
        assert held(root) != HOME.encode()
        assert "(watch, " in run("undo", "Home", "--vault", root).stdout
        for _ in range(2):
            keeper.look(now())
            keeper.work(now(), calm=True)
            assert held(root) == HOME.encode()
    finally:
        keeper.close()


def test_after_an_undo_only_the_undone_note_is_left_alone(vault: MakeVault) -> None:
    """Not another that says the same."""
    root = vault({"A.md": "", "B.md": ""}).resolve()
    amend(root, "A.md", "x")
    take_back(root, history(root)[0].change)
    assert amending.amend(root, "A.md", contents.digest_of(b""), "x") == "left-as-undone"
    assert amending.amend(root, "B.md", contents.digest_of(b""), "x") == "written"
    (root / "A.md").write_text("mine")
    amend(root, "A.md", "mine, and ours")
    (root / "A.md").write_text("")
    assert amending.amend(root, "A.md", contents.digest_of(b""), "x") == "written"


def test_an_undo_that_was_refused_leaves_no_mark(vault: MakeVault) -> None:
    root = vault({"A.md": "1"}).resolve()
    amend(root, "A.md", "2")
    change = history(root)[0].change
    (root / "A.md").write_text("3")
    assert take_back(root, change) is not None
    (root / "A.md").write_text("1")
    amend(root, "A.md", "2")


def test_a_vault_in_python_can_name_the_program_that_fills_its_regions(vault: MakeVault) -> None:
    root = vault(VAULT).resolve()
    Vault.open(root, cache=False).refresh_regions(by="mine")
    assert states(root) == [("笔记/Home.md", "mine", "ready")]


def test_undo_reads_entries_of_the_first_journals_and_skips_other_files(vault: MakeVault, run: Run) -> None:
    """The first entries did not say by whom."""
    root = vault({"A.md": "2"}).resolve()
    place = journal.place_of(root)
    place.mkdir(parents=True)
    digests = {"before": contents.digest_of(b"1"), "after": contents.digest_of(b"2")}
    said = json.dumps({"vault": "x", "path": "A.md", **digests, "at": 5})
    (place / "00000000000000000005-aa.note").write_text(f"{said}\n1")
    (place / "00000000000000000006-aa.note").write_text("{}\n1")
    (place / "00000000000000000007-aa.note").write_bytes(b"\xff")
    assert run("undo", "--vault", root).exit_code == 0
    assert held(root, "A.md") == b"1"
