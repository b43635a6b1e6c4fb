"""The page by keyboard, for screen readers, and without motion."""

from pathlib import Path

import pytest
from shared.graph_pages import (
    ask,
    opened_graph,
    point_of,
    said,
    small_graph,
)
from shared.read_pages import choose, hub, open_neighbourhood, panel

pytestmark = pytest.mark.ci


def test_the_page_can_be_used_by_keyboard(tmp_path: Path) -> None:
    """Choose, walk to the neighbour that lies there, read, open the neighbourhood, and one step back at a time."""
    with opened_graph(hub(3), tmp_path) as opened:
        press = opened.page.keyboard.press
        before = ask(opened, "view()")
        opened.page.focus("#map")
        press("ArrowLeft")
        assert ask(opened, "view()")["x"] == before["x"] + 80
        press("Enter")
        title = panel(opened, "h2")[0]
        assert opened.page.evaluate("document.activeElement.tagName") == "H2"
        opened.page.focus("#map")
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            press(key)
        assert ask(opened, "focused()")
        walked = panel(opened, "h2")[0]
        assert walked in {"Hub", "Spoke 000", "Spoke 001", "Spoke 002", "Far 0", "Far 1", "Far 2", "Far 3"}
        press("n")
        assert opened.page.inner_text("#around-title") == walked
        press("Escape")
        assert opened.page.locator("#around[open]").count() == 0
        assert opened.page.is_visible("#panel")
        press("Escape")
        assert opened.page.is_hidden("#panel")
        press("/")
        assert opened.page.evaluate("document.activeElement.id") == "query"
        opened.page.keyboard.type("n?t")
        assert opened.page.input_value("#query") == "n?t"
        assert opened.page.locator("dialog[open]").count() == 0
        assert title


def test_each_arrow_key_leads_to_a_neighbour_on_its_side(tmp_path: Path) -> None:
    """Each arrow leads to one that is on that side, if there is any."""
    with opened_graph(hub(12), tmp_path) as opened:
        choose(opened, "Hub")
        opened.page.focus("#map")
        places = {title: point_of(opened, title) for title in ask(opened, "visibleNodes()")}
        middle = places["Hub"]
        opened.page.keyboard.press("ArrowRight")
        x, y = places[panel(opened, "h2")[0]]
        assert x > middle[0]
        assert abs(y - middle[1]) < 3 * (x - middle[0])


def test_a_dialog_lists_the_keys_and_single_letters_can_be_switched_off(tmp_path: Path) -> None:
    """For whoever speaks to the computer, letters are not keys."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.keyboard.press("?")
        assert opened.page.locator("#keys[open] kbd").count() > 12
        opened.page.locator("#keys input").uncheck()
        opened.page.keyboard.press("Escape")
        choose(opened, "Monday")
        opened.page.focus("#map")
        opened.page.keyboard.press("n")
        assert opened.page.locator("#around[open]").count() == 0
        opened.page.keyboard.press("Escape")
        assert opened.page.is_hidden("#panel")


def test_every_control_of_the_page_has_an_accessible_name(tmp_path: Path) -> None:
    """A screen reader can say what each is for, in all dialogs."""
    nameless = """() => [...document.querySelectorAll('button:not([hidden]), input, a, nav, aside, dialog')]
        .filter((part) => !part.getAttribute('aria-label') && !part.getAttribute('aria-labelledby')
            && !part.textContent.trim() && !part.closest('label')).map((part) => part.outerHTML)"""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.keyboard.press("?")
        opened.page.keyboard.press("Escape")
        open_neighbourhood(opened, "Kalman filter")
        assert opened.page.evaluate(nameless) == []


def test_the_menu_is_walked_with_arrow_keys_and_returns_the_focus(tmp_path: Path) -> None:
    """Down, up, Escape."""
    with opened_graph(small_graph(), tmp_path) as opened:
        opened.page.focus("#more")
        opened.page.keyboard.press("Enter")
        opened.page.keyboard.press("ArrowUp")
        assert opened.page.evaluate("document.activeElement.textContent") == said("map.keyboard.title")
        opened.page.keyboard.press("Escape")
        assert opened.page.evaluate("document.activeElement.id") == "more"
        assert opened.page.is_hidden("#more-menu")


def test_the_page_shows_no_motion_to_readers_who_want_none(tmp_path: Path) -> None:
    """Choosing a note jumps there, and nothing on the page has a transition."""
    with opened_graph(small_graph(), tmp_path, reduced_motion="reduce") as opened:
        choose(opened, "Monday")
        moving = "[...document.querySelectorAll('*')].filter((p) => getComputedStyle(p).transitionDuration !== '0s')"
        assert opened.page.evaluate(f"{moving}.length") == 0
