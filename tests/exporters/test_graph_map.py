"""The map of the graph page: what is drawn, and how one moves in it. Pixels are asked of the canvas itself."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from shared.browser import Opened, one_browser
from shared.graph_pages import ask, edge, graph_of, note, opened_graph, point_of, until

from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.note import Tag
from vault_tools.model.vocabulary import NoteType, Relation, Vocabulary

pytestmark = pytest.mark.ci

PALETTE = ("#2f74b3", "#e08a2c")
SETTLED = "window.vaultGraph.isSettled()"


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


# ------------------------------------------------------------------ graphs


def two_rounds(members: int = 12) -> KnowledgeGraph:
    """Two communities around a hub each, tied by one line; a canvas, a missing note, and a note by itself."""
    nodes, edges = [], []
    for at, (hub, folder) in enumerate((("Alpha", "One"), ("Beta", "Two"))):
        middle = note(hub, "knowledge" if at == 0 else "log", f"{folder}/{hub}.md", body_tags=(Tag(f"tag{at}", 1, 0),))
        ring = [note(f"{hub} {turn}", path=f"{folder}/{hub} {turn}.md") for turn in range(members)]
        nodes += [middle, *ring]
        edges += [edge(each, "links-to", middle) for each in ring]
        edges += [edge(one, "links-to", other) for one, other in zip(ring, ring[1:] + ring[:1], strict=True)]
    canvas = Node("Board.canvas", "canvas", "Board", "canvas", note=note("x", path="Board.canvas").note)
    missing = Node("missing://Unwritten", "missing", "Unwritten", "")
    edges += [edge(nodes[0], "requires", nodes[members + 1]), edge(nodes[1], "links-to", missing)]
    edges += [edge(nodes[2], "links-to", canvas)]
    tags = [Node(f"tag://tag{at}", "tag", f"#tag{at}", "") for at in (0, 1)]
    edges += [edge(hub, "tagged", tag) for hub, tag in zip((nodes[0], nodes[members + 1]), tags, strict=True)]
    return graph_of([*nodes, canvas, missing, note("Lone"), *tags], edges)


def many(count: int = 1200) -> KnowledgeGraph:
    """More than is drawn line by line: communities of forty."""
    nodes = [note(f"笔记 {at}" if at % 3 else f"Note number {at}", path=f"A/{at}.md") for at in range(count)]
    ties = [(at, at // 40 * 40) for at in range(count)] + [(at, at - 3) for at in range(3, count)]
    ties += [(at, (at * 7) // 40 * 40) for at in range(0, count // 8, 5)]
    return graph_of(nodes, [edge(nodes[one], "links-to", nodes[other]) for one, other in ties if one != other])


@contextmanager
def settled(graph: KnowledgeGraph, folder: Path, **how: Any) -> Iterator[Opened]:
    """A page whose picture is as fine as it gets."""
    with opened_graph(graph, folder, **how) as opened:
        rest(opened)
        yield opened
        assert opened.complaints == []


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, _one_browser: None) -> Iterator[Opened]:
    """The page of two rounds, which tests leave as they found it."""
    with settled(two_rounds(), tmp_path_factory.mktemp("rounds")) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, _one_browser: None) -> Iterator[Opened]:
    """The page of many notes."""
    with settled(many(), tmp_path_factory.mktemp("crowd")) as opened:
        yield opened


@pytest.fixture
def fresh(rounds: Opened) -> Iterator[Opened]:
    """The page of two rounds with all of it in view, and nothing under the pointer."""
    rounds.page.mouse.move(5, 5)
    rounds.page.click("#fit")
    rest(rounds)
    yield rounds
    rounds.page.keyboard.press("Escape")


# ------------------------------------------------------------------ looking


def rest(opened: Opened) -> None:
    """Wait until nothing moves, and the picture is as fine as it gets."""
    opened.page.wait_for_timeout(60)
    until(opened, SETTLED)


def pixel(opened: Opened, x: float, y: float) -> tuple[int, int, int]:
    """The colour that is drawn at a point of the screen."""
    red, green, blue, _ = opened.page.evaluate(
        """([x, y]) => {
            const canvas = document.getElementById('picture');
            const box = canvas.getBoundingClientRect();
            const at = (value) => Math.floor(value * canvas.width / box.width);
            return [...canvas.getContext('2d').getImageData(at(x - box.left), at(y - box.top), 1, 1).data];
        }""",
        [x, y],
    )
    return red, green, blue


def pixels(opened: Opened, points: list[tuple[float, float]]) -> list[tuple[int, int, int]]:
    """The colours that are drawn at points of the screen, asked for at once."""
    found = opened.page.evaluate(
        """(points) => {
            const canvas = document.getElementById('picture');
            const { left, top, width: wide } = canvas.getBoundingClientRect();
            const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const at = (value) => Math.floor(value * canvas.width / wide);
            const places = points.map(([x, y]) => (at(y - top) * width + at(x - left)) * 4);
            return places.map((place) => [...data.slice(place, place + 3)]);
        }""",
        points,
    )
    return [(red, green, blue) for red, green, blue in found]


def bare(opened: Opened, after: str = "") -> float:
    """How much of the picture is paper, as a share; `after` is code that runs a moment before."""
    found: float = opened.page.evaluate(
        """async (after) => {
            if (after) document.querySelector(after).click();
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const canvas = document.getElementById('picture');
            const drawn = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const all = new Uint32Array(drawn.buffer);
            return all.reduce((sum, each) => sum + (each === all[all.length - 1]), 0) / all.length;
        }""",
        after,
    )
    return found


def as_rgb(color: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def near(one: tuple[int, int, int], other: tuple[int, int, int], by: int = 24) -> bool:
    """Whether two colours are much the same."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= by


