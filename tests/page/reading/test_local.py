"""The neighbourhood of a note."""

from pathlib import Path

import pytest
from shared.browser import Opened
from shared.graph_pages import (
    opened_graph,
    said,
    until,
)
from shared.read_pages import hub, open_neighbourhood, panel

pytestmark = pytest.mark.ci


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


def test_a_note_in_the_neighbourhood_can_be_chosen_and_centred(tmp_path: Path) -> None:
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


def test_a_click_in_the_neighbourhood_chooses_the_note_below(tmp_path: Path) -> None:
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


def test_a_large_neighbourhood_shows_the_most_linked_notes_and_counts_the_rest(tmp_path: Path) -> None:
    """Two hundred at most."""
    with opened_graph(hub(260), tmp_path) as opened:
        open_neighbourhood(opened, "Hub")
        assert len(around(opened)) == 199
        assert said("map.local.left-out", n="61") in opened.page.inner_text("#around-says")
