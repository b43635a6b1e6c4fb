"""Pictures of the map: PNG, SVG and paper."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from shared.browser import Opened
from shared.graph_pages import (
    ask,
    opened_graph,
    said,
    small_graph,
)
from shared.read_pages import choose

from vault_tools.insights import insights
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.speech import format_english
from vault_tools.model.text import Ref

pytestmark = pytest.mark.ci

SVG = "{http://www.w3.org/2000/svg}"


def save(opened: Opened, name: str, folder: Path) -> Path:
    """Choose a picture from the menu; where it was saved."""
    opened.page.click("#more")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("menuitem", name=name).click()
    there: Path = folder / download.value.suggested_filename
    download.value.save_as(there)
    return there


def test_a_png_of_the_map_shows_the_view_at_twice_the_size(tmp_path: Path) -> None:
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


def test_an_svg_of_the_map_holds_dots_lines_and_names_and_needs_no_other_file(tmp_path: Path) -> None:
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


def test_a_picture_of_a_mode_has_the_legend_of_the_mode(tmp_path: Path) -> None:
    """Kinds of gaps, not types."""
    graph = small_graph()
    missing = next(insight for insight in insights() if insight.name == "missing")
    found = {missing: (Finding("missing", Ref("missing://Gauss"), 1.0, ("why",), ("step",)),)}
    with opened_graph(graph, tmp_path, analysis=Analysis(found)) as opened:
        opened.page.click("#tab-gaps")
        opened.page.wait_for_selector(".findings li")
        there = save(opened, said("map.more.save-svg"), tmp_path)
    legend = next(part for part in ET.parse(there).getroot().iter(f"{SVG}g") if part.get("id") == "legend")
    assert [part.text for part in legend.iter(f"{SVG}text")] == ["My vault", format_english(missing.title)]


def test_a_printed_page_has_a_light_map_and_the_open_panel_below(tmp_path: Path) -> None:
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