def paper(opened: Opened) -> tuple[int, int, int]:
    """The colour of the ground."""
    color: str = opened.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    return as_rgb(color)


def color_at(opened: Opened, title: str) -> tuple[int, int, int]:
    """The colour in the middle of a node's dot."""
    return pixel(opened, *point_of(opened, title))


def radius(opened: Opened, title: str) -> float:
    """How large a node is drawn."""
    found: float = opened.page.evaluate("(title) => window.vaultGraph.pointOf(title).r", title)
    return found


# ------------------------------------------------------------------ what is drawn


def test_every_dot_has_the_colour_of_its_type(fresh: Opened) -> None:
    """Line by line, on a small map."""
    assert near(color_at(fresh, "Alpha"), as_rgb("#2f7fb5"))
    assert near(color_at(fresh, "Beta"), as_rgb("#8a8f98"))


def test_every_dot_of_a_large_map_has_the_colour_of_its_type(crowd: Opened) -> None:
    """In the tile that the worker sends; beside the map there is paper."""
    assert near(color_at(crowd, "Note number 0"), as_rgb("#2f7fb5"))
    assert pixel(crowd, 1270, 70) == paper(crowd)


def test_a_missing_note_is_hollow(fresh: Opened) -> None:
    """Paper in the middle, a rim around it."""
    x, y = point_of(fresh, "Unwritten")
    size = radius(fresh, "Unwritten")
    assert pixel(fresh, x, y) == paper(fresh)
    assert not near(pixel(fresh, x + size - 1, y), paper(fresh))


def test_a_canvas_is_a_square(fresh: Opened) -> None:
    """Its corners are filled where those of a dot are not."""
    for title, filled in (("Board", True), ("Alpha 3", False)):
        fresh.page.mouse.move(*point_of(fresh, title))
        fresh.page.mouse.wheel(0, -400)
        fresh.page.mouse.move(5, 5)
        rest(fresh)
        x, y = point_of(fresh, title)
        corner = radius(fresh, title) * 0.76
        points = [pixel(fresh, x + corner * dx, y + corner * dy) for dx in (1, -1) for dy in (1, -1)]
        color = color_at(fresh, title)
        assert all(near(each, color) for each in points) == filled


