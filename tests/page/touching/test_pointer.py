"""Pointer and fingers on the map: hovering, choosing and carrying nodes."""

from pathlib import Path
from typing import Any

import pytest
from shared.browser import Opened
from shared.drawn_maps import (
    as_rgb,
    color_at,
    drag,
    near,
    paper,
    rest,
    settled,
    two_rounds,
)
from shared.graph_pages import ask, point_of, until

pytestmark = pytest.mark.ci


@pytest.mark.parametrize("title", ["Alpha", "Beta 7", "Unwritten", "Board", "Lone"])
def test_the_pointer_finds_the_node_below(fresh: Opened, title: str) -> None:
    """Whatever its kind; beside all nodes it finds none."""
    fresh.page.mouse.move(*point_of(fresh, title))
    assert ask(fresh, "focused()") == title
    fresh.page.mouse.move(1270, 700)
    assert ask(fresh, "focused()") is None


def test_hovering_lights_the_neighbours_and_dims_the_rest(fresh: Opened) -> None:
    """The neighbours keep their colour, the others pale; when the pointer leaves, all is as before."""
    fresh.page.mouse.move(*point_of(fresh, "Beta 3"))
    fresh.page.wait_for_timeout(250)
    assert set(ask(fresh, "lit()")) == {"Beta 3", "Beta", "Beta 2", "Beta 4"}
    assert near(color_at(fresh, "Beta"), as_rgb("#8a8f98"))
    assert near(color_at(fresh, "Alpha"), paper(fresh), by=50)
    fresh.page.mouse.move(1270, 700)
    fresh.page.wait_for_timeout(250)
    assert ask(fresh, "lit()") is None
    assert near(color_at(fresh, "Alpha"), as_rgb("#2f7fb5"))


def test_a_click_selects_a_node_and_a_click_beside_deselects(fresh: Opened) -> None:
    """The neighbourhood of what is selected stays lit."""
    fresh.page.mouse.click(*point_of(fresh, "Beta 3"))
    fresh.page.mouse.move(5, 5)
    assert ask(fresh, "focused()") == "Beta 3"
    assert "Beta" in ask(fresh, "lit()")
    fresh.page.mouse.click(700, 790)
    assert ask(fresh, "focused()") is None


def test_dragging_the_map_selects_no_node(fresh: Opened) -> None:
    """Who moves the map selects nothing."""
    fresh.page.mouse.move(1200, 700)
    fresh.page.mouse.down()
    fresh.page.mouse.move(1150, 660, steps=4)
    fresh.page.mouse.up()
    assert ask(fresh, "focused()") is None


def test_a_dragged_node_keeps_its_place_when_the_page_is_opened_again(tmp_path: Path) -> None:
    """A double click lets it go; the button lets all go."""
    with settled(two_rounds(), tmp_path) as opened:
        before = point_of(opened, "Alpha")
        drag(opened, "Alpha", 60, 40)
        there = point_of(opened, "Alpha")
        assert there == pytest.approx((before[0] + 60, before[1] + 40), abs=1)
        until(opened, "(localStorage.getItem(`vault-tools-places:${location.pathname}`) || '').includes('Alpha')")
        opened.page.reload()
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        until(opened, "!document.getElementById('unpin').hidden")
        assert point_of(opened, "Alpha") == pytest.approx(there, abs=1.5)
        opened.page.click("#unpin")
        assert point_of(opened, "Alpha") == pytest.approx(before, abs=1)
        assert opened.page.locator("#unpin").is_hidden()


def test_a_double_click_releases_a_dragged_node(tmp_path: Path) -> None:
    """It goes back to where the layout had put it."""
    with settled(two_rounds(), tmp_path, reduced_motion="reduce") as opened:
        before = point_of(opened, "Lone")
        opened.page.mouse.move(*before)
        for _ in range(8):
            opened.page.mouse.wheel(0, -120)
        rest(opened)
        before = point_of(opened, "Lone")
        drag(opened, "Lone", 50, -30)
        opened.page.mouse.dblclick(*point_of(opened, "Lone"))
        assert point_of(opened, "Lone") == pytest.approx(before, abs=1)


def touch(session: Any, kind: str, points: list[tuple[float, float]]) -> None:
    """Fingers on the screen."""
    fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def test_two_fingers_zoom_the_map_and_a_resting_finger_hovers(tmp_path: Path) -> None:
    """On a phone: a pinch doubles the scale about its middle, a long press lights a node without selecting it."""
    with settled(two_rounds(), tmp_path, size=(390, 844), has_touch=True, is_mobile=True) as opened:
        before = ask(opened, "view()")["scale"]
        x, y = point_of(opened, "Alpha")
        fingers = opened.page.context.new_cdp_session(opened.page)
        touch(fingers, "touchStart", [(x - 30, y), (x + 30, y)])
        for step in range(1, 7):
            touch(fingers, "touchMove", [(x - 30 - 5 * step, y), (x + 30 + 5 * step, y)])
        touch(fingers, "touchEnd", [])
        rest(opened)
        assert ask(opened, "view()")["scale"] == pytest.approx(before * 2, rel=0.02)
        assert point_of(opened, "Alpha") == pytest.approx((x, y), abs=1)
        touch(fingers, "touchStart", [point_of(opened, "Alpha")])
        until(opened, "window.vaultGraph.focused() === 'Alpha'")
        touch(fingers, "touchEnd", [])
        assert opened.page.locator("#panel").is_hidden()


def test_a_second_finger_puts_a_dragged_node_down_and_the_last_finger_moves_the_map(tmp_path: Path) -> None:
    """The node keeps its place for good; the finger that stays after a pinch drags on."""
    with settled(two_rounds(), tmp_path, size=(390, 844), has_touch=True, is_mobile=True) as opened:
        x, y = point_of(opened, "Alpha")
        opened.page.touchscreen.tap(x, y)
        rest(opened)
        x, y = point_of(opened, "Alpha")
        fingers = opened.page.context.new_cdp_session(opened.page)
        touch(fingers, "touchStart", [(x, y)])
        touch(fingers, "touchMove", [(x + 10, y + 5)])
        touch(fingers, "touchMove", [(x + 20, y + 10)])
        touch(fingers, "touchStart", [(x + 20, y + 10), (x + 80, y + 90)])
        until(opened, "(localStorage.getItem(`vault-tools-places:${location.pathname}`) || '').includes('Alpha')")
        lifted = [{"x": x + 80, "y": y + 90, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": lifted})
        before = ask(opened, "view()")["x"]
        touch(fingers, "touchMove", [(x + 50, y + 10)])
        rest(opened)
        assert ask(opened, "view()")["x"] == pytest.approx(before + 30, abs=2)
        touch(fingers, "touchEnd", [])
