"""The time line of the page: days narrow the map, and time plays."""

from datetime import date
from pathlib import Path

import pytest
from shared.asked_pages import format_text, hash_says, opened_graph, wait_for
from shared.graph_pages import (
    ask,
    edge,
    graph_of,
    note,
    said,
)
from shared.graph_pages import small_graph as small

from vault_tools.model.export import Analysis
from vault_tools.model.graph import KnowledgeGraph, Node

pytestmark = pytest.mark.ci


def dated() -> tuple[KnowledgeGraph, Analysis]:
    """Three notes of three days, one without, and a missing note that only the last one names."""
    nodes = [note(name) for name in ("first", "second", "third", "undated")]
    missing = Node("missing://gap", "missing", "gap", "")
    graph = graph_of([*nodes, missing], [edge(nodes[2], "links-to", missing), edge(nodes[0], "links-to", nodes[1])])
    days = [date(2024, 1, 1), date(2024, 1, 11), date(2024, 1, 21)]
    created = {each.id: day for each, day in zip(nodes, days, strict=False)}
    return graph, Analysis(created=created, format_text=format_text)


def test_days_narrow_the_map_and_undated_notes_stay(tmp_path: Path) -> None:
    """What is missing is there as soon as a note names it."""
    graph, analysis = dated()
    with opened_graph(graph, tmp_path, analysis=analysis) as opened:
        opened.page.fill("#by-until", "2024-01-11")
        opened.page.dispatch_event("#by-until", "change")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "undated"]
        opened.page.fill("#by-since", "2024-01-02")
        opened.page.dispatch_event("#by-since", "change")
        assert sorted(ask(opened, "visibleNodes()")) == ["second", "undated"]
        assert opened.page.is_visible("#time")


def test_the_ends_of_the_time_line_move_by_keys_and_say_their_days(tmp_path: Path) -> None:
    """Each end is a slider with a spoken day; closing it shows everything."""
    graph, analysis = dated()
    with opened_graph(graph, tmp_path, analysis=analysis) as opened:
        page = opened.page
        page.click("#time-open")
        assert page.get_attribute("#time-until", "aria-valuetext") == "Jan 21, 2024"
        assert said("map.time.undated", n=1) in page.inner_text("#time")
        page.focus("#time-until")
        page.keyboard.press("ArrowLeft")
        assert page.get_attribute("#time-until", "aria-valuetext") == "Jan 20, 2024"
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "undated"]
        page.keyboard.press("Home")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "undated"]
        page.click("#time-close")
        assert len(ask(opened, "visibleNodes()")) == 5


def test_playing_the_time_line_skips_years_without_new_notes(tmp_path: Path) -> None:
    """Two notes with twenty years between them are two steps, not a long wait; undated ones can be left out."""
    nodes = [note(name) for name in ("first", "second", "third", "undated")]
    days = [date(2001, 1, 1), date(2001, 1, 2), date(2021, 1, 1)]
    created = {each.id: day for each, day in zip(nodes, days, strict=False)}
    with opened_graph(
        graph_of(nodes, []), tmp_path, analysis=Analysis(created=created, format_text=format_text)
    ) as opened:
        page = opened.page
        page.click("#time-open")
        page.uncheck("#undated")
        page.click("#play")
        wait_for(opened, "vaultGraph.visibleNodes().length === 2")
        wait_for(opened, f"document.getElementById('play').ariaLabel === {said('map.time.play')!r}")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "second", "third"]
        hash_says(opened, "undated=0")
        page.click("#time-close")
        assert len(ask(opened, "visibleNodes()")) == 4


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_time_line_plays_from_the_first_note_to_the_last(tmp_path: Path, motion: str) -> None:
    """It begins with the first note and can be paused; with less motion it goes by steps."""
    graph, analysis = dated()
    with opened_graph(graph, tmp_path, analysis=analysis, reduced_motion=motion) as opened:
        opened.page.click("#time-open")
        opened.page.click("#play")
        assert sorted(ask(opened, "visibleNodes()")) == ["first", "undated"]
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.pause")
        wait_for(opened, "document.getElementById('time-until').getAttribute('aria-valuetext') !== 'Jan 1, 2024'")
        opened.page.click("#play")
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.play")


def test_showing_everything_stops_the_playing_time_line(tmp_path: Path) -> None:
    """It is not taken back by the next step; time stands still."""
    graph, analysis = dated()
    with opened_graph(graph, tmp_path, analysis=analysis) as opened:
        opened.page.click("#time-open")
        opened.page.click("#play")
        opened.page.click("#reset")
        opened.page.wait_for_timeout(350)
        assert len(ask(opened, "visibleNodes()")) == 5
        assert opened.page.get_attribute("#play", "aria-label") == said("map.time.play")


def test_a_vault_without_days_has_no_time_line_and_the_legend_says_why(tmp_path: Path) -> None:
    """Nothing stands there that could not work."""
    with opened_graph(small(), tmp_path) as opened:
        assert opened.page.locator("#time-open").count() == 0
        assert said("map.filters.no-dates") in opened.page.inner_text("#narrow")