def test_lines_run_between_the_dots_that_they_tie(fresh: Opened) -> None:
    """The typed relation between the hubs has its own colour in the middle of its way."""
    (x1, y1), (x2, y2) = point_of(fresh, "Alpha"), point_of(fresh, "Beta")
    points = [
        (x1 + (x2 - x1) * part / 200 + dx, y1 + (y2 - y1) * part / 200 + dy)
        for part in range(70, 130)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    ]
    assert any(red - blue > 40 and red - green > 60 for red, green, blue in pixels(fresh, points))


@pytest.mark.parametrize("choice", ["community", "folder", "tag", "group"])
def test_dots_can_be_coloured_by(choice: str, tmp_path: Path) -> None:
    """Community, folder and tag take the palette in the order of size; where none has a group, all is grey."""
    with settled(two_rounds(), tmp_path, view=f"color={choice}", groups=(("nothing", "#ff0000"),)) as opened:
        opened.page.mouse.move(5, 5)
        rest(opened)
        found = color_at(opened, "Alpha"), color_at(opened, "Beta")
        expected = tuple(map(as_rgb, PALETTE))
        if choice in ("community", "folder", "tag"):
            assert near(found[0], expected[0]) + near(found[1], expected[1]) in (0, 2)
            assert near(found[0], expected[1]) + near(found[1], expected[0]) in (0, 2)
            assert not near(found[0], found[1])
        else:
            assert near(found[0], found[1])


def test_a_dot_grows_with_its_links(fresh: Opened) -> None:
    """The hub is the largest; far away as near by."""
    assert radius(fresh, "Alpha") > radius(fresh, "Alpha 3") > radius(fresh, "Lone") > 0.5


def test_dots_can_be_sized_by_pagerank(fresh: Opened) -> None:
    """The reader's choice changes the radii at once."""
    before = radius(fresh, "Beta")
    fresh.page.select_option("#size-by", "rank")
    assert radius(fresh, "Beta") != before
    fresh.page.select_option("#size-by", "size")
    assert radius(fresh, "Beta") == before


def test_the_theme_changes_paper_and_dots(fresh: Opened) -> None:
    """Dark paper, and dots that can be seen on it; then back."""
    light = pixel(fresh, 1270, 70)
    fresh.page.click("#theme")
    rest(fresh)
    dark = pixel(fresh, 1270, 70)
    assert sum(light) > 600
    assert sum(dark) < 120
    assert sum(color_at(fresh, "Beta")) > sum(dark) + 200
    fresh.page.click("#theme")
    rest(fresh)
    assert pixel(fresh, 1270, 70) == light


def test_the_tile_follows_the_theme(crowd: Opened) -> None:
    """A large map is drawn anew, not only its paper."""
    crowd.page.click("#theme")
    rest(crowd)
    assert pixel(crowd, 1270, 70) == paper(crowd)
    assert sum(paper(crowd)) < 120
    crowd.page.click("#theme")
    rest(crowd)


def test_a_hidden_type_leaves_the_map(crowd: Opened) -> None:
    """Without the one type there is nothing but paper, also in the tile."""
    x, y = point_of(crowd, "Note number 0")
    crowd.page.locator("#legend input[type=checkbox]").first.click()
    rest(crowd)
    assert ask(crowd, "visibleNodes()") == []
    assert pixel(crowd, x, y) == paper(crowd)
    crowd.page.locator("#legend input[type=checkbox]").first.click()
    rest(crowd)
    assert not near(pixel(crowd, x, y), paper(crowd))


# ------------------------------------------------------------------ names and hulls


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
def test_no_name_lies_over_another(crowd: Opened, steps: int) -> None:
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


def test_the_most_linked_notes_are_named_first(fresh: Opened) -> None:
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


