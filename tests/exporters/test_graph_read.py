"""Reading the graph page: panel, neighbourhood, list, keys, pictures, paper, and everyone who looks at it otherwise."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from browser import Opened, one_browser
from graph_pages import (
    ask,
    edge,
    graph_of,
    link_to,
    note,
    opened_graph,
    page_text,
    point_of,
    said,
    small_graph,
    until,
)

from vault_tools import shipped, words
from vault_tools.insights import insights
from vault_tools.model.export import Known
from vault_tools.model.finding import Finding
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Facts, Learning, State, Supply
from vault_tools.model.note import Tag
from vault_tools.model.speech import english
from vault_tools.model.text import Ref, say

pytestmark = pytest.mark.ci

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


def choose(opened: Opened, title: str) -> None:
    """Click on a node and wait until all of its panel is there."""
    opened.page.mouse.click(*point_of(opened, title))
    opened.page.wait_for_selector("#panel .facts section")


def panel(opened: Opened, what: str) -> list[str]:
    """The texts of parts of the panel."""
    return list(opened.page.locator(f"#panel {what}").all_inner_texts())


def hub(spokes: int) -> KnowledgeGraph:
    """A note that many others require, and chains that lead away from it."""
    middle = note("Hub")
    nodes = [middle, *(note(f"Spoke {number:03}") for number in range(spokes))]
    edges = [edge(node, "requires", middle) for node in nodes[1:]]
    far = [note(f"Far {number}") for number in range(4)]
    chain = [nodes[1], *far]
    edges += [edge(one, "related", other) for one, other in pairwise(chain)]
    return graph_of([*nodes, *far], edges)


# ------------------------------------------------------------------ the panel


def test_the_panel_says_what_is_known_of_a_note(tmp_path: Path) -> None:
    """Title, type, path, the way to Obsidian, aliases, tags, properties and measures."""
    with opened_graph(small_graph(), tmp_path, vault="Mein Tresor/ä") as opened:
        choose(opened, "Kalman filter")
        assert panel(opened, "h2") == ["Kalman filter"]
        assert panel(opened, ".kind") == ["knowledge"]
        assert panel(opened, ".path") == ["Notes/Kalman filter.md"]
        assert panel(opened, ".excerpt") == ["First words."]
        assert opened.page.get_attribute("a.open", "href") == link_to("Mein Tresor/ä", "Notes/Kalman filter.md")
        assert panel(opened, ".chips li") == ["卡尔曼滤波", "KF", "#math", "#control"]
        told = dict(zip(panel(opened, "dt"), panel(opened, "dd"), strict=True))
        properties = {"status": "active", "level": "3", "done": "true", "odd": "nan", "near": "a, b:"}
        assert told.items() >= properties.items()
        assert told[said("map.panel.degree")] == said("map.panel.degree-counts", out="2", **{"in": "1"})
        assert told[said("map.legend.pagerank")] in [
            said("map.panel.place", place=str(at), n="4") for at in range(1, 5)
        ]


def test_links_stand_by_relation_with_its_name_from_that_side(tmp_path: Path) -> None:
    """What a note enables is what requires it; a mere link beside a meaning is not said again."""
    graph = small_graph()
    kalman, bayes = graph.nodes["Notes/Kalman filter.md"], graph.nodes["Notes/概率 & co/Bayes' rule (100%).md"]
    graph = graph_of(list(graph.nodes.values()), [*graph.edges, edge(kalman, "links-to", bayes)])
    with opened_graph(graph, tmp_path) as opened:
        choose(opened, "Bayes' rule (100%)")
        address = link_to("My vault", "Notes/概率 & co/Bayes' rule (100%).md")
        assert opened.page.get_attribute("a.open", "href") == address
        assert panel(opened, "section.out h4") == ["related"]
        assert panel(opened, "section.in h4") == ["enables"]
        assert panel(opened, "section.in li") == ["Kalman filter"]


def test_a_link_in_the_panel_leads_on_and_back_leads_back(tmp_path: Path) -> None:
    """The trail is kept while the panel is open; a missing note has no address."""
    with opened_graph(small_graph(), tmp_path) as opened:
        choose(opened, "Kalman filter")
        assert opened.page.get_by_role("button", name=said("map.panel.back", note="")).count() == 0
        opened.page.locator("#panel .links button", has_text="Gauss").click()
        assert panel(opened, "h2") == ["Gauss"]
        assert opened.page.evaluate("document.activeElement.tagName") == "H2"
        assert opened.page.locator("a.open").count() == 0
        opened.page.get_by_role("button", name=said("map.panel.back", note="Kalman filter")).click()
        assert panel(opened, "h2") == ["Kalman filter"]
        opened.page.click("#close")
        assert opened.page.is_hidden("#panel")
        assert opened.page.evaluate("document.activeElement.id") == "map"


def test_back_of_the_browser_and_back_of_the_panel_go_the_same_way(tmp_path: Path) -> None:
    """What the one has gone back, the other does not offer again."""
    with opened_graph(small_graph(), tmp_path) as opened:
        choose(opened, "Kalman filter")
        until(opened, "location.hash.includes('Kalman')")
        opened.page.locator("#panel .links button", has_text="Gauss").click()
        until(opened, "location.hash.includes('Gauss')")
        opened.page.go_back()
        until(opened, "document.querySelector('#panel h2').textContent === 'Kalman filter'")
        assert opened.page.get_by_role("button", name=said("map.panel.back", note="")).count() == 0
        opened.page.locator("#panel .links button", has_text="Gauss").click()
        opened.page.get_by_role("button", name=said("map.panel.back", note="Kalman filter")).click()
        assert panel(opened, "h2") == ["Kalman filter"]
        assert opened.complaints == []


def test_long_groups_are_cut_and_can_be_shown_whole(tmp_path: Path) -> None:
    """Twelve, then all."""
    with opened_graph(hub(30), tmp_path) as opened:
        choose(opened, "Hub")
        assert opened.page.locator("#panel section.in .node").count() == 12
        opened.page.get_by_role("button", name=said("map.legend.more", n="30")).click()
        assert opened.page.locator("#panel section.in .node").count() == 30


def test_a_tag_in_the_panel_filters_and_lets_go_again(tmp_path: Path) -> None:
    """It stays pressed as long as it holds."""
    with opened_graph(small_graph(), tmp_path) as opened:
        choose(opened, "Kalman filter")
        tag = opened.page.locator("#panel button.tag", has_text="#control")
        tag.click()
        until(opened, "window.vaultGraph.visibleNodes().length === 1")
        assert tag.get_attribute("aria-pressed") == "true"
        tag.click()
        until(opened, "window.vaultGraph.visibleNodes().length > 1")
        assert tag.get_attribute("aria-pressed") == "false"


def test_gaps_of_a_note_stand_in_its_panel(tmp_path: Path) -> None:
    """Which kind, why, and the next step."""
    missing = next(insight for insight in insights() if insight.name == "missing")
    finding = Finding("missing", Ref("missing://Gauss"), 2.0, (say("it carries no tag"),), (say("add one"),))
    known = Known(findings={missing: (finding,)})
    with opened_graph(small_graph(), tmp_path, known=known) as opened:
        choose(opened, "Gauss")
        assert panel(opened, ".told-title") == ["Gap\nMissing notes"]
        assert panel(opened, ".told p:not(.told-title)") == ["it carries no tag", "add one"]


def test_names_only_has_no_excerpt_and_no_properties(tmp_path: Path) -> None:
    """Nothing that is written in a note leaves with the page, not even packed."""
    with opened_graph(small_graph(), tmp_path, names_only=True) as opened:
        choose(opened, "Kalman filter")
        assert opened.page.locator("#panel .excerpt").count() == 0
        assert "status" not in panel(opened, "dt")


def test_a_name_of_255_signs_and_writing_from_right_to_left_fit(tmp_path: Path) -> None:
    """They wrap, and nothing is wider than the panel."""
    long = "W" * 255
    nodes = [note(long, path="long.md"), note("שלום עולם", path="rtl.md", tags=(f"#{long}",))]
    with opened_graph(graph_of(nodes, [edge(nodes[1], "requires", nodes[0])]), tmp_path) as opened:
        for title in (long, "שלום עולם"):
            choose(opened, title)
            assert opened.page.evaluate("(p => p.scrollWidth <= p.clientWidth)(document.getElementById('panel'))")
        assert opened.page.evaluate("getComputedStyle(document.querySelector('#panel h2')).direction") == "rtl"


def test_on_a_phone_the_panel_is_a_sheet_that_is_drawn_up_and_put_away(tmp_path: Path) -> None:
    """Full width, at the lower edge; its controls are large enough for a thumb."""
    with opened_graph(small_graph(), tmp_path, size=(390, 844), has_touch=True) as opened:
        opened.page.evaluate("document.getElementById('legend').hidden = true")
        opened.page.touchscreen.tap(*point_of(opened, "Monday"))
        opened.page.wait_for_selector("#panel .facts section")
        box = opened.page.locator("#panel").bounding_box()
        assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
        low = "[...document.querySelectorAll('#panel button:not(.grip), #panel a')].filter((b) => b.offsetHeight < 40)"
        assert opened.page.evaluate(f"{low}.map((b) => b.textContent)") == []
        opened.page.locator(".grip").press("Enter")
        assert opened.page.locator("#panel.tall").count() == 1
        grip = opened.page.locator(".grip").bounding_box()
        opened.page.locator(".grip").press("Enter")
        opened.page.wait_for_timeout(300)
        grip = opened.page.locator(".grip").bounding_box()
        drag(opened, grip["x"] + 40, grip["y"] + 10, 120)
        assert opened.page.is_hidden("#panel")


def drag(opened: Opened, x: float, y: float, down: float) -> None:
    """Press, move down, let go."""
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x, y + down, steps=3)
    opened.page.mouse.up()


# ------------------------------------------------------------------ the neighbourhood


def open_neighbourhood(opened: Opened, title: str) -> None:
    """Choose a note and open what is around it."""
    choose(opened, title)
    opened.page.click("#panel .near")
    opened.page.wait_for_selector("#around-map canvas")


def around(opened: Opened) -> list[str]:
    """The names in the list of the open neighbourhood."""
    return list(opened.page.locator("#around-list .node").all_inner_texts())


def test_the_neighbourhood_opens_at_any_depth(tmp_path: Path) -> None:
    """One step, two, four; pyvis' own library draws it, and nothing is asked of anybody."""
    with opened_graph(hub(3), tmp_path) as opened:
        open_neighbourhood(opened, "Spoke 000")
        assert around(opened) == ["Hub", "Far 0"]
        assert said("map.local.around", n="2") in opened.page.inner_text("#around-says")
        opened.page.keyboard.press("2")
        assert sorted(around(opened)) == ["Far 0", "Far 1", "Hub", "Spoke 001", "Spoke 002"]
        opened.page.locator("#around-depth button").last.click()
        assert around(opened)[-2:] == ["Far 2", "Far 3"]  # the nearest come first
        assert opened.page.locator("#around-depth [aria-pressed=true]").inner_text() == "4"
        assert opened.page.evaluate("typeof vis.Network") == "function"
        assert (opened.complaints, opened.violations) == ([], [])
        opened.page.keyboard.press("Escape")
        assert opened.page.locator("#around[open]").count() == 0
        assert panel(opened, "h2") == ["Spoke 000"]


