"""Copies that sync services made, and files that they took off the disk: kept out of the graph, and told."""

from pathlib import Path

import pytest
from conftest import MakeVault

from vault_tools import Vault

LONG = "# Filter\n\nThe gain weighs what was predicted against what was measured, step by step.\n"


def opened(root: Path) -> tuple[set[str], dict[str, str], Vault]:
    """Give the files in the graph, and the first problem of each path that has one."""
    found = Vault.open(root, cache=False)
    graph = found.knowledge
    files = {name for name, node in graph.nodes.items() if node.kind in {"note", "canvas", "attachment"}}
    return files, {path: problems[0].code for path, problems in graph.problems.items()}, found


@pytest.mark.parametrize(
    "name",
    [
        "Note (Conflicted copy laptop 202405061305).md",
        "Note.sync-conflict-20240506-130509-ABCDEFG.md",
        "Note (Anna's conflicted copy 2024-05-06).md",
        "Note (Anna 的冲突副本 2024-05-06).md",
        "Note（冲突副本 2024-05-06）.md",
    ],
)
def test_a_copy_whose_name_says_so_is_kept_out_and_told(name: str, vault: MakeVault) -> None:
    """Its links and tags count for nothing; a link to it is not broken, since Obsidian finds it."""
    files = {"Note.md": LONG, name: "[[Gone]] #tag", "a.md": f"[[{name.removesuffix('.md')}]]"}
    held, problems, found = opened(vault(files))
    assert held == {"Note.md", "a.md"}
    assert problems == {name: "conflict-copy"}
    assert not found.knowledge.unresolved
    assert "Note.md" in found.knowledge.problems[name][0].todo


def test_a_copy_whose_original_is_gone_says_how_to_keep_it(vault: MakeVault) -> None:
    """It may be all that is left."""
    name = "Note (Conflicted copy laptop 202405061305).md"
    _, _, found = opened(vault({name: LONG}))
    assert "gone" in found.knowledge.problems[name][0].todo


def test_a_link_to_a_note_of_which_a_copy_alone_is_left_names_the_copy(vault: MakeVault) -> None:
    """With the remedy that stands among the problems; no note is to be written in its place."""
    name = "x/孤本（冲突副本 2024-05-06）.md"
    _, problems, found = opened(vault({name: LONG, "a.md": "[[孤本]] [x](孤本.md)"}))
    assert problems == {name: "conflict-copy"}
    told = [(broken.reason, broken.meant, broken.replacements) for broken in found.knowledge.broken]
    assert told == [("excluded-or-hidden", (name,), ())] * 2
    assert {found.speak(finding.step) for finding in found.findings["broken"]} == {
        found.knowledge.problems[name][0].todo
    }
    assert not found.findings["missing"]


@pytest.mark.parametrize("name", ["Note 2.md", "Note (1).md", "Note-DESKTOP-AB12CD3.md"])
def test_a_copy_whose_name_may_be_a_coincidence_is_known_by_its_text(name: str, vault: MakeVault) -> None:
    """ICloud, Google Drive and OneDrive name copies as people name a second note."""
    edited = LONG + "One more line.\n"
    assert opened(vault({"Note.md": LONG, name: LONG}))[1] == {name: "conflict-copy"}
    assert opened(vault({"Note.md": LONG, name: edited}))[1] == {name: "conflict-copy"}
    for other in ({"Note.md": LONG, name: "# Part two\n\nAnother matter altogether.\n"}, {name: LONG}):
        files, problems, _ = opened(vault(other))
        assert name in files
        assert not problems


def test_two_empty_notes_are_no_copies(vault: MakeVault) -> None:
    """Nothing speaks for it."""
    assert not opened(vault({"Untitled.md": "", "Untitled 2.md": ""}))[1]


def test_where_icloud_is_at_work_less_likeness_is_enough(vault: MakeVault) -> None:
    """A placeholder of iCloud in the vault says that it keeps it."""
    half = LONG + "A line that only one of the two devices has.\n"
    files = {"Note.md": LONG, "Note 2.md": half}
    assert "Note 2.md" not in opened(vault(files))[1]
    assert opened(vault({**files, ".Other.md.icloud": b"bplist00"}))[1]["Note 2.md"] == "conflict-copy"


def test_a_copy_of_an_attachment_is_kept_out_too(vault: MakeVault) -> None:
    """Whatever its suffix."""
    name = "board (Conflicted copy iPad 202405061305).canvas"
    assert opened(vault({"board.canvas": "{}", name: "{}"}))[0] == {"board.canvas"}


def test_a_note_that_icloud_took_off_the_disk_is_told_and_links_to_it_are_explained(vault: MakeVault) -> None:
    """Its placeholder is no file of the vault; once it is back, all is well."""
    root = vault({"x/.Note.md.icloud": b"bplist00", "a.md": "[[Note]]", ".pic.png.icloud": b"", "pic.png": b""})
    files, problems, found = opened(root)
    assert files == {"a.md", "pic.png"}
    assert problems == {"x/Note.md": "icloud-placeholder"}
    assert [broken.reason for broken in found.knowledge.broken] == ["excluded-or-hidden"]
    (root / "x/.Note.md.icloud").rename(root / "x/Note.md")
    assert opened(root)[0] == {"a.md", "pic.png", "x/Note.md"}


def test_a_note_in_the_trash_is_hidden_and_the_workings_of_programs_are_nobodys_notes(vault: MakeVault) -> None:
    """Only what lies in other hidden folders may be what a link meant."""
    files = {".trash/x/Old.md": "", ".git/Mine.md": "", ".obsidian/plugins/p/README.md": "", ".hid.md": ""}
    root = vault({**files, "a.md": "[[Old]] [[Mine]] [[README]] [[.hid]]"})
    meant = {broken.link.target: broken.meant for broken in opened(root)[2].knowledge.broken}
    assert meant == {"Old": (".trash/x/Old.md",), "Mine": (), "README": (), ".hid": (".hid.md",)}


def test_a_copy_changes_the_report_when_it_comes_and_goes(vault: MakeVault) -> None:
    """The last report is not taken for today's."""
    name = "Note (Conflicted copy laptop 202405061305).md"
    root = vault({"Note.md": LONG})
    assert Vault.open(root).report().summary.problems == 0
    (root / name).write_text(LONG, "utf-8")
    assert Vault.open(root).report().summary.problems == 1
    (root / name).unlink()
    assert Vault.open(root).report().summary.problems == 0