def test_communities_have_grounds_and_names(fresh: Opened) -> None:
    """Two of them, each around its own notes."""
    hulls = ask(fresh, "hulls()")
    assert len(hulls) == 2
    top = fresh.page.evaluate("document.getElementById('picture').getBoundingClientRect().top")
    for title in ("Alpha", "Beta"):
        x, y = point_of(fresh, title)
        assert any(math.hypot(hull["x"] - x, hull["y"] + top - y) < hull["radius"] for hull in hulls)


def test_names_of_communities_fade_as_one_comes_near(fresh: Opened) -> None:
    """Near by, the notes' own names are read."""
    assert all(hull["size"] for hull in ask(fresh, "hulls()"))
    x, y = point_of(fresh, "Alpha")
    fresh.page.mouse.move(x, y)
    for _ in range(14):
        fresh.page.mouse.wheel(0, -120)
        fresh.page.wait_for_timeout(30)
    rest(fresh)
    assert not any(hull["size"] for hull in ask(fresh, "hulls()"))


# ------------------------------------------------------------------ moving


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


def test_the_wheel_zooms_about_the_pointer(fresh: Opened) -> None:
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


def test_a_double_click_comes_nearer(fresh: Opened) -> None:
    """Twice as near, about the point."""
    before = ask(fresh, "view()")["scale"]
    fresh.page.mouse.dblclick(1200, 640)
    rest(fresh)
    assert ask(fresh, "view()")["scale"] == pytest.approx(before * 2, rel=0.01)


def test_the_buttons_zoom_and_fit(fresh: Opened) -> None:
    """In, out, and all of it."""
    before = ask(fresh, "view()")
    fresh.page.click("#zoom-in")
    rest(fresh)
    assert ask(fresh, "view()")["scale"] > before["scale"] * 1.3
    fresh.page.click("#fit")
    rest(fresh)
    assert ask(fresh, "view()") == pytest.approx(before, rel=0.001)


def test_all_of_the_map_is_in_view_at_first_and_beside_the_legend(tmp_path: Path) -> None:
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


def test_a_map_that_was_not_moved_fits_a_new_window(fresh: Opened) -> None:
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


def test_a_calm_page_jumps(tmp_path: Path) -> None:
    """With reduced motion, one click of a button is one frame."""
    with settled(two_rounds(), tmp_path, reduced_motion="reduce") as opened:
        before = ask(opened, "view()")["scale"]
        opened.page.click("#zoom-in")
        assert ask(opened, "view()")["scale"] == pytest.approx(before * 1.5, rel=0.001)


# ------------------------------------------------------------------ pointing


@pytest.mark.parametrize("title", ["Alpha", "Beta 7", "Unwritten", "Board", "Lone"])
def test_the_pointer_finds_the_node_under_it(fresh: Opened, title: str) -> None:
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


def test_a_click_selects_and_a_click_beside_lets_go(fresh: Opened) -> None:
    """The neighbourhood of what is selected stays lit."""
    fresh.page.mouse.click(*point_of(fresh, "Beta 3"))
    fresh.page.mouse.move(5, 5)
    assert ask(fresh, "focused()") == "Beta 3"
    assert "Beta" in ask(fresh, "lit()")
    fresh.page.mouse.click(700, 790)
    assert ask(fresh, "focused()") is None


def test_a_drag_is_no_click(fresh: Opened) -> None:
    """Who moves the map selects nothing."""
    fresh.page.mouse.move(1200, 700)
    fresh.page.mouse.down()
    fresh.page.mouse.move(1150, 660, steps=4)
    fresh.page.mouse.up()
    assert ask(fresh, "focused()") is None


def drag(opened: Opened, title: str, dx: float, dy: float) -> None:
    """Drag a node."""
    x, y = point_of(opened, title)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + dx, y + dy, steps=6)
    opened.page.mouse.up()


def test_a_node_that_is_dragged_keeps_its_place_when_the_page_is_opened_again(tmp_path: Path) -> None:
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


def test_a_double_click_lets_a_node_go(tmp_path: Path) -> None:
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


