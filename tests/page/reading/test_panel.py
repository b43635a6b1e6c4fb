"""The panel of a note: what it says, and where its links lead."""

from pathlib import Path

import pytest
from shared.browser import Opened
from shared.graph_pages import (
    edge,
    graph_of,
    link_to,
    note,
    opened_graph,
    point_of,
    said,
    small_graph,
    until,
)
from shared.read_pages import choose, hub, panel

from vault_tools.insights import insights
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.text import Ref, say

pytestmark = pytest.mark.ci


def test_the_panel_shows_what_is_known_about_a_note(tmp_path: Path) -> None:
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


def test_the_panel_groups_links_by_relation_in_the_words_of_its_side(tmp_path: Path) -> None:
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


def test_a_link_in_the_panel_opens_a_note_and_back_returns(tmp_path: Path) -> None:
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


def test_the_browser_and_the_panel_go_back_the_same_way(tmp_path: Path) -> None:
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


def test_the_panel_cuts_long_groups_and_can_show_them_whole(tmp_path: Path) -> None:
    """Twelve, then all."""
    with opened_graph(hub(30), tmp_path) as opened:
        choose(opened, "Hub")
        assert opened.page.locator("#panel section.in .node").count() == 12
        opened.page.get_by_role("button", name=said("map.legend.more", n="30")).click()
        assert opened.page.locator("#panel section.in .node").count() == 30


def test_a_tag_in_the_panel_switches_a_filter_on_and_off(tmp_path: Path) -> None:
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


def test_the_panel_shows_the_gaps_of_a_note(tmp_path: Path) -> None:
    """Which kind, why, and the next step."""
    missing = next(insight for insight in insights() if insight.name == "missing")
    finding = Finding("missing", Ref("missing://Gauss"), 2.0, (say("it carries no tag"),), (say("add one"),))
    analysis = Analysis(findings={missing: (finding,)})
    with opened_graph(small_graph(), tmp_path, analysis=analysis) as opened:
        choose(opened, "Gauss")
        assert panel(opened, ".told-title") == ["Gap\nMissing notes"]
        assert panel(opened, ".told p:not(.told-title)") == ["it carries no tag", "add one"]


def test_the_panel_of_a_page_of_names_has_no_excerpt_and_no_properties(tmp_path: Path) -> None:
    """Nothing that is written in a note leaves with the page, not even packed."""
    with opened_graph(small_graph(), tmp_path, names_only=True) as opened:
        choose(opened, "Kalman filter")
        assert opened.page.locator("#panel .excerpt").count() == 0
        assert "status" not in panel(opened, "dt")


def test_the_panel_fits_a_name_of_255_characters_and_writing_from_right_to_left(tmp_path: Path) -> None:
    """They wrap, and nothing is wider than the panel."""
    long = "W" * 255
    nodes = [note(long, path="long.md"), note("שלום עולם", path="rtl.md", tags=(f"#{long}",))]
    with opened_graph(graph_of(nodes, [edge(nodes[1], "requires", nodes[0])]), tmp_path) as opened:
        for title in (long, "שלום עולם"):
            choose(opened, title)
            assert opened.page.evaluate("(p => p.scrollWidth <= p.clientWidth)(document.getElementById('panel'))")
        assert opened.page.evaluate("getComputedStyle(document.querySelector('#panel h2')).direction") == "rtl"


def test_on_a_phone_the_panel_is_a_sheet_that_can_be_opened_and_closed(tmp_path: Path) -> None:
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
