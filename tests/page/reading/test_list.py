"""The list that says what the map shows."""

from pathlib import Path

import pytest
from shared.graph_pages import (
    opened_graph,
    said,
    small_graph,
    until,
)
from shared.read_pages import choose, panel

pytestmark = pytest.mark.ci


def test_the_list_beside_the_map_says_what_the_map_shows(tmp_path: Path) -> None:
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


def test_the_list_beside_the_map_is_one_tab_stop_and_is_walked_with_arrow_keys(tmp_path: Path) -> None:
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
