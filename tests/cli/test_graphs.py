"""`graph`: where the page is written, the view that it opens with, and the browser that shows it."""

import re
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

import pytest
from shared.command_vaults import MAPPED, NOTES
from shared.vaults import MakeVault, Run, pages

from vault_tools.cli.graphs import _show


def test_graph_writes_the_page_that_report_writes(vault: MakeVault, run: Run) -> None:
    """Into the vault, or elsewhere."""
    root = vault(NOTES)
    run("report", root)
    whole = pages(root)["graph.html"]
    (root / "_vault-tools/graph.html").unlink()
    assert run("graph", root).stdout.strip() == str(root / "_vault-tools" / "graph.html")
    assert pages(root)["graph.html"] == whole
    other = root.parent / "other.html"
    assert run("graph", root, "-o", other).stdout.strip() == str(other)
    assert other.read_bytes() == whole


def view_in(page: bytes) -> str:
    """What a page opens with."""
    found = re.search(rb'"view":"([^"]*)"', page)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize(
    ("options", "view"),
    [
        (("--focus", "Quantization"), "note=Knowledge/量化.md"),
        (("--focus", "[[量化]]", "--depth", "3"), "note=Knowledge/量化.md&depth=3"),
        (("--focus", "Sub/A & B"), "note=Sub/A%20%26%20B.md"),
        (("--type", "概念", "--type", "学习日志"), "type=knowledge,log"),
        (("--type", "Knowledge", "--type", "concept", "--color", "community"), "color=community&type=knowledge"),
    ],
)
def test_the_map_opens_with_what_is_asked_for(vault: MakeVault, run: Run, options: tuple[str, ...], view: str) -> None:
    """The vault's own page stays what it is, and its address says the rest; a page elsewhere says it itself."""
    root = vault(MAPPED)
    run("graph", root)
    whole = pages(root)["graph.html"]
    page = root / "_vault-tools" / "graph.html"
    assert run("graph", root, *options).stdout == f"{page.as_uri()}#{view}\n"
    assert pages(root)["graph.html"] == whole
    other = root.parent / "other.html"
    assert run("graph", root, *options, "-o", other).stdout == f"{other}\n"
    assert view_in(other.read_bytes()) == view
    assert view_in(whole) == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--focus", "A & B"), "  Sub/A & B.md\n  Top/A & B.md"),
        (("--focus", "量"), "Did you mean 量化?"),
        (("--type", "knowlege"), "No note has the type 'knowlege'. Did you mean knowledge?"),
        (("--type", "source"), "No note has the type 'source'. The types in this vault are: knowledge, log, note."),
        (("--depth", "2"), "--focus"),
        (("--focus", "量化", "--depth", "5"), "from 1 to 4, not 5"),
        (("--names-only",), "--output"),
        (("--color", "mood"), "type, community"),
    ],
)
def test_a_view_of_the_map_that_cannot_be_shown_is_refused_in_words(
    vault: MakeVault, run: Run, options: tuple[str, ...], said: str
) -> None:
    """With what would do instead; and nothing is written."""
    root = vault(MAPPED)
    result = run("graph", root, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (root / "_vault-tools").exists()


def test_a_map_without_texts_of_notes_is_written_outside_the_vault(vault: MakeVault, run: Run) -> None:
    """The plain list in it says no more than its map."""
    root = vault(MAPPED)
    other = root.parent / "names.html"
    assert run("graph", root, "--names-only", "-o", other).exit_code == 0
    assert '"names_only":true' in other.read_text("utf-8")
    assert "a secret" not in other.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--names-only",), "is the vault's own map, which"),
        (("--focus", "量化"), "is the vault's own map, which"),
        (("--color", "type"), "is the vault's own map, which"),
    ],
)
def test_the_map_in_the_vault_is_never_written_without_texts_of_notes(
    vault: MakeVault, run: Run, options: tuple[str, ...], said: str
) -> None:
    """By whatever name it is asked for; without these, it is written as it is."""
    root = vault(MAPPED)
    run("graph", root)
    whole, page = pages(root), root / "Top" / ".." / "_vault-tools" / "graph.html"
    result = run("graph", root, *options, "-o", page)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert run("graph", root, "-o", page).exit_code == 0
    assert pages(root) == whole