def test_a_note_in_the_neighbourhood_can_be_chosen_and_centred_on(tmp_path: Path) -> None:
    """From the list as from the drawing."""
    with opened_graph(hub(3), tmp_path) as opened:
        open_neighbourhood(opened, "Spoke 000")
        opened.page.locator("#around-list .node", has_text="Far 0").click()
        assert opened.page.inner_text("#around-title") == "Spoke 000"
        assert opened.page.get_attribute("#around-map", "role") == "application"
        opened.page.keyboard.press("Escape")
        until(opened, "document.activeElement.tagName === 'H2'")
        assert opened.page.evaluate("document.activeElement.textContent") == "Far 0"
        open_neighbourhood(opened, "Spoke 000")
        opened.page.locator("#around-list .node", has_text="Far 0").click()
        assert "Far 0" in opened.page.inner_text("#around-chosen")
        opened.page.get_by_role("button", name=said("map.local.center")).click()
        assert opened.page.inner_text("#around-title") == "Far 0"
        assert sorted(around(opened)) == ["Far 1", "Spoke 000"]
        opened.page.get_by_role("button", name=said("map.local.show-on-map")).click()
        assert opened.page.locator("#around[open]").count() == 0
        assert panel(opened, "h2") == ["Far 0"]


def test_a_click_in_the_drawing_chooses_the_note_there(tmp_path: Path) -> None:
    """It is drawn in pixels where vis-network says it is: somewhere on the way from left to right there is a click."""
    with opened_graph(hub(1), tmp_path, reduced_motion="reduce") as opened:
        open_neighbourhood(opened, "Hub")
        opened.page.wait_for_timeout(400)
        box = opened.page.locator("#around-map").bounding_box()
        found = opened.page.evaluate(
            """() => {
                const canvas = document.querySelector('#around-map canvas');
                const pen = canvas.getContext('2d');
                const { width, height } = canvas;
                const data = pen.getImageData(0, 0, width, height).data;
                const spots = [];
                for (let at = 0; at < data.length; at += 4) {
                    const [r, g, b] = [data[at], data[at + 1], data[at + 2]];
                    const far = Math.abs(r - 0x2f) + Math.abs(g - 0x7f) + Math.abs(b - 0xb5);
                    if (far < 6) spots.push((at / 4) % width, Math.floor(at / 4 / width));
                }
                return { spots, ratio: width / canvas.clientWidth };
            }"""
        )
        points = list(zip(found["spots"][::2], found["spots"][1::2], strict=True))
        assert len(points) > 100
        for x, y in (min(points), max(points)):
            step = 4 if (x, y) == min(points) else -4
            opened.page.mouse.click(box["x"] + x / found["ratio"] + step, box["y"] + y / found["ratio"])
            if "Spoke" in opened.page.inner_text("#around-chosen"):
                break
        assert "Spoke 000" in opened.page.inner_text("#around-chosen")