def test_two_fingers_zoom_and_one_that_rests_hovers(tmp_path: Path) -> None:
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


def test_a_second_finger_puts_a_carried_node_down_and_the_last_one_moves_the_map(tmp_path: Path) -> None:
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


def test_a_high_screen_lays_the_map_down(tmp_path: Path) -> None:
    """On a phone the map uses the height: it is higher than wide."""
    with settled(many(400), tmp_path, size=(390, 844)) as opened:
        points = [point_of(opened, title) for title in ask(opened, "visibleNodes()")[:200]]
        across, down = ([point[axis] for point in points] for axis in (0, 1))
        assert max(down) - min(down) > max(across) - min(across)
        assert min(across) > 0
        assert max(across) < 390


def test_twice_as_many_pixels_are_used_where_the_screen_has_them(tmp_path: Path) -> None:
    """The canvas is twice as large, and the tile as fine."""
    with settled(many(400), tmp_path, device_scale_factor=2) as opened:
        assert opened.page.evaluate("document.getElementById('picture').width") == 2560
        assert near(color_at(opened, "Note number 0"), as_rgb("#2f7fb5"))


def inked(opened: Opened) -> bool:
    """Whether some name on the map has letters in a dark colour."""
    label = next(each for each in ask(opened, "labels()") if each["node"] >= 0)
    top = opened.page.evaluate("document.getElementById('picture').getBoundingClientRect().top")
    points = [(label["x"] + dx, label["y"] + top + dy) for dx in range(-12, 13) for dy in range(-6, 7)]
    return min(sum(each) for each in pixels(opened, points)) < 300


def test_on_paper_the_map_is_light(tmp_path: Path) -> None:
    """Before printing the dark page turns white, with dark names; after it, it is dark again."""
    with settled(two_rounds(), tmp_path, color_scheme="dark") as opened:
        assert sum(pixel(opened, 1270, 70)) < 120
        opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert pixel(opened, 1270, 70) == (255, 255, 255)
        assert inked(opened)
        opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        rest(opened)
        assert sum(pixel(opened, 1270, 70)) < 120


# ------------------------------------------------------------------ odd graphs


def star() -> KnowledgeGraph:
    """One note that five thousand link to."""
    middle = note("Sun")
    ring = [note(f"Ray {at}") for at in range(5000)]
    return graph_of([middle, *ring], [edge(each, "links-to", middle) for each in ring])


def test_a_star_of_five_thousand_can_be_drawn_and_lit(tmp_path: Path) -> None:
    """All of it is there, and the middle can be picked."""
    with settled(star(), tmp_path) as opened:
        assert len(ask(opened, "visibleNodes()")) == 5001
        opened.page.mouse.move(*point_of(opened, "Sun"))
        assert ask(opened, "focused()") == "Sun"
        assert len(ask(opened, "lit()")) == 5001
        opened.page.mouse.move(5, 5)
        rest(opened)
        assert near(color_at(opened, "Sun"), as_rgb("#2f7fb5"))


def long_names() -> list[Node]:
    """Names that are hard on a label."""
    names = ["x" * 255, "字" * 255, "مرحبا بالعالم", "🗺️👩‍👩‍👧‍👦" * 20, "Twin", "Twin", " ", "line\nbreak"]
    return [note(name, path=f"{number}.md") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [([], []), ([note("One")], []), ([note("One"), note("Two")], []), (long_names(), [])],
    ids=["no notes", "one note", "no edges", "odd names"],
)
def test_odd_graphs_can_be_drawn(nodes: list[Node], edges: list[Edge], tmp_path: Path) -> None:
    """Nothing is drawn where nothing is; one note is in view; no name is longer than it may be."""
    with settled(graph_of(nodes, edges), tmp_path) as opened:
        assert len(ask(opened, "visibleNodes()")) == len(nodes)
        for label in ask(opened, "labels()"):
            assert len(label["text"]) < 60
        view = ask(opened, "view()")
        assert all(math.isfinite(view[name]) for name in ("x", "y", "scale"))


