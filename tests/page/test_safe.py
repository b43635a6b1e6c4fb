"""The page is safe to open: it asks nobody, and text from notes stays text."""

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from shared.browser import Opened, browser_page
from shared.graph_pages import (
    HOSTILE,
    foreign,
    hostile_analysis,
    hostile_graph,
    link_to,
    opened_graph,
    page_text,
    point_of,
    safe,
    said,
    small_graph,
    until,
)

from vault_tools.model.visible import visible


def check_harmless(opened: Opened, path: Path, scripts: int) -> None:
    """Nothing ran, nothing was asked for, nothing was refused, and only Obsidian is linked to."""
    page = opened.page
    assert page.evaluate("typeof window.PWNED") == "undefined"
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, [onload], [onerror]').length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == scripts
    links = page.evaluate("[...document.querySelectorAll('[href], [src]')].map((each) => each.getAttribute('href'))")
    assert [link for link in links if not link.startswith("obsidian://")] == []
    assert (opened.complaints, opened.violations, foreign(opened, path)) == ([], [], [])


def count_scripts(opened: Opened) -> int:
    """How many script elements there are."""
    return int(opened.page.evaluate("document.querySelectorAll('script').length"))


def test_the_page_makes_no_request_and_reports_no_error(tmp_path: Path) -> None:
    """Only the file itself is requested, in use as at the start; no error, no broken policy."""
    with opened_graph(small_graph(), tmp_path) as opened:
        before = count_scripts(opened)
        opened.page.fill("#query", "Kalman")
        opened.page.press("#query", "Enter")
        opened.page.mouse.move(*point_of(opened, "Kalman filter"))
        opened.page.click("#theme")
        opened.page.click("#zoom-in")
        opened.page.click("#fit")
        opened.page.keyboard.press("n")
        opened.page.wait_for_timeout(500)
        opened.page.keyboard.press("Escape")
        check_harmless(opened, tmp_path / "graph.html", before + opened.page.evaluate("Number('vis' in window)"))


def test_text_of_the_vault_never_becomes_markup(tmp_path: Path) -> None:
    """Titles, aliases, types, tags, folders, properties, excerpts, findings, stages, groups: letter by letter."""
    vault = " ".join(HOSTILE)
    graph = hostile_graph()
    groups = tuple((text, text) for text in HOSTILE)
    with opened_graph(graph, tmp_path, vault, analysis=hostile_analysis(graph), groups=groups) as opened:
        page, before = opened.page, count_scripts(opened)
        assert page.evaluate("document.getElementById('vault').textContent") == safe(vault)
        for number, text in enumerate(HOSTILE):
            page.fill("#query", f"probe-{number}.")
            until(opened, "document.querySelector('#results [role=option]')")
            page.press("#query", "Enter")
            until(opened, "document.querySelector('#panel .facts section')")
            check_panel(opened, text, f"{safe(text)}/{number} {safe(text)}.md", vault)
            page.evaluate("document.querySelector('#panel .tag').click()")
        for color in ("community", "folder", "tag", "stage", "group"):
            page.evaluate(f"location.hash = '#color={color}&mode={'gaps' if color == 'tag' else 'learning'}'")
            page.wait_for_timeout(120)
        page.fill("#query", "PWNED")
        until(opened, "document.querySelectorAll('#results [role=option]').length > 5")
        page.press("#query", "Escape")
        check_harmless(opened, tmp_path / "graph.html", before)


def check_panel(opened: Opened, text: str, path: str, vault: str) -> None:
    """The open panel shows a text in every place, letter by letter; its title is a name, without what nobody sees."""
    shown = opened.page.evaluate(
        """() => {
            const texts = (what) => [...document.querySelectorAll(`#panel ${what}`)].map((part) => part.textContent);
            return {
                title: texts('h2')[0], type: texts('.kind')[0], path: texts('.path')[0], chips: texts('.chips li'),
                keys: texts('dt'), values: texts('dd'), told: texts('.told p'), excerpt: texts('.excerpt')[0],
                href: document.querySelector('a.open').getAttribute('href'),
            };
        }"""
    )
    assert shown["title"] == visible(text)
    text = safe(text)
    assert shown["type"] == f"{text} · {text}"
    assert shown["path"] == path
    assert shown["excerpt"] == text
    assert {text, f"#{text}"} <= set(shown["chips"])
    assert text in shown["keys"]
    assert text in shown["values"]
    assert text in shown["told"]
    assert shown["href"] == link_to(vault, path)


def test_the_neighbourhood_and_the_pictures_show_hostile_text_as_text(tmp_path: Path) -> None:
    """vis-network draws them, a list names them, an SVG holds them; none of it is markup."""
    with opened_graph(hostile_graph(), tmp_path, " ".join(HOSTILE)) as opened:
        before = count_scripts(opened)
        opened.page.fill("#query", "probe-0.")
        until(opened, "document.querySelector('#results [role=option]')")
        opened.page.press("#query", "Enter")
        opened.page.click("#panel .near")
        opened.page.wait_for_selector("#around-map canvas")
        shown = set(
            opened.page.evaluate("[...document.querySelectorAll('#around .node')].map((row) => row.textContent)")
        )
        assert shown == {visible(text) for text in HOSTILE[1:]}
        box = opened.page.locator("#around-map").bounding_box()
        for step in range(1, 10):
            opened.page.mouse.move(box["x"] + box["width"] * step / 10, box["y"] + box["height"] * step / 10)
        opened.page.keyboard.press("Escape")
        opened.page.click("#more")
        with opened.page.expect_download() as download:
            opened.page.get_by_role("menuitem", name=said("map.more.save-svg")).click()
        download.value.save_as(tmp_path / "map.svg")
        check_harmless(opened, tmp_path / "graph.html", before + 1)  # the library
    root = ET.parse(tmp_path / "map.svg").getroot()
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        "svg",
        "title",
        "defs",
        "clipPath",
        "rect",
        "g",
        "path",
        "circle",
        "text",
    }
    assert root.findtext("{http://www.w3.org/2000/svg}title") == safe(" ".join(HOSTILE)).replace("\x00", "\ufffd")
    with browser_page(tmp_path / "map.svg") as drawn:
        assert drawn.page.evaluate("typeof window.PWNED") == "undefined"
        assert (drawn.complaints, len(drawn.requests)) == ([], 1)


ADDRESSES = (*HOSTILE[:-2], "a|b,c&d=e%", "%", "%zz", "__proto__", "constructor")


def address_of(text: str) -> str:
    """A text as every value of an address, and as a key."""
    keys = ("note", "tag", "folder", "type", "relation", "q", "mode", "color", "path", "since", "at", text)
    return "&".join(f"{quote(key)}={quote(text)}" for key in keys)


def test_an_address_only_selects_what_the_page_contains(tmp_path: Path) -> None:
    """Whoever wrote the link: as a note, a tag, a folder, a type, a search, a view; encoded or not."""
    path = tmp_path / "graph.html"
    path.write_text(page_text(small_graph(), view=address_of(HOSTILE[0])), encoding="utf-8")
    with browser_page(path) as opened:
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        before = count_scripts(opened)
        for text in ADDRESSES:
            for address in (address_of(text), text, f"note={text}", f"q={text}&tag={text}"):
                opened.page.evaluate("(address) => { location.hash = `#${address}`; }", address)
                opened.page.wait_for_timeout(15)
        opened.page.wait_for_timeout(100)
        check_harmless(opened, path, before)