def test_of_a_great_neighbourhood_the_most_linked_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    """Two hundred at most."""
    with opened_graph(hub(260), tmp_path) as opened:
        open_neighbourhood(opened, "Hub")
        assert len(around(opened)) == 199
        assert said("map.local.left-out", n="61") in opened.page.inner_text("#around-says")


# ------------------------------------------------------------------ in words, and by keyboard


def test_the_list_says_what_the_map_shows(tmp_path: Path) -> None:
    """How much of all, the chosen note with its neighbours, and the most important; it goes along with the map."""
    with opened_graph(small_graph(), tmp_path) as opened:
        until(opened, "document.getElementById('twin-says').textContent")
        assert opened.page.inner_text("#twin-says") == said(
            "map.list.some-shown", n="5", all="7", links=said("map.filters.link-count", n="4")
        )
        assert opened.page.get_attribute("#map", "role") == "application"
        assert "My vault" in opened.page.get_attribute("#map", "aria-label")
        assert opened.page.get_attribute("#map", "aria-describedby") == "twin-says"
        choose(opened, "Monday")
        until(opened, "document.querySelector('#twin h3').textContent === 'Monday'")
        until(opened, "document.getElementById('live').textContent.startsWith('Monday, log, ')")


def test_the_list_is_a_stop_of_its_own_and_is_walked_with_arrows(tmp_path: Path) -> None:
    """Hidden from eyes until the focus is in it; one Tab stop, however many notes."""
    with opened_graph(small_graph(), tmp_path) as opened:
        until(opened, "document.querySelector('#twin button')")
        assert opened.page.locator("#twin").bounding_box()["width"] <= 1
        opened.page.keyboard.press("Tab")
        assert said("map.list.skip") == opened.page.evaluate("document.activeElement.textContent")
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#twin").bounding_box()["width"] > 200
        assert opened.page.locator("#twin button[tabindex='0']").count() == 1
        opened.page.keyboard.press("Tab")
        first = opened.page.evaluate("document.activeElement.textContent")
        opened.page.keyboard.press("ArrowDown")
        second = opened.page.evaluate("document.activeElement.textContent")
        assert first != second
        assert opened.page.locator("#twin button[tabindex='0']").count() == 1
        opened.page.keyboard.press("Enter")
        assert panel(opened, "h2") == [second]
        until(opened, f"document.querySelector('#twin h3').textContent === {second!r}")
        focused = opened.page.evaluate("document.activeElement.textContent")
        assert focused == second  # though the list has grown above it
        opened.page.keyboard.press("Escape")
        assert opened.page.locator("#twin").bounding_box()["width"] <= 1
        assert opened.page.evaluate("document.activeElement.id") == "map"
        assert panel(opened, "h2") == [second]