def test_a_vault_without_notes_offers_no_types_for_the_map(vault: MakeVault, run: Run) -> None:
    """So none is offered."""
    assert run("graph", vault({}), "--type", "x").stderr.rstrip().endswith("there are no notes in this vault.")


def moved(page: bytes) -> bytes:
    """A page of the vault whose first node was put elsewhere, as another device might have it."""
    corner = re.search(rb'"corner":\[(-?\d+),', page)
    assert corner is not None
    return page.replace(corner[0], b'"corner":[%d,' % (int(corner[1]) + 500))


def test_the_map_stays_as_it_stands_in_the_vault_until_it_is_arranged_anew(vault: MakeVault, run: Run) -> None:
    """All devices share the page in the vault, so they agree; what is written elsewhere agrees with it as well."""
    root = vault(MAPPED)
    run("graph", root)
    first = pages(root)["graph.html"]
    other, page = root.parent / "other.html", root / "_vault-tools" / "graph.html"
    page.write_bytes(moved(first))
    run("graph", root)
    assert pages(root)["graph.html"] == moved(first) != first
    run("graph", root, "-o", other)
    assert other.read_bytes() == moved(first)
    run("graph", root, "-o", other, "--anew")
    assert other.read_bytes() == first
    assert pages(root)["graph.html"] == moved(first)
    assert run("graph", root, "--rearrange").exit_code == 0
    assert pages(root)["graph.html"] == first
    page.unlink()
    run("report", root)
    assert pages(root)["graph.html"] == first


def test_the_map_is_opened_in_a_browser_if_the_system_has_one(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its view; where nobody could see it, that is said, and the address is printed all the same."""
    root = vault(MAPPED)
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) is None)  # type: ignore[func-returns-value]
    monkeypatch.setattr("vault_tools.cli.graphs._has_screen", lambda: True)
    address = run("graph", root, "--focus", "量化", "--open").stdout.strip()
    assert asked == [quote(address, safe="/:#=&")]
    assert address.endswith("/_vault-tools/graph.html#note=Knowledge/量化.md")
    monkeypatch.setattr("webbrowser.open", lambda _address: False)
    result = run("graph", root, "--open")
    assert (result.exit_code, result.stdout.strip()) == (0, str(root / "_vault-tools" / "graph.html"))
    assert "No browser" in result.stderr
    monkeypatch.undo()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_view_of_the_map_opens_on_systems_that_drop_the_query_of_a_file_address(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str
) -> None:
    """By way of a page that leads to it; an address without a view is opened as it is."""
    root = vault(MAPPED)
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) is None)  # type: ignore[func-returns-value]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    address = run("graph", root, "--focus", "量化").stdout.strip()
    plain = (root / "_vault-tools" / "graph.html").as_uri()
    monkeypatch.setattr("vault_tools.cli.graphs.sys.platform", system)
    _show(address)
    _show(plain)
    monkeypatch.undo()
    assert asked[1] == plain
    assert Path(url2pathname(urlsplit(asked[0]).path)).parent == tmp_path
    text = Path(url2pathname(urlsplit(asked[0]).path)).read_text("utf-8")
    assert f'content="0; url={escape(quote(address, safe="/:#=&"))}"' in text


@pytest.mark.parametrize("there", [True, False])
def test_no_browser_takes_over_a_terminal(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:  # noqa: FBT001
    """On Linux there must be a screen, or a browser that the user named."""
    from vault_tools.cli.graphs import _has_screen

    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if there:
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert _has_screen() is there
