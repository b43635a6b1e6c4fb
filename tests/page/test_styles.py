"""The colours of the page: contrast, the dark theme, and colours that the system forces."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from shared.graph_pages import (
    opened_graph,
    small_graph,
)
from shared.read_pages import open_neighbourhood

from vault_tools import shipped

pytestmark = pytest.mark.ci


AA = 4.5
TEXTS = (("ink", "paper"), ("ink", "card"), ("ink", "quiet"), ("soft", "paper"), ("soft", "card"), ("soft", "quiet"))
MARKS = (("accent", "paper"), ("accent", "card"), ("missing", "paper"), ("attachment", "paper"), ("tag", "paper"))


def tokens(css: str, selector: str) -> Mapping[str, str]:
    """The colours of a theme."""
    body = css[css.index(selector) :].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Relative, of #rrggbb."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("selector", [":root {", ':root[data-theme="dark"] {'])
def test_texts_and_marks_of_the_page_have_enough_contrast(selector: str) -> None:
    """4.5 for text (the accent is one, on cards, and cards on it), and 3 for dots and rims."""
    colors = tokens(shipped.asset("graph/styles/base.css"), selector)
    texts = {f"{one} on {other}": contrast(colors[one], colors[other]) for one, other in TEXTS}
    texts["card on accent"] = contrast(colors["card"], colors["accent"])
    marks = {f"{one} on {other}": contrast(colors[one], colors[other]) for one, other in MARKS}
    assert {name: value for name, value in texts.items() if value < AA} == {}
    assert {name: value for name, value in marks.items() if value < 3} == {}


def test_the_dark_theme_of_the_system_and_of_the_reader_are_the_same() -> None:
    """The two blocks of the style sheet say the same."""
    css = shipped.asset("graph/styles/base.css")
    assert tokens(css, ':root:not([data-theme="light"]) {') == tokens(css, ':root[data-theme="dark"] {')


def test_forced_colours_of_the_system_leave_rims_and_the_chosen_row_visible(tmp_path: Path) -> None:
    """Cards have a border, and what is chosen looks it."""
    with opened_graph(small_graph(), tmp_path, forced_colors="active") as opened:
        open_neighbourhood(opened, "Kalman filter")
        look = "getComputedStyle(document.querySelector('#around-depth [aria-pressed={}]')).backgroundColor"
        assert opened.page.evaluate(look.format("true")) != opened.page.evaluate(look.format("false"))