def test_everything_is_done_by_keyboard(tmp_path: Path) -> None:
    """Choose, walk to the neighbour that lies there, read, open the neighbourhood, and one step back at a time."""
    with opened_graph(hub(3), tmp_path) as opened:
        press = opened.page.keyboard.press
        before = ask(opened, "view()")
        opened.page.focus("#map")
        press("ArrowLeft")
        assert ask(opened, "view()")["x"] == before["x"] + 80
        press("Enter")
        title = panel(opened, "h2")[0]
        assert opened.page.evaluate("document.activeElement.tagName") == "H2"
        opened.page.focus("#map")
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            press(key)
        assert ask(opened, "focused()")
        walked = panel(opened, "h2")[0]
        assert walked in {"Hub", "Spoke 000", "Spoke 001", "Spoke 002", "Far 0", "Far 1", "Far 2", "Far 3"}
        press("n")
        assert opened.page.inner_text("#around-title") == walked
        press("Escape")
        assert opened.page.locator("#around[open]").count() == 0
        assert opened.page.is_visible("#panel")
        press("Escape")
        assert opened.page.is_hidden("#panel")
        press("/")
        assert opened.page.evaluate("document.activeElement.id") == "query"
        opened.page.keyboard.type("n?t")
        assert opened.page.input_value("#query") == "n?t"
        assert opened.page.locator("dialog[open]").count() == 0
        assert title


