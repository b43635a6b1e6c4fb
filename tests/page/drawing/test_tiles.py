"""Large maps: a worker draws them in tiles."""

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
    rest,
    settled,
)
from shared.graph_pages import ask, edge, graph_of, note, opened_graph, point_of, until

from vault_tools.model.graph import KnowledgeGraph

pytestmark = pytest.mark.ci


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


def test_every_dot_of_a_large_map_has_the_colour_of_its_type(crowd: Opened) -> None:
    """In the tile that the worker sends; beside the map there is paper."""
    assert near(color_at(crowd, "Note number 0"), as_rgb("#2f7fb5"))
    assert pixel(crowd, 1270, 70) == paper(crowd)


def test_the_tile_of_a_large_map_follows_the_theme(crowd: Opened) -> None:
    """A large map is drawn anew, not only its paper."""
    crowd.page.click("#theme")
    rest(crowd)
    assert pixel(crowd, 1270, 70) == paper(crowd)
    assert sum(paper(crowd)) < 120
    crowd.page.click("#theme")
    rest(crowd)


def star() -> KnowledgeGraph:
    """One note that five thousand link to."""
    middle = note("Sun")
    ring = [note(f"Ray {at}") for at in range(5000)]
    return graph_of([middle, *ring], [edge(each, "links-to", middle) for each in ring])


def test_a_star_of_five_thousand_notes_can_be_drawn_and_lit(tmp_path: Path) -> None:
    """All of it is there, and the middle can be picked."""
    with settled(star(), tmp_path) as opened:
        assert len(ask(opened, "visibleNodes()")) == 5001
        opened.page.mouse.move(*point_of(opened, "Sun"))
        assert ask(opened, "focused()") == "Sun"
        assert len(ask(opened, "lit()")) == 5001
        opened.page.mouse.move(5, 5)
        rest(opened)
        assert near(color_at(opened, "Sun"), as_rgb("#2f7fb5"))


def test_many_lit_nodes_are_drawn_at_rest_and_in_motion(crowd: Opened) -> None:
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


def test_a_map_that_is_zoomed_out_is_drawn_before_its_tile(crowd: Opened) -> None:
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
