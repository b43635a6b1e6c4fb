"""Names on the map: of notes and of communities."""

import math

import pytest
from shared.browser import Opened
from shared.drawn_maps import (
    rest,
)
from shared.graph_pages import ask, point_of

pytestmark = pytest.mark.ci


def boxes(opened: Opened) -> list[tuple[str, float, float, float, float]]:
    """Every name that can be seen, with the least room that its letters take."""
    found = []
    view = ask(opened, "view()")
    for label in ask(opened, "labels()"):
        if not (0 < label["x"] < view["width"] and 0 < label["y"] < view["height"]):
            continue
        wide = sum(1.0 if ord(sign) > 0x2E7F else 0.45 for sign in label["text"]) * label["size"] / 2
        tall = label["size"] * 0.5
        found.append((label["text"], label["x"] - wide, label["y"] - tall, label["x"] + wide, label["y"] + tall))
    return found


@pytest.mark.parametrize("steps", [0, 4, 9])
def test_no_name_on_the_map_covers_another(crowd: Opened, steps: int) -> None:
    """Names of notes and of communities, in Chinese and in English, far and near."""
    crowd.page.click("#fit")
    crowd.page.mouse.move(700, 420)
    for _ in range(steps):
        crowd.page.mouse.wheel(0, -120)
        crowd.page.wait_for_timeout(40)
    crowd.page.mouse.move(5, 5)
    rest(crowd)
    found = boxes(crowd)
    assert len(found) > 8
    for at, (one, left, top, right, bottom) in enumerate(found):
        for other, left2, top2, right2, bottom2 in found[at + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, (one, other)


def test_the_most_linked_notes_are_named_first_on_the_map(fresh: Opened) -> None:
    """Hubs have their names, or give them to their communities."""
    names = {label["text"] for label in ask(fresh, "labels()")}
    assert {"Alpha", "Beta"} <= names


def test_names_stay_while_the_map_is_dragged(crowd: Opened) -> None:
    """What is still in view keeps its name."""
    crowd.page.click("#fit")
    rest(crowd)
    crowd.page.mouse.move(5, 5)
    before = {label["text"] for label in ask(crowd, "labels()") if 450 < label["x"] < 1100 and 150 < label["y"] < 600}
    crowd.page.mouse.move(1200, 700)
    crowd.page.mouse.down()
    crowd.page.mouse.move(1230, 720, steps=6)
    crowd.page.mouse.up()
    rest(crowd)
    after = {label["text"] for label in ask(crowd, "labels()")}
    assert len(before - after) <= len(before) // 10


def test_communities_have_grounds_and_names_on_the_map(fresh: Opened) -> None:
    """Two of them, each around its own notes."""
    hulls = ask(fresh, "hulls()")
    assert len(hulls) == 2
    top = fresh.page.evaluate("document.getElementById('picture').getBoundingClientRect().top")
    for title in ("Alpha", "Beta"):
        x, y = point_of(fresh, title)
        assert any(math.hypot(hull["x"] - x, hull["y"] + top - y) < hull["radius"] for hull in hulls)


def test_names_of_communities_fade_when_the_map_is_zoomed_in(fresh: Opened) -> None:
    """Near by, the notes' own names are read."""
    assert all(hull["size"] for hull in ask(fresh, "hulls()"))
    x, y = point_of(fresh, "Alpha")
    fresh.page.mouse.move(x, y)
    for _ in range(14):
        fresh.page.mouse.wheel(0, -120)
        fresh.page.wait_for_timeout(30)
    rest(fresh)
    assert not any(hull["size"] for hull in ask(fresh, "hulls()"))