def test_the_neighbour_that_lies_there_is_walked_to(tmp_path: Path) -> None:
    """Each arrow leads to one that is on that side, if there is any."""
    with opened_graph(hub(12), tmp_path) as opened:
        choose(opened, "Hub")
        opened.page.focus("#map")
        places = {title: point_of(opened, title) for title in ask(opened, "visibleNodes()")}
        middle = places["Hub"]
        opened.page.keyboard.press("ArrowRight")
        x, y = places[panel(opened, "h2")[0]]
        assert x > middle[0]
        assert abs(y - middle[1]) < 3 * (x - middle[0])


def test_a_dialog_tells_the_keys_and_single_letters_can_be_switched_off(tmp_path: Path) -> None:
    """For whoever speaks to the computer, letters are not keys."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.keyboard.press("?")
        assert opened.page.locator("#keys[open] kbd").count() > 12
        opened.page.locator("#keys input").uncheck()
        opened.page.keyboard.press("Escape")
        choose(opened, "Monday")
        opened.page.focus("#map")
        opened.page.keyboard.press("n")
        assert opened.page.locator("#around[open]").count() == 0
        opened.page.keyboard.press("Escape")
        assert opened.page.is_hidden("#panel")


def test_every_control_has_a_name(tmp_path: Path) -> None:
    """A screen reader can say what each is for, in all dialogs."""
    nameless = """() => [...document.querySelectorAll('button:not([hidden]), input, a, nav, aside, dialog')]
        .filter((part) => !part.getAttribute('aria-label') && !part.getAttribute('aria-labelledby')
            && !part.textContent.trim() && !part.closest('label')).map((part) => part.outerHTML)"""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.keyboard.press("?")
        opened.page.keyboard.press("Escape")
        open_neighbourhood(opened, "Kalman filter")
        assert opened.page.evaluate(nameless) == []


def test_the_menu_is_walked_with_arrows_and_gives_the_focus_back(tmp_path: Path) -> None:
    """Down, up, Escape."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.focus("#more")
        opened.page.keyboard.press("Enter")
        opened.page.keyboard.press("ArrowUp")
        assert opened.page.evaluate("document.activeElement.textContent") == said("map.keyboard.title")
        opened.page.keyboard.press("Escape")
        assert opened.page.evaluate("document.activeElement.id") == "more"
        assert opened.page.is_hidden("#more-menu")


