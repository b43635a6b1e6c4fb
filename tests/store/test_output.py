"""Our own pages on the disk: whole, only where they may be, and nobody else's file is overwritten."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.pages import MARK, NOTES
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.errors import NotOursError
from vault_tools.model.change import Page
from vault_tools.render.pages import names as page_names
from vault_tools.store import output

OURS = sorted([*page_names(), "graph.html", "learning.svg", "obsidian.json"])


def everything(root: Path) -> dict[str, tuple[bytes | None, int]]:
    """Return bytes and time of every file and folder outside the folder of our pages."""
    return {
        str(path.relative_to(root)): (None if path.is_dir() else path.read_bytes(), path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if path.relative_to(root).parts[0] != "_vault-tools"
    }


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_a_report_changes_no_file_of_the_vault(options: list[str], vault: MakeVault, run: Run) -> None:
    """Bytes and times of everything outside our folder are equal before and after; nothing is added."""
    root = vault(NOTES)
    before = everything(root)
    for _ in range(2):
        assert run("report", root, *options).exit_code == 0
        assert everything(root) == before
    assert sorted(pages(root)) == OURS


@pytest.mark.parametrize(
    "options", [["report", "--json"], ["export", "--format", "json"], ["export", "--format", "html"]]
)
def test_exports_and_other_commands_change_no_file_of_the_vault(options: list[str], vault: MakeVault, run: Run) -> None:
    """Exports go to the screen and leave the vault as it is."""
    root = vault(NOTES)
    before = everything(root)
    assert run(options[0], root, *options[1:]).exit_code == 0
    assert everything(root) == before
    assert (root / "_vault-tools").exists() == (options[0] == "report")


def test_the_same_vault_gives_the_same_pages(vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two copies in different places, written in different orders, give the same pages."""
    one, two = vault(NOTES), vault(dict(reversed(NOTES.items())))
    run("report", one)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    run("report", two, "--no-cache")
    assert pages(one) == pages(two)


def test_an_unchanged_page_is_not_written_again(vault: MakeVault, run: Run) -> None:
    """Sync tools and Obsidian see no change where there is none."""
    root = vault(NOTES)
    run("report", root)
    times = _age(root)
    for options in ([], ["--no-cache"]):
        assert f"({len(OURS)} pages, none changed)" in run("report", root, *options).stdout
        assert {path.name: path.stat().st_mtime_ns for path in (root / "_vault-tools").iterdir()} == times


def test_only_the_pages_that_differ_are_written(vault: MakeVault, run: Run) -> None:
    """A new attachment that no note uses is no gap."""
    root = vault(NOTES)
    run("report", root)
    times = _age(root)
    (root / "unused.png").write_bytes(b"x")
    run("report", root)
    changed = {path.name for path in (root / "_vault-tools").iterdir() if path.stat().st_mtime_ns != times[path.name]}
    assert changed == {"Orphans.md", "Overview.md", "graph.html"}


def _age(root: Path) -> dict[str, int]:
    for path in (root / "_vault-tools").iterdir():
        os.utime(path, ns=(10**18, 10**18))
    return {path.name: path.stat().st_mtime_ns for path in (root / "_vault-tools").iterdir()}


def test_a_page_that_was_deleted_or_edited_is_written_again(vault: MakeVault, run: Run) -> None:
    """A warm cache does not hide that a page is gone, or was edited below its head."""
    root = vault(NOTES)
    run("report", root)
    whole = pages(root)
    (root / "_vault-tools" / "graph.html").unlink()
    with (root / "_vault-tools" / "Gaps.md").open("a") as file:
        file.write("scribble\n")
    assert f"2 of {len(OURS)} written" in run("report", root).stdout
    assert pages(root) == whole
    shutil.rmtree(root / "_vault-tools")
    run("report", root)
    assert pages(root) == whole


def test_a_foreign_page_is_never_overwritten(vault: MakeVault, run: Run) -> None:
    """Exit 2 and one line that says what to do; the other pages are written."""
    root = vault(NOTES | {"_vault-tools/Gaps.md": "# My own gaps\n"})
    for _ in range(2):
        result = run("report", root)
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
        assert "_vault-tools/Gaps.md" in result.stderr
        assert result.stderr == (
            "Warning: _vault-tools/Gaps.md was not written by vault-tools, so it was not changed. "
            "Rename it, or choose another folder with [reports] folder in vault-tools.toml.\n"
        )
        assert (root / "_vault-tools/Gaps.md").read_text() == "# My own gaps\n"
        assert sorted(pages(root)) == OURS
    (root / "_vault-tools/Gaps.md").rename(root / "_vault-tools/Mine.md")
    assert run("report", root).exit_code == 0
    assert b"generated-by" in pages(root)["Gaps.md"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text that names generated-by: somebody\n",
        "x" * 700 + "generated-by: vault-tools",
        "generated-by: vault-tools\n",
        "我的笔记：`generated-by: vault-tools` 是什么？\n",
        "---\ntype: note\n---\ngenerated-by: vault-tools\n",
        "---\nquote: |\n  generated-by: vault-tools\n---\n",
        "---\ngenerated-by: vault-tools-of-mine\n---\n",
        "# Marks\n<!-- generated-by: vault-tools -->\n",
        'In a page: <meta name="generator" content="vault-tools">\n',
        '{"mine": {"generator": "vault-tools"}}\n',
    ],
)
def test_only_our_mark_in_its_place_makes_a_page_ours(content: str, vault: MakeVault, run: Run) -> None:
    """An empty file, or one that mentions the mark in its text, is somebody else's."""
    root = vault(NOTES | {"_vault-tools/Gaps.md": content})
    assert run("report", root).exit_code == 2
    assert (root / "_vault-tools/Gaps.md").read_text() == content


