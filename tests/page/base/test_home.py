"""How the page of the graph finds the vault that it lies in, and the addresses that open its notes in Obsidian."""

# ruff: noqa: D103  (a test is named for what it holds)

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from shared.browser import browser_page
from shared.graph_pages import export_context, page_text, said, small_graph, until
from shared.vaults import MakeVault

from vault_tools import Vault, shipped
from vault_tools.exporters.html import EXPORTER
from vault_tools.ours import GRAPH_PAGE

PLACES = {
    "file:///home/u/My%20Vault/_vault-tools/graph.html": "/home/u/My Vault/N/a b.md",
    "file://localhost/home/u/V/_vault-tools/graph.html#mode=gaps": "/home/u/V/N/a b.md",
    "file:///home/u/%E9%87%8F%E5%8C%96%20100%25/_vault-tools/graph.html": "/home/u/量化 100%/N/a b.md",
    "file:///C:/Users/J%C3%B6rg/Vault/_vault-tools/graph.html": "C:\\Users\\Jörg\\Vault\\N\\a b.md",
    "file:///c:/V/_Vault-Tools/Graph.html": "c:\\V\\N\\a b.md",
    "file://server/share/Team%20Vault/_vault-tools/graph.html": "\\\\server\\share\\Team Vault\\N\\a b.md",
    "file://wsl.localhost/Ubuntu/home/u/V/_vault-tools/graph.html": "\\\\wsl.localhost\\Ubuntu\\home\\u\\V\\N\\a b.md",
    "file:///home/u/a%23b%3Fc/_vault-tools/graph.html?x=1": "/home/u/a#b?c/N/a b.md",
}
ELSEWHERE = [
    "https://example.org/V/_vault-tools/graph.html",
    "app://local/home/u/V/_vault-tools/graph.html",
    "blob:null/0b0f0f7e",
    "about:srcdoc",
    "file:///home/u/Downloads/graph.html",
    "file:///home/u/V/_vault-tools/map.html",
    "file:///_vault-tools/graph.html",
    "file:///home/u/%FF/_vault-tools/graph.html",
]


def script(named: str = "", folder: str = "_vault-tools") -> str:
    """The module as a function of an address, with what it imports written out."""
    texts = shipped.assets(["graph/"])
    formed = re.search(r"export (const wellFormed.*?;\n)", texts["graph/base/dom.js"])
    assert formed is not None
    own = re.sub(r"^import .*?;$|^export ", "", texts["graph/base/home.js"], flags=re.MULTILINE)
    return (
        "(address) => { const location = address.pathname ? address : new URL(address);"
        f" const givenName = {named!r}, pagesFolder = {folder!r}, pageName = {GRAPH_PAGE!r};"
        f" const say = (id) => id;\n{formed[1]}\n{own}\nreturn [vault, addressOf('N/a b.md')]; }}"
    )


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """An empty page in a browser."""
    (tmp_path / "empty.html").write_text("<!doctype html><title>x</title>")
    with browser_page(tmp_path / "empty.html") as opened:
        yield opened.page


def test_a_page_in_its_vault_opens_notes_by_path(page: Any) -> None:
    for address, path in PLACES.items():
        name, link = page.evaluate(script(), address)
        assert link == f"obsidian://open?path={quote(path, safe='')}", address
        assert name == re.split(r"[\\/]", path)[-3]
    of_firefox = {"protocol": "file:", "host": "", "pathname": "///server/share/V/_vault-tools/graph.html"}
    shared = quote("\\\\server\\share\\V\\N\\a b.md", safe="")
    assert page.evaluate(script(), of_firefox) == ["V", f"obsidian://open?path={shared}"]
    nested = page.evaluate(script(folder="Meta/Pages é"), "file:///v/Meta/Pages%20e%CC%81/graph.html")
    assert nested == ["v", f"obsidian://open?path={quote('/v/N/a b.md', safe='')}"]


def test_a_page_outside_of_its_vault_opens_notes_by_name_in_the_last_vault(page: Any) -> None:
    for address in ELSEWHERE:
        assert page.evaluate(script(), address) == ["map.plain.vault", "obsidian://open?file=N%2Fa%20b.md"], address
    for address in (*ELSEWHERE, *PLACES):
        link = "obsidian://open?vault=My%20%26%20vault&file=N%2Fa%20b.md"
        assert page.evaluate(script("My & vault"), address) == ["My & vault", link], address


@pytest.mark.parametrize("folder", ["My notes", "量化 100% & co", "a#b?c", "it's (mine)!"])
def test_one_page_in_two_vault_folders_finds_each_vault(folder: str, vault: MakeVault, tmp_path: Path) -> None:
    """As it is written into the vault and opened from there: title, heading and links."""
    root = vault({"Notes/Alpha é.md": "[[Beta]]\n", "Notes/Beta.md": "[[Alpha é]]\n"}).rename(tmp_path / folder)
    Vault.open(root).report()
    with browser_page(root / "_vault-tools" / "graph.html") as opened:
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        assert opened.page.title() == said("map.main.page-title", vault=folder)
        assert opened.page.inner_text("#vault") == folder
        opened.page.fill("#query", "Alpha é")
        opened.page.press("#query", "Enter")
        link = opened.page.locator("a.open").get_attribute("href")
        assert link == f"obsidian://open?path={quote(str(root.resolve() / 'Notes' / 'Alpha é.md'), safe='')}"
        assert opened.complaints == []


def test_a_page_without_the_name_of_a_vault_says_vault() -> None:
    text = "".join(EXPORTER.export(small_graph(), export_context("")))
    assert '<h1 dir="auto">Vault</h1>' in text
    assert page_text(small_graph(), "") == text