# ------------------------------------------------------------------ pictures and paper


def save(opened: Opened, name: str, folder: Path) -> Path:
    """Choose a picture from the menu; where it was saved."""
    opened.page.click("#more")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("menuitem", name=name).click()
    there: Path = folder / download.value.suggested_filename
    download.value.save_as(there)
    return there


def test_a_png_shows_what_is_seen_at_twice_the_size(tmp_path: Path) -> None:
    """With the vault's name and the colours below, and without what the cards cover."""
    with opened_graph(small_graph(), tmp_path, vault="Mein: Tresor/ä") as opened:
        there = save(opened, said("map.more.save-png"), tmp_path)
        head = there.read_bytes()[:24]
        view = ask(opened, "view()")
        card = opened.page.locator("#legend").bounding_box()
    assert there.name == f"{said('map.picture.picture-title', vault='Mein- Tresor-ä')}.png"
    assert head.startswith(b"\x89PNG")
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    assert width == 2 * (view["width"] - card["x"] - card["width"])
    assert height > 2 * view["height"]


def test_an_svg_holds_dots_lines_and_names_and_opens_by_itself(tmp_path: Path) -> None:
    """Text that is text; nothing in it comes from elsewhere."""
    with opened_graph(small_graph(), tmp_path) as opened:
        there = save(opened, said("map.more.save-svg"), tmp_path)
        names = {label["text"] for label in ask(opened, "labels()")}
    root = ET.parse(there).getroot()
    texts = {part.text for part in root.iter(f"{SVG}text")}
    assert texts >= names | {"My vault", "knowledge", "log", "Missing notes", "requires"}
    groups = {part.get("id"): part for part in root.iter(f"{SVG}g")}
    assert len(groups["notes"]) >= 2 * 5
    assert len(groups["links"]) > 0
    assert not [part for part in root.iter() if part.tag.endswith(("image", "script", "style", "foreignObject"))]
    assert not re.search(r'\b(?:href|src|on\w+)="', there.read_text("utf-8"))


def test_a_picture_of_a_mode_carries_the_key_of_that_mode(tmp_path: Path) -> None:
    """Kinds of gaps, not types."""
    graph = small_graph()
    missing = next(insight for insight in insights() if insight.name == "missing")
    found = {missing: (Finding("missing", Ref("missing://Gauss"), 1.0, ("why",), ("step",)),)}
    with opened_graph(graph, tmp_path, known=Known(found)) as opened:
        opened.page.click("#tab-gaps")
        opened.page.wait_for_selector(".findings li")
        there = save(opened, said("map.more.save-svg"), tmp_path)
    legend = next(part for part in ET.parse(there).getroot().iter(f"{SVG}g") if part.get("id") == "legend")
    assert [part.text for part in legend.iter(f"{SVG}text")] == ["My vault", english(missing.title)]


def test_on_paper_the_map_is_light_and_the_open_panel_follows_it(tmp_path: Path) -> None:
    """Cards and controls stay behind."""
    with opened_graph(small_graph(), tmp_path, color_scheme="dark") as opened:
        choose(opened, "Monday")
        opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        opened.page.emulate_media(media="print")
        for hidden in ("#tools", "#query", "#legend", ".zoom", "#close", "#panel .actions"):
            assert not opened.page.locator(hidden).first.is_visible(), hidden
        board, card = (opened.page.locator(what).bounding_box() for what in ("#picture", "#panel"))
        assert card["y"] >= board["y"] + board["height"]
        assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# ------------------------------------------------------------------ for everyone's eyes

AA = 4.5
TEXTS = (("ink", "paper"), ("ink", "card"), ("ink", "quiet"), ("soft", "paper"), ("soft", "card"), ("soft", "quiet"))
MARKS = (("accent", "paper"), ("accent", "card"), ("missing", "paper"), ("attachment", "paper"), ("tag", "paper"))


