"""The graph page as a file: the same bytes, nobody asked, whatever the notes say and wherever it is opened."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from browser import Opened, browser_page, one_browser
from graph_pages import (
    HOSTILE,
    ask,
    edge,
    graph_of,
    hostile_graph,
    hostile_known,
    link_to,
    note,
    opened_graph,
    opened_text,
    page_text,
    point_of,
    safe,
    said,
    small_graph,
    until,
)

from vault_tools.exporters.html.encoding import unpacked
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.visible import visible


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


def part(page: str, name: str) -> str:
    """What an element of data holds."""
    return page.partition(f'id="{name}">')[2].partition("</script>")[0]


def core(page: str) -> dict[str, Any]:
    """What is drawn."""
    found: dict[str, Any] = json.loads(part(page, "core"))
    return found


# ------------------------------------------------------------------ the file


def test_the_same_graph_gives_the_same_bytes() -> None:
    """Two exports of one graph are equal to the last byte."""
    assert page_text(small_graph()) == page_text(small_graph())


def test_the_tool_can_recognise_its_own_page() -> None:
    """The marker stands right at the start of the head."""
    text = page_text(small_graph())
    head = text.index("<head>")
    assert '<meta name="generator" content="vault-tools">' in text[head : head + 300]


def test_the_policy_allows_nothing_but_the_pages_own_parts() -> None:
    """No `unsafe` word, no host, nothing by default."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_text(small_graph()))
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_a_page_can_be_written_whatever_the_notes_say() -> None:
    """Half a surrogate pair or a NUL in a note does not make a file that cannot be written."""
    nodes = [note(text, path=f"{number}.md") for number, text in enumerate(HOSTILE)]
    assert page_text(graph_of(nodes, []), vault=HOSTILE[-2]).encode("utf-8")


def test_a_colour_that_is_none_never_reaches_the_page() -> None:
    """Settings may hold anything; the page gets `#rgb` or `#rrggbb`."""
    text = page_text(graph_of([note("A", "odd")], []), groups=(("a", "url(https://example.org)"),))
    assert "display:none" not in part(text, "core")
    assert "example.org" not in part(text, "core")


def test_types_without_a_colour_keep_their_own_colour() -> None:
    """The colour of an unknown type follows from its name alone."""
    one = core(page_text(graph_of([note("A", "recipe")], [])))["types"]
    two = core(page_text(graph_of([note("A", "recipe"), note("B", "zebra")], [])))["types"]
    (color,) = (row["c"] for row in one)
    assert re.fullmatch("#[0-9a-f]{6}", color)
    assert color in {row["c"] for row in two if row["n"] == "recipe"}


def test_the_plain_list_of_ten_thousand_notes_is_light() -> None:
    """At most 400 kB, and every name is in it."""
    nodes = [note(f"A note with a name {number:05}", path=f"{number % 90}/{number}.md") for number in range(10_000)]
    plain = page_text(graph_of(nodes, [])).split('<article id="plain">')[1].split("</article>")[0]
    assert len(plain.encode()) <= 400_000
    assert plain.count("A note with a name") == 10_000


def test_a_page_of_two_hundred_notes_is_small() -> None:
    """With the library that draws neighbourhoods, 700 kB at most."""
    nodes = [note(f"Note {number}", excerpt="word " * 48) for number in range(200)]
    edges = [edge(nodes[number], "requires", nodes[number // 3]) for number in range(1, 200)]
    assert len(page_text(graph_of(nodes, edges)).encode()) <= 700_000


def test_names_only_leaves_out_what_notes_say() -> None:
    """Neither excerpts nor properties are in the file."""
    whole = unpacked(part(page_text(small_graph()), "details"))
    names = unpacked(part(page_text(small_graph(), names_only=True), "details"))
    assert "First words" in whole
    assert "active" in whole
    assert "First words" not in names
    assert "active" not in names


# ------------------------------------------------------------------ safety


def foreign(opened: Opened, path: Path) -> list[str]:
    """Requests for anything but the file itself and what it holds."""
    return [
        url for url in opened.requests if url.split("#")[0] != path.as_uri() and not url.startswith(("data:", "blob:"))
    ]


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


def test_the_page_asks_nobody_and_complains_of_nothing(tmp_path: Path) -> None:
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
    with opened_graph(graph, tmp_path, vault, known=hostile_known(graph), groups=groups) as opened:
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


def test_the_neighbourhood_and_the_pictures_show_hostile_texts_as_texts(tmp_path: Path) -> None:
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


def test_an_address_is_only_read_as_names_that_are_known(tmp_path: Path) -> None:
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


def test_a_title_that_looks_like_a_placeholder_stays_a_title(tmp_path: Path) -> None:
    """What is put into the page is never looked at again."""
    names = ["{{core}}", "{{script}}", "{{style}} {{library}}", "{{policy}}"]
    with opened_graph(graph_of([note(name) for name in names], []), tmp_path, vault="{{script}}") as opened:
        assert sorted(ask(opened, "visibleNodes()")) == sorted(names)
        assert opened.page.inner_text("#vault") == "{{script}}"


# ------------------------------------------------------------------ when something is not as usual


def test_without_scripts_there_is_a_list_of_notes_and_gaps(tmp_path: Path) -> None:
    """The reader learns why, and what is in the vault; hostile texts are texts there too."""
    graph = hostile_graph()
    text = page_text(graph, vault="<b>My vault", known=hostile_known(graph))
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
def test_a_browser_that_lacks_something_says_so_and_shows_the_list(tmp_path: Path, lacking: str) -> None:
    """It is asked before anything is drawn."""
    with opened_text(in_a_lesser_browser(f"delete window.{lacking};"), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")
        assert "Kalman filter" in opened.page.inner_text("#plain")
        assert opened.page.is_hidden("main")
        assert opened.page.is_hidden(".why.fault")


def test_a_browser_that_cannot_open_what_is_packed_is_such_a_lack(tmp_path: Path) -> None:
    """Some know DecompressionStream, and not this format."""
    refuse = "window.DecompressionStream = class { constructor(format) { throw new TypeError(format); } };"
    with opened_text(in_a_lesser_browser(refuse), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")
        assert opened.page.is_hidden("main")


def test_a_canvas_that_cannot_be_had_is_such_a_lack(tmp_path: Path) -> None:
    """Some browsers refuse it."""
    refuse = "HTMLCanvasElement.prototype.getContext = () => null;"
    with opened_text(in_a_lesser_browser(refuse), tmp_path) as opened:
        assert said("map.plain.old-browser") in opened.page.inner_text("#plain .old")


@pytest.mark.parametrize(("whole", "damaged"), [('id="core">{', 'id="core">{oops'), ('id="core">{', 'id="nothing">{')])
def test_a_damaged_page_says_so_and_shows_the_list(tmp_path: Path, whole: str, damaged: str) -> None:
    """Not an empty window."""
    with opened_text(page_text(small_graph()).replace(whole, damaged), tmp_path) as opened:
        assert said("map.plain.failed") in opened.page.inner_text("#plain .fault")
        assert "Kalman filter" in opened.page.inner_text("#plain")
        assert opened.page.is_hidden("main")


def test_an_empty_vault_says_so(tmp_path: Path) -> None:
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
def test_odd_vaults_are_drawn_and_read_without_a_complaint(tmp_path: Path, graph: KnowledgeGraph) -> None:
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


def test_a_star_of_five_thousand_is_read(tmp_path: Path) -> None:
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
