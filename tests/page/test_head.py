"""The page in unusual browsers and vaults: it shows a list, or says what is wrong."""

import re
from pathlib import Path

import pytest
from shared.graph_pages import (
    HOSTILE,
    edge,
    foreign,
    graph_of,
    hostile_analysis,
    hostile_graph,
    note,
    opened_graph,
    opened_text,
    page_text,
    said,
    small_graph,
    until,
)

from vault_tools.model.graph import KnowledgeGraph


def test_without_scripts_the_page_shows_a_list_of_notes_and_gaps(tmp_path: Path) -> None:
    """The reader learns why, and what is in the vault; hostile texts are texts there too."""
    graph = hostile_graph()
    text = page_text(graph, vault="<b>My vault", analysis=hostile_analysis(graph))
    with opened_text(text, tmp_path, java_script_enabled=False) as opened:
        plain = opened.page.locator("#plain")
        assert said("map.plain.no-script") in opened.page.locator("noscript").inner_text()
        assert plain.locator("h1").inner_text() == "<b>My vault"
        assert plain.locator("h2").all_inner_texts() == [
            said("map.plain.gaps"),
            said("map.plain.counted", what=said("map.plain.notes"), n="14"),
        ]
        assert HOSTILE[0] in plain.inner_text()
        assert opened.page.is_hidden("header")
        assert opened.page.is_hidden("main")
        assert opened.page.is_hidden(".why.old")
        assert opened.page.locator("img, #plain svg, #plain script").count() == 0
        assert foreign(opened, tmp_path / "graph.html") == []


def in_a_lesser_browser(script: str) -> str:
    """A page that begins with a script of the test's own, which its policy lets through."""
    text = page_text(small_graph()).replace("<script>", f"<script>{script}</script><script>", 1)
    return re.sub(r"script-src [^;]*", "script-src 'unsafe-inline'", text)


@pytest.mark.parametrize("lacking", ["DecompressionStream", "Float32Array", "HTMLDialogElement"])
def test_a_page_in_a_lesser_browser_says_what_is_missing_and_shows_the_list(tmp_path: Path, lacking: str) -> None:
    """It is asked before anything is drawn."""
    with opened_text(in_a_lesser_browser(f"delete window.{lacking};"), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")
        assert "Kalman filter" in opened.page.inner_text("#plain")
        assert opened.page.is_hidden("main")
        assert opened.page.is_hidden(".why.fault")


def test_a_page_in_a_browser_that_cannot_decompress_shows_the_list(tmp_path: Path) -> None:
    """Some know DecompressionStream, and not this format."""
    refuse = "window.DecompressionStream = class { constructor(format) { throw new TypeError(format); } };"
    with opened_text(in_a_lesser_browser(refuse), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")
        assert opened.page.is_hidden("main")


def test_a_page_in_a_browser_without_canvas_shows_the_list(tmp_path: Path) -> None:
    """Some browsers refuse it."""
    refuse = "HTMLCanvasElement.prototype.getContext = () => null;"
    with opened_text(in_a_lesser_browser(refuse), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")


@pytest.mark.parametrize(("whole", "damaged"), [('id="core">{', 'id="core">{oops'), ('id="core">{', 'id="nothing">{')])
def test_a_damaged_page_says_that_and_shows_the_list(tmp_path: Path, whole: str, damaged: str) -> None:
    """Not an empty window."""
    with opened_text(page_text(small_graph()).replace(whole, damaged), tmp_path) as opened:
        assert said("map.plain.failed") in opened.page.inner_text("#plain .fault")
        assert "Kalman filter" in opened.page.inner_text("#plain")
        assert opened.page.is_hidden("main")


def test_the_page_of_an_empty_vault_says_that(tmp_path: Path) -> None:
    """No notes, no error, one sentence."""
    with opened_graph(graph_of([], []), tmp_path) as opened:
        until(opened, "!document.getElementById('message').hidden")
        assert said("map.filters.empty-vault") in opened.page.inner_text("#message")
        for key in "0+-ngl?":
            opened.page.keyboard.press(key)
        assert opened.complaints == []


def star(points: int) -> KnowledgeGraph:
    """One note that all others link to."""
    middle = note("Middle")
    nodes = [middle, *(note(f"Point {number}") for number in range(points))]
    return graph_of(nodes, [edge(node, "links-to", middle) for node in nodes[1:]])


ODD = {
    "one note": graph_of([note("Alone")], []),
    "no edges": graph_of([note(f"Note {number}") for number in range(50)], []),
    "a note that links to itself": graph_of([note("Self")], [edge(note("Self"), "requires", note("Self"))]),
    "equal names": graph_of([note("Same", path=f"{number}/Same.md") for number in range(30)], []),
    "names of all kinds": graph_of(
        [
            note(name, path=f"{number}.md")
            for number, name in enumerate(("W" * 255, "", " ", "👩‍👩‍👧‍👦🏳️‍🌈", "مرحبا بالعالم", "字" * 85))
        ],
        [],
    ),
    "only missing notes": graph_of([node for node in small_graph().nodes.values() if node.kind == "missing"], []),
}


@pytest.mark.parametrize("graph", ODD.values(), ids=ODD.keys())
def test_pages_of_odd_vaults_are_used_without_an_error(tmp_path: Path, graph: KnowledgeGraph) -> None:
    """Choose, open the neighbourhood, list, save a picture."""
    with opened_graph(graph, tmp_path) as opened:
        opened.page.focus("#map")
        opened.page.keyboard.press("Enter")
        until(opened, "document.querySelector('#panel .facts section')")
        opened.page.focus("#map")
        opened.page.keyboard.press("n")
        opened.page.wait_for_selector("#around-map canvas")
        opened.page.keyboard.press("Escape")
        opened.page.click("#more")
        with opened.page.expect_download():
            opened.page.get_by_role("menuitem", name=said("map.more.save-svg")).click()
        assert (opened.complaints, opened.violations) == ([], [])


def test_the_panel_of_a_note_with_five_thousand_links_shows_some_and_counts_the_rest(tmp_path: Path) -> None:
    """Its panel and neighbourhood show some, and say how many more there are."""
    with opened_graph(star(5000), tmp_path) as opened:
        opened.page.fill("#query", "Middle")
        until(opened, "document.querySelector('#results [role=option]')")
        opened.page.press("#query", "Enter")
        until(opened, "document.querySelector('#panel .facts section')")
        assert said("map.legend.more", n="5,000") in opened.page.inner_text("#panel")
        opened.page.click("#panel .near")
        opened.page.wait_for_selector("#around-map canvas")
        assert said("map.local.left-out", n="4,801") in opened.page.inner_text("#around-says")
        assert opened.complaints == []