def tokens(css: str, selector: str) -> Mapping[str, str]:
    """The colours of a theme."""
    body = css[css.index(selector) :].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Relative, of #rrggbb."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("selector", [":root {", ':root[data-theme="dark"] {'])
def test_texts_and_marks_stand_out_from_their_ground(selector: str) -> None:
    """4.5 for text (the accent is one, on cards, and cards on it), and 3 for dots and rims."""
    colors = tokens(shipped.asset("graph/styles/base.css"), selector)
    texts = {f"{one} on {other}": contrast(colors[one], colors[other]) for one, other in TEXTS}
    texts["card on accent"] = contrast(colors["card"], colors["accent"])
    marks = {f"{one} on {other}": contrast(colors[one], colors[other]) for one, other in MARKS}
    assert {name: value for name, value in texts.items() if value < AA} == {}
    assert {name: value for name, value in marks.items() if value < 3} == {}


def test_dark_is_the_same_whether_the_system_or_the_reader_chose_it() -> None:
    """The two blocks of the style sheet say the same."""
    css = shipped.asset("graph/styles/base.css")
    assert tokens(css, ':root:not([data-theme="light"]) {') == tokens(css, ':root[data-theme="dark"] {')


def test_whoever_wants_no_motion_sees_none(tmp_path: Path) -> None:
    """Choosing a note jumps there, and nothing on the page has a transition."""
    with opened_graph(small_graph(), tmp_path, reduced_motion="reduce") as opened:
        choose(opened, "Monday")
        moving = "[...document.querySelectorAll('*')].filter((p) => getComputedStyle(p).transitionDuration !== '0s')"
        assert opened.page.evaluate(f"{moving}.length") == 0


def test_colours_that_the_system_forces_leave_rims_and_a_chosen_row(tmp_path: Path) -> None:
    """Cards have a border, and what is chosen looks it."""
    with opened_graph(small_graph(), tmp_path, forced_colors="active") as opened:
        open_neighbourhood(opened, "Kalman filter")
        look = "getComputedStyle(document.querySelector('#around-depth [aria-pressed={}]')).backgroundColor"
        assert opened.page.evaluate(look.format("true")) != opened.page.evaluate(look.format("false"))


# ------------------------------------------------------------------ words


SHOWN = """() => [...document.querySelectorAll('body *:not(script, noscript, .why, kbd)')].flatMap((part) => [
    part.getAttribute('aria-label'), part.getAttribute('title'), part.getAttribute('placeholder'),
    ...[...part.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data)]).filter(Boolean)"""
VIEWS = (
    *("#mode=gaps", "#mode=learning", "#mode=learning&without=ready", "#mode=path"),
    *("#path=周一|笔记/卡尔曼滤波", "#path=周一|孤", "#path=孤|孤", "#path=笔记/贝叶斯公式|笔记/卡尔曼滤波"),
    *(f"#color={color}" for color in ("community", "folder", "tag", "stage", "group")),
    *(
        "#note=笔记/卡尔曼滤波",
        "#note=孤&depth=2",
        "#note=笔记/卡尔曼滤波&depth=2",
        "#note=missing://高斯",
        "#note=tag://数学",
    ),
    *("#note=没有", "#folder=没有", "#since=2990-01-01&undated=0", "#kinds=tag,attachment&tag=数学"),
)
"""Addresses that show each panel, list and message of the page."""


def chinese_graph() -> KnowledgeGraph:
    """Notes in Chinese, one of them without links, a missing note, a picture and a tag."""
    one = note(
        "卡尔曼滤波",
        path="笔记/卡尔曼滤波.md",
        aliases=("滤波",),
        tags=("#数学",),
        body_tags=(Tag("#控制", 3, 0),),
        frontmatter={"状态": "进行中"},
        words=12,
    )
    other, third = note("贝叶斯公式", path="笔记/贝叶斯公式.md"), note("周一", "log", path="周一.md")
    missing = Node("missing://高斯", "missing", "高斯", "")
    tag, picture = Node("tag://数学", "tag", "#数学", ""), Node("图.png", "attachment", "图.png", "")
    edges = [edge(one, "requires", other), edge(third, "links-to", one), edge(other, "related", third)]
    edges += [edge(one, "links-to", missing), edge(one, "tagged", tag), edge(third, "embeds", picture)]
    return graph_of([one, other, third, note("孤", path="孤.md"), missing, tag, picture], edges)