@pytest.mark.parametrize("change", [lambda text: text.replace(b"\n", b"\r\n"), lambda text: b"\xef\xbb\xbf" + text])
def test_a_page_of_ours_is_recognised_with_any_line_ends(
    change: Callable[[bytes], bytes], vault: MakeVault, run: Run
) -> None:
    """Git and editors change these, and Obsidian may write a property above the mark."""
    root = vault(NOTES)
    run("report", root)
    first = pages(root)
    for name, text in first.items():
        (root / "_vault-tools" / name).write_bytes(change(text.replace(b"---\n", b"---\ncssclasses: wide\n", 1)))
    assert run("report", root).exit_code == 0
    assert pages(root) == first


def test_a_foreign_graph_page_is_never_overwritten(vault: MakeVault, run: Run) -> None:
    """By `report` and by `graph` alike."""
    root = vault(NOTES | {"_vault-tools/graph.html": "<html>mine"})
    for command in ("report", "graph"):
        result = run(command, root)
        assert result.exit_code == 2
        assert "graph.html" in result.stderr
    assert (root / "_vault-tools/graph.html").read_text() == "<html>mine"


def test_a_folder_in_the_place_of_a_page_is_left_alone(vault: MakeVault, run: Run) -> None:
    """As a file of somebody else's is."""
    root = vault(NOTES | {"_vault-tools/Gaps.md/inner.md": "x"})
    assert run("report", root).exit_code == 2
    assert (root / "_vault-tools/Gaps.md/inner.md").read_text() == "x"
    assert "Overview.md" in pages(root)


def test_a_file_in_the_place_of_the_pages_folder_is_left_alone(vault: MakeVault, run: Run) -> None:
    """No page can be written; the line says to choose another folder."""
    root = vault(NOTES | {"_vault-tools": "a file"})
    result = run("report", root)
    assert result.exit_code == 2
    assert "[reports] folder" in result.stderr
    assert (root / "_vault-tools").read_text() == "a file"


def test_a_pages_folder_that_leads_out_of_the_vault_is_refused(vault: MakeVault, run: Run) -> None:
    """A symbolic link must not carry our pages elsewhere."""
    root = vault(NOTES)
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "_vault-tools").symlink_to(outside)
    for command in ("report", "graph"):
        assert run(command, root).exit_code == 2
    assert not list(outside.iterdir())


def test_a_page_that_is_a_link_to_a_note_does_not_overwrite_the_note(vault: MakeVault, run: Run) -> None:
    """Neither the note nor the link is touched."""
    root = vault(NOTES | {"_vault-tools/Mine.md": "x"})
    (root / "_vault-tools/Gaps.md").symlink_to("../Good.md")
    assert run("report", root).exit_code == 2
    assert (root / "Good.md").read_text() == str(NOTES["Good.md"])
    assert (root / "_vault-tools/Gaps.md").is_symlink()


def test_a_note_of_the_user_in_the_pages_folder_stays_a_note(vault: MakeVault, run: Run) -> None:
    """It is kept, counted, and its links count."""
    root = vault(NOTES | {"_vault-tools/Plan.md": "[[Wanted]]\n"})
    run("report", root)
    assert run("report", root).exit_code == 0
    assert (root / "_vault-tools/Plan.md").read_text() == "[[Wanted]]\n"
    nodes = Vault.open(root).knowledge.nodes
    assert nodes["_vault-tools/Plan.md"].kind == "note"
    assert "missing://Wanted" in nodes
    assert not [name for name in nodes if name.startswith("_vault-tools/") and name != "_vault-tools/Plan.md"]


def test_a_page_outside_the_vault_is_never_written(vault: MakeVault) -> None:
    """Whatever path a page has."""
    root = vault(NOTES).resolve()
    with pytest.raises(NotOursError):
        output.write(root, Page("../out.md", "generated-by: vault-tools"), MARK)
    assert not (root.parent / "out.md").exists()


def test_a_rewritten_page_keeps_its_file_mode(vault: MakeVault, run: Run) -> None:
    """A group that shares a vault keeps its rights."""
    root = vault(NOTES)
    run("report", root)
    assert (root / "_vault-tools/Gaps.md").stat().st_mode & 0o777 == 0o644
    (root / "_vault-tools/Gaps.md").chmod(0o664)
    (root / "Good.md").write_text("[[Another missing]]")
    run("report", root)
    assert b"Another missing" in pages(root)["Gaps.md"]
    assert (root / "_vault-tools/Gaps.md").stat().st_mode & 0o777 == 0o664


def test_new_pages_follow_the_umask(vault: MakeVault, tmp_path: Path) -> None:
    """A page is as private as the user's other files."""
    import os
    import sys

    if sys.platform == "win32":
        pytest.skip("Windows has no umask")
    root = vault({"A.md": ""})
    before = os.umask(0o077)
    try:
        Vault.open(root, cache=tmp_path / "cache").report()
    finally:
        os.umask(before)
    assert (root / "_vault-tools/graph.html").stat().st_mode & 0o777 == 0o600
