"""The part of the map that is in view: dragging, zooming, and windows that change."""

import math
from pathlib import Path

import pytest
from shared.browser import Opened
from shared.drawn_maps import (
    as_rgb,
    many,
    near,
    pixel,
    rest,
    settled,
    two_rounds,
)
from shared.graph_pages import ask, point_of, until

pytestmark = pytest.mark.ci


def test_dragging_moves_the_map_with_the_pointer(crowd: Opened) -> None:
    """By as much as the hand moves, while the scale stays; the tile is moved, and then drawn anew."""
    crowd.page.click("#fit")
    rest(crowd)
    (x, y), scale = point_of(crowd, "Note number 0"), ask(crowd, "view()")["scale"]
    crowd.page.mouse.move(1200, 700)
    crowd.page.mouse.down()
    crowd.page.mouse.move(1080, 620, steps=8)
    crowd.page.mouse.up()
    rest(crowd)
    there = point_of(crowd, "Note number 0")
    assert there == pytest.approx((x - 120, y - 80), abs=0.01)
    assert ask(crowd, "view()")["scale"] == scale
    assert near(pixel(crowd, *there), as_rgb("#2f7fb5"))


def test_the_wheel_zooms_the_map_around_the_pointer(fresh: Opened) -> None:
    """What lies under the pointer stays there, and the scale follows the wheel; back again it is as before."""
    before = ask(fresh, "view()")["scale"]
    x, y = point_of(fresh, "Alpha")
    fresh.page.mouse.move(x, y)
    fresh.page.mouse.wheel(0, -300)
    rest(fresh)
    assert point_of(fresh, "Alpha") == pytest.approx((x, y), abs=1)
    assert ask(fresh, "view()")["scale"] == pytest.approx(before * math.exp(0.51), rel=0.01)
    fresh.page.mouse.wheel(0, 300)
    rest(fresh)
    assert ask(fresh, "view()")["scale"] == pytest.approx(before, rel=0.01)


def test_a_double_click_zooms_in(fresh: Opened) -> None:
    """Twice as near, about the point."""
    before = ask(fresh, "view()")["scale"]
    fresh.page.mouse.dblclick(1200, 640)
    rest(fresh)
    assert ask(fresh, "view()")["scale"] == pytest.approx(before * 2, rel=0.01)


def test_the_buttons_of_the_map_zoom_and_fit(fresh: Opened) -> None:
    """In, out, and all of it."""
    before = ask(fresh, "view()")
    fresh.page.click("#zoom-in")
    rest(fresh)
    assert ask(fresh, "view()")["scale"] > before["scale"] * 1.3
    fresh.page.click("#fit")
    rest(fresh)
    assert ask(fresh, "view()") == pytest.approx(before, rel=0.001)


def test_at_first_the_whole_map_is_in_view_beside_the_legend(tmp_path: Path) -> None:
    """Nothing lies under the card."""
    with settled(two_rounds(), tmp_path) as opened:
        edge_of_card = opened.page.evaluate("document.getElementById('legend').getBoundingClientRect().right")
        for title in ask(opened, "visibleNodes()"):
            x, y = point_of(opened, title)
            assert edge_of_card < x < 1280
            assert 52 < y < 800


def test_the_map_stays_in_the_middle_when_the_window_changes(fresh: Opened) -> None:
    """Once the reader has moved it, what was in the middle is still there; the canvas is as large as its place."""
    fresh.page.mouse.move(1200, 700)
    fresh.page.mouse.wheel(0, -200)
    rest(fresh)
    seen = ask(fresh, "view()")
    fresh.page.set_viewport_size({"width": 1000, "height": 700})
    until(fresh, "window.vaultGraph.view().width === 1000")
    rest(fresh)
    now = ask(fresh, "view()")
    assert (now["width"] / 2 - now["x"]) == pytest.approx(seen["width"] / 2 - seen["x"], abs=0.6)
    assert fresh.page.evaluate("document.getElementById('picture').width") == 1000
    fresh.page.set_viewport_size({"width": 1280, "height": 800})
    until(fresh, "window.vaultGraph.view().width === 1280")


def test_a_map_that_was_not_moved_fits_a_changed_window(fresh: Opened) -> None:
    """Turned on its side, and back: nothing is cut off, and it lies as the window does."""
    before = ask(fresh, "view()")
    fresh.page.set_viewport_size({"width": 420, "height": 800})
    until(fresh, "window.vaultGraph.view().width === 420")
    rest(fresh)
    points = [point_of(fresh, title) for title in ask(fresh, "visibleNodes()")]
    across, down = ([point[axis] for point in points] for axis in (0, 1))
    assert min(across) > 0
    assert max(across) < 420
    assert max(down) - min(down) > max(across) - min(across)
    fresh.page.set_viewport_size({"width": 1280, "height": 800})
    until(fresh, "window.vaultGraph.view().width === 1280")
    assert ask(fresh, "view()") == pytest.approx(before, rel=0.001)


def test_a_page_with_reduced_motion_jumps(tmp_path: Path) -> None:
    """With reduced motion, one click of a button is one frame."""
    with settled(two_rounds(), tmp_path, reduced_motion="reduce") as opened:
        before = ask(opened, "view()")["scale"]
        opened.page.click("#zoom-in")
        assert ask(opened, "view()")["scale"] == pytest.approx(before * 1.5, rel=0.001)


def test_the_map_fills_a_high_screen(tmp_path: Path) -> None:
    """On a phone the map uses the height: it is higher than wide."""
    with settled(many(400), tmp_path, size=(390, 844)) as opened:
        points = [point_of(opened, title) for title in ask(opened, "visibleNodes()")[:200]]
        across, down = ([point[axis] for point in points] for axis in (0, 1))
        assert max(down) - min(down) > max(across) - min(across)
        assert min(across) > 0
        assert max(across) < 390