def chinese_known() -> Known:
    """A gap, a stage, days, and what is ready to be learned."""
    kinds = {insight.name: insight for insight in insights()}
    gap = Finding("missing", Ref("missing://高斯"), 2.0, (say("common.not-written"),), (say("advice.learn-step"),))
    ready = Finding("ready", Ref("笔记/贝叶斯公式.md"), 1.0, (say("ready.why-no-base"),))
    facts = Facts(date(2024, 5, 31), resting=False, stages={"笔记/卡尔曼滤波.md": "read"})
    stands: dict[str, Supply] = {"笔记/卡尔曼滤波.md": "works", "笔记/贝叶斯公式.md": "unlearned"}
    states = {name: State(name, (), (), None, (), None, written=True, supply=stand) for name, stand in stands.items()}
    created = {"周一.md": date(2024, 5, 1), "笔记/卡尔曼滤波.md": date(2024, 5, 31)}
    return Known({kinds["missing"]: (gap,), kinds["ready"]: (ready,)}, Learning(facts, states), created=created)


def shown_everywhere(opened: Opened) -> set[str]:
    """All texts of the page, names for screen readers and hints included, while each part of it is opened in turn."""
    page = opened.page
    texts: set[str] = set()

    def look() -> None:
        page.wait_for_timeout(800)
        texts.update(page.evaluate(SHOWN))

    for view in VIEWS:
        page.evaluate("(view) => { location.hash = view; }", view)
        look()
        if page.locator("#around[open]").count():
            if page.locator("#around-list .node").count():
                page.locator("#around-list .node").first.click()
            look()
            page.keyboard.press("Escape")
    page.evaluate("location.hash = ''")
    for key in ("o", "Escape", "?", "Escape", "g", "l", "Escape"):
        page.keyboard.press(key)
        look()
    for button in ("#more", "#play", "#time-close"):
        page.click(button)
        look()
    for typed in ("没有", "滤波"):
        page.fill("#query", typed)
        look()
    return texts


ENGLISH = re.compile(r"[A-Za-z][a-z]+(?:[ ,;:]+[A-Za-z][a-z]+)+|\b(?:the|of|and|note|notes|links?)\b", re.IGNORECASE)
NAMES = re.compile(r"Obsidian|PageRank|vault-tools|JavaScript|type:")
WRONG = re.compile(r"\{\w+\}|\bundefined\b|\bnull\b|\bNaN\b|\bmap\.[a-z]+\.")


@pytest.mark.parametrize("language", shipped.languages())
def test_no_sentence_of_the_page_is_missing(language: str, tmp_path: Path) -> None:
    """Wherever the reader looks, there is a sentence with its values, and no id; in another language, no English."""
    groups = (("path:笔记", "#2f7fb5"),)
    how: dict[str, Any] = {"vault": "知识库", "known": chinese_known(), "groups": groups, "language": language}
    with opened_graph(chinese_graph(), tmp_path, **how) as opened:
        texts = shown_everywhere(opened)
        assert opened.complaints == []
        assert opened.page.evaluate("document.documentElement.lang") == language
    own = words.words(language)
    assert own["map.panel.neighbourhood"] in texts
    assert {text for text in texts if text in own or WRONG.search(text)} == set()
    if language != "en":
        assert {text for text in texts if ENGLISH.search(NAMES.sub("", text))} == set()


def test_the_plain_list_is_in_the_reader_s_language() -> None:
    """It is there before any script runs."""
    text = page_text(chinese_graph(), language="zh")
    plain = text[text.index('<article id="plain">') : text.index("</article>")]
    assert f"<p>{words.words('zh')['map.plain.no-script']}</p>" in plain
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", re.sub(r"<[^>]*>", "", plain))