def test_parallel_and_circular_links_do_not_trouble_the_drawing(tmp_path: Path) -> None:
    """Three relations between the same two notes, and a note that links to itself."""
    one, two = note("One"), note("Two")
    vocabulary = Vocabulary(
        types={"knowledge": NoteType("knowledge", color="#2f7fb5")},
        relations={name: Relation(name, color="#b23a5e") for name in ("requires", "related")},
    )
    edges = [edge(one, name, two) for name in ("requires", "related", "links-to")]
    edges += [edge(two, "requires", one), edge(one, "links-to", one)]
    with settled(graph_of([one, two], edges, vocabulary), tmp_path) as opened:
        assert len(ask(opened, "visibleEdges()")) == 5


def test_much_that_is_lit_is_drawn_at_rest_and_in_motion(crowd: Opened) -> None:
    """A search that finds hundreds: their dots are bright, also where the map is dragged to; then all is undone."""
    crowd.page.click("#fit")
    rest(crowd)
    crowd.page.fill("#query", "n")
    until(crowd, "(window.vaultGraph.lit() || []).length > 390")
    rest(crowd)
    assert near(color_at(crowd, "Note number 0"), as_rgb("#2f7fb5"))
    assert not near(color_at(crowd, "笔记 1"), as_rgb("#2f7fb5"))
    crowd.page.mouse.move(1200, 700)
    crowd.page.mouse.down()
    crowd.page.mouse.move(1150, 680, steps=4)
    assert near(color_at(crowd, "Note number 0"), as_rgb("#2f7fb5"))
    crowd.page.mouse.up()
    crowd.page.fill("#query", "")
    crowd.page.keyboard.press("Escape")
    until(crowd, "!window.vaultGraph.lit()")
    rest(crowd)
    assert near(color_at(crowd, "笔记 1"), as_rgb("#2f7fb5"))


def test_far_away_the_map_is_there_before_its_tile(crowd: Opened) -> None:
    """In the moment in which the view jumps out, more is seen than the small tile of what was near."""
    crowd.page.emulate_media(reduced_motion="reduce")
    crowd.page.click("#fit")
    rest(crowd)
    whole = bare(crowd)
    for _ in range(5):
        crowd.page.click("#zoom-in")
    rest(crowd)
    crowd.page.wait_for_timeout(500)
    jumped = bare(crowd, "#fit")
    crowd.page.emulate_media(reduced_motion="no-preference")
    rest(crowd)
    assert 1 - jumped > (1 - whole) * 0.6


def test_a_worker_that_fails_is_replaced_by_the_page(tmp_path: Path) -> None:
    """It says so, and the page draws by itself; places that make no sense are not taken from what is remembered."""
    with opened_graph(many(400), tmp_path) as opened:
        opened.page.add_init_script("""
            const send = Worker.prototype.postMessage;
            Worker.prototype.postMessage = function (said) {
                send.call(this, { ...said, job: { ...said.job, hulls: 7 } });
            };
            const places = { 'A/0.md': [1], 'A/1.md': [1e9, 0], 'A/2.md': [1, 2, 3] };
            localStorage.setItem(`vault-tools-places:${location.pathname}`, JSON.stringify(places));
        """)
        opened.page.reload()
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        rest(opened)
        assert near(color_at(opened, "Note number 0"), as_rgb("#2f7fb5"))
        assert opened.page.locator("#unpin").is_hidden()
        assert math.isfinite(point_of(opened, "Note number 0")[1])


def test_without_workers_the_page_draws_the_map_itself(tmp_path: Path) -> None:
    """As a browser that allows none would have it."""
    with opened_graph(many(400), tmp_path) as opened:
        opened.page.add_init_script("delete window.Worker")
        opened.page.reload()
        until(opened, "window.vaultGraph && window.vaultGraph.firstPaint() > 0")
        rest(opened)
        assert near(color_at(opened, "Note number 0"), as_rgb("#2f7fb5"))
