"""Dots and lines of the map: shape, colour and size."""

import math
from pathlib import Path

import pytest
from shared.browser import Opened
from shared.drawn_maps import (
    as_rgb,
    color_at,
    many,
    near,
    paper,
    pixel,
    radius,
    rest,
    settled,
    two_rounds,
)
from shared.graph_pages import ask, edge, graph_of, note, point_of

from vault_tools.model.graph import Edge, Node
from vault_tools.model.vocabulary import NoteType, Relation, Vocabulary

pytestmark = pytest.mark.ci

PALETTE = ("#2f74b3", "#e08a2c")


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


def test_every_dot_has_the_colour_of_its_type(fresh: Opened) -> None:
    """Line by line, on a small map."""
    assert near(color_at(fresh, "Alpha"), as_rgb("#2f7fb5"))
    assert near(color_at(fresh, "Beta"), as_rgb("#8a8f98"))


def test_a_missing_note_is_drawn_as_a_hollow_dot(fresh: Opened) -> None:
    """Paper in the middle, a rim around it."""
    x, y = point_of(fresh, "Unwritten")
    size = radius(fresh, "Unwritten")
    assert pixel(fresh, x, y) == paper(fresh)
    assert not near(pixel(fresh, x + size - 1, y), paper(fresh))


def test_a_canvas_is_drawn_as_a_square(fresh: Opened) -> None:
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


def test_lines_are_drawn_between_linked_dots(fresh: Opened) -> None:
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
def test_the_map_can_be_coloured_by_community_folder_and_tag(choice: str, tmp_path: Path) -> None:
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


def test_a_dot_on_the_page_grows_with_its_links(fresh: Opened) -> None:
    """The hub is the largest; far away as near by."""
    assert radius(fresh, "Alpha") > radius(fresh, "Alpha 3") > radius(fresh, "Lone") > 0.5


def test_the_dots_of_the_map_can_be_sized_by_pagerank(fresh: Opened) -> None:
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


def test_the_map_uses_twice_as_many_pixels_on_a_screen_that_has_them(tmp_path: Path) -> None:
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


def test_the_map_is_light_on_paper(tmp_path: Path) -> None:
    """Before printing the dark page turns white, with dark names; after it, it is dark again."""
    with settled(two_rounds(), tmp_path, color_scheme="dark") as opened:
        assert sum(pixel(opened, 1270, 70)) < 120
        opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert pixel(opened, 1270, 70) == (255, 255, 255)
        assert inked(opened)
        opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        rest(opened)
        assert sum(pixel(opened, 1270, 70)) < 120


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


def test_parallel_and_circular_links_can_be_drawn(tmp_path: Path) -> None:
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
