"""Copies of our pages, as programs that sync make them: listed with what to do, and read as nothing."""

# ruff: noqa: D103  (a test is named for what it holds)

from pathlib import Path

import pytest
from shared.vaults import MakeVault, Run, write

from vault_tools import Vault
from vault_tools.ours import CHARTS, GRAPH_PAGE
from vault_tools.store.page_copies import page_copies

ADDED = [
    ".sync-conflict-20240506-130509-ABCDEFG",
    " (Anna's conflicted copy 2024-05-06)",
    " (Conflicted copy laptop 202405061305)",
    " (SFConflict anna@example.org 2024-05-06-13-05-09)",
    " 2",
    " (1)",
    "-DESKTOP-AB12CD3",
    "-Anna's Mac",
    "_conflict-20240506-130509",
    "（冲突副本 2024-05-06）",
]
PAGES = ["Gaps.md", "Overview.md", GRAPH_PAGE, CHARTS]


def made(vault: MakeVault, folder: str = "_vault-tools") -> Path:
    """Return a vault with its pages."""
    settings = f'[reports]\nfolder = "{folder}"\n'
    root = vault({"A.md": "[[B]]\n", "vault-tools.toml": settings})
    opened = Vault.open(root, cache=False)
    opened.report()
    return root


def copied(root: Path, page: str, added: str, folder: str = "_vault-tools") -> str:
    """Copy a page as a service does, and return the path."""
    source = root / folder / page
    name = f"{source.stem}{added}{source.suffix}"
    write(root, {f"{folder}/{name}": source.read_bytes()})
    return f"{folder}/{name}"


def test_each_copy_of_a_page_is_reported_with_what_to_do_and_not_read(vault: MakeVault) -> None:
    root = made(vault)
    before = Vault.open(root, cache=False).knowledge
    paths = {copied(root, page, added): page for page in PAGES for added in ADDED}
    after = Vault.open(root, cache=False).knowledge
    assert after.nodes.keys() == before.nodes.keys()
    for path, page in paths.items():
        (problem,) = after.problems[path]
        assert problem.code == "page-copy"
        assert page in problem.what
        assert page in problem.todo


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_overview_lists_copies_of_pages(vault: MakeVault, run: Run, language: str) -> None:
    root = made(vault, "报告")
    write(root, {"vault-tools.toml": f'language = "{language}"\n[reports]\nfolder = "报告"\n'})
    copied(root, "Gaps.md", ADDED[0], "报告")
    assert run("report", root).exit_code == 0
    overview = (root / "报告" / "Overview.md").read_text("utf-8")
    assert "Gaps.sync-conflict" in overview
    assert ("delete it" if language == "en" else "可以删除") in overview
    before = overview
    run("report", root)
    assert (root / "报告" / "Overview.md").read_text("utf-8") == before


def test_a_file_of_ours_with_another_name_is_no_copy_of_a_page(vault: MakeVault) -> None:
    root = made(vault)
    pages = Vault.open(root, cache=False).snapshot.vault.own_paths
    assert page_copies(pages, pages) == {}
    assert page_copies(["_vault-tools/Gapsy.md", "_vault-tools/Mine.md", "_vault-tools/Gaps 2.html"], pages) == {}
    assert Vault.open(root, cache=False).knowledge.problems.keys().isdisjoint(pages)
