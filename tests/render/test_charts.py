"""Trends as a picture and as a Mermaid block, looked at in a browser as a reader would see them."""

import json
import math
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shared.browser import browser_page, one_browser

from vault_tools.model.chart import Chart
from vault_tools.render.charts import svg_trends
from vault_tools.render.mermaid import mermaid_trend

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
HOSTILE = (
    '"]\n```\n# out',
    "</text></svg><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    "%%{init: {'theme':'dark'}}%%",
    "a %% comment",
    "# fl°°34¶ß #35; #quot;",
    "`$$x$$` **bold** [[link]] ]]>",
    "line\u2028break\r\n\tand nul\x00 and half \ud800",
    "\u202eright to left\u2066",
    "title x-axis y-axis bar line -->",
    "&amp; &#x41; &bogus;",
    "",
)


@pytest.fixture(autouse=True, scope="module")
def _one_browser() -> Iterator[None]:
    with one_browser():
        yield


def chart(title: str, *values: float | None, labels: tuple[str, ...] = MONTHS, **given: Any) -> Chart:
    """A measure in per cent, a value for each month; each rests on as many things as its place in the row."""
    shown = tuple("" if value is None else f"{value:g} %" for value in values)
    names = labels if len(labels) == len(values) else tuple(f"2024-W{week:02}" for week in range(1, len(values) + 1))
    return Chart(title, "%", names, values, tuple(range(len(values))), **{"shown": shown, **given})


FOUNDING = (
    chart("Reuse rate", 30, 38, 45, 52, 60, 70, target=50.0, target_shown="50 %"),
    chart("Time to solve", 48, None, 40, 36, 30, 24, better="down"),
    chart(
        "项目成功率", 60, 75, None, None, 80, 78, labels=tuple(f"2024年{month}月" for month in range(1, 7)), target=90.0
    ),
    chart("Written summaries", *[None] * 6),
    chart("Deep work", 3, 5, 4, 8, 9, 2, 6, 7, 10, 11, 9.5, 12, 8, 8, 10, 10, target=10.0),
    chart("A title that is a good deal longer than any panel can hold, 还有中文", 10, 20, 30, 25, None, None),
    chart("Once", 7, labels=("2024",)),
    chart("Steep", 100, 0, 100, 0, 100, 0),
)

TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(HOSTILE))
FLOATS = st.one_of(st.none(), st.floats(), st.integers(-5, 100).map(float))
CHARTS = st.integers(0, 8).flatmap(
    lambda n: st.builds(
        Chart,
        TEXTS, TEXTS, st.tuples(*[TEXTS] * n), st.tuples(*[FLOATS] * n), st.tuples(*[st.integers(0, 10**9)] * n),
        st.tuples(*[TEXTS] * n), st.sampled_from(["up", "down"]), FLOATS, TEXTS,
    )
)  # fmt: skip


def texts(svg: str) -> list[str]:
    """All words that a picture shows, in the order of the file."""
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


# ------------------------------------------------------------------ the picture


@given(st.lists(CHARTS, max_size=5))
def test_a_chart_of_any_words_and_numbers_is_a_valid_picture_without_scripts(charts: list[Chart]) -> None:
    """Whatever a note says, it is shown as text, and no coordinate is out of this world."""
    svg = svg_trends(charts)
    root = ET.fromstring(svg.encode())
    shapes = {"svg", "title", "desc", "style", "rect", "text", "path", "line", "circle"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= shapes
    assert not {name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name}
    numbers = re.findall(r' (?:x|y|x1|y1|x2|y2|cx|cy|r|d|width|height)="([^"]*)"', svg)
    assert not [text for text in numbers if re.search(r"nan|inf|e", text)]
    assert "@import" not in svg
    assert "url(" not in svg


@given(st.lists(CHARTS, max_size=4))
def test_the_same_measures_make_the_same_chart(charts: list[Chart]) -> None:
    """So that a second run writes nothing."""
    assert svg_trends(charts) == svg_trends([replace(each) for each in charts])


def test_a_panel_of_a_chart_says_the_last_value_its_trend_and_whether_the_trend_is_good() -> None:
    """Up is better for a rate, down for a time."""
    up, down = chart("Reuse", 60, 70), chart("Time", 40, 30, better="down")
    assert {"70 %", "↑ from 60 % · better"} <= set(texts(svg_trends([up])))
    assert {"30 %", "↓ from 40 % · better"} <= set(texts(svg_trends([down])))
    assert "↑ from 60 % · worse" in texts(svg_trends([replace(up, better="down")]))
    assert "→ unchanged" in texts(svg_trends([chart("Reuse", 60, 60)]))


def test_a_chart_names_the_period_from_which_a_change_over_a_gap_is_measured() -> None:
    """Else "from 40 %" would be taken for the month before."""
    assert "↑ from 40 % (Jan) · better" in texts(svg_trends([chart("Reuse", 40, None, 70, labels=MONTHS[:3])]))


def test_a_period_without_a_value_is_a_gap_in_the_line_of_a_chart() -> None:
    """No value is made up between two that are known; the last one known is told as such."""
    svg = svg_trends([chart("Reuse", 10, 20, None, 30, 40, None)])
    root = ET.fromstring(svg)
    assert len(root.findall(f".//{SVG}path[@class='line']")) == 2
    assert len(root.findall(f".//{SVG}circle[@class='missing']")) == 2 + 1  # one of them explains the others
    assert {"not enough data yet", "latest 40 % (May)"} <= set(texts(svg))


def test_the_row_of_counts_of_a_chart_says_what_it_counts() -> None:
    """And no letter stands for it."""
    few = chart("Reuse", 10, 20)
    assert "cases" in texts(svg_trends([few]))
    assert "cases" not in texts(svg_trends([replace(few, counts=(1, 123456789))]))
    assert "n" not in texts(svg_trends([few]))


def test_a_chart_of_nothing_but_gaps_shows_no_value_and_no_line() -> None:
    """An empty measure is said to be one."""
    svg = svg_trends([chart("Reuse", None, math.nan)])
    assert "not enough data yet" in texts(svg)
    assert 'class="line"' not in svg
    assert 'class="value"' not in svg


def test_our_words_in_a_chart_are_in_the_language_of_the_reader() -> None:
    """Chinese in, Chinese out; the names of measures and periods are the reader's already."""
    words = {
        "common.not-enough": "数据不足", "charts.target": "目标 {value}", "charts.from": "前期 {before}",
        "charts.better": "改善", "charts.trends": "趋势",
    }  # fmt: skip
    svg = svg_trends([chart("复用率", None, 60, 70, target=50.0, labels=("一月", "二月", "三月"))], words)
    assert {"数据不足", "目标 50 %", "↑ 前期 60 % · 改善"} <= set(texts(svg))
    assert "趋势" in svg
    assert "enough" not in svg


def test_a_chart_describes_every_value_to_a_screen_reader() -> None:
    """The picture is one image with a title and a description."""
    root = ET.fromstring(svg_trends([chart("Reuse", 10, None, labels=("Jan", "Feb"))]))
    assert root.get("role") == "img"
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (
        "Trends",
        "Reuse: Jan 10 %, Feb not enough data yet",
    )


MEASURE = """() => [...document.querySelectorAll('svg svg')].map((panel) => {
  const ground = panel.querySelector('.card'), frame = ground.getBoundingClientRect();
  const box = (element) => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    return {left, top, right, bottom, text: element.textContent, colour: getComputedStyle(element).fill,
            small: parseFloat(getComputedStyle(element).fontSize)};
  };
  const texts = [...panel.querySelectorAll('text')].map(box);
  return {frame: box(ground), ground: getComputedStyle(ground).fill, texts};
})"""


def measured(path: Path, svg: str, scheme: str) -> list[dict[str, Any]]:
    """Where each panel's words stand in a real browser, and in which colours."""
    path.write_text(svg, "utf-8")
    with browser_page(path, size=(800, 1100), color_scheme=scheme) as opened:
        assert opened.complaints == []
        assert len(opened.requests) == 1
        return list(opened.page.evaluate(MEASURE))


def luminance(colour: str) -> float:
    """The relative luminance of `rgb(…)`, as the guidelines for accessibility define it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_a_chart_stay_in_their_panel_and_are_legible(tmp_path: Path, scheme: str) -> None:
    """Measured where the browser puts them; 4.5 is the contrast that the guidelines ask for."""
    panels = measured(tmp_path / "trends.svg", svg_trends(FOUNDING), scheme)
    assert len(panels) == len(FOUNDING)
    for panel in panels:
        frame = panel["frame"]
        for one in panel["texts"]:
            assert frame["left"] <= one["left"] < one["right"] <= frame["right"], one
            assert frame["top"] <= one["top"] < one["bottom"] <= frame["bottom"], one
            light, dark = sorted((luminance(one["colour"]), luminance(panel["ground"])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, one
        for one, other in combinations(panel["texts"], 2):
            apart_sideways = one["right"] <= other["left"] or other["right"] <= one["left"]
            # The box of a line of writing holds more air than ink: a fifth above and below.
            air = 0.25 * min(one["small"], other["small"])
            assert apart_sideways or one["bottom"] - air <= other["top"] or other["bottom"] - air <= one["top"], (
                one,
                other,
            )


def test_a_chart_in_an_image_follows_the_light_and_dark_theme(tmp_path: Path) -> None:
    """As Obsidian embeds it; the page around it is out of reach there."""
    (tmp_path / "trends.svg").write_text(svg_trends(FOUNDING), "utf-8")
    page = tmp_path / "page.html"
    page.write_text("<body><img src='trends.svg'></body>", "utf-8")
    pictures = []
    for scheme in ("light", "dark"):
        with browser_page(page, size=(800, 1100), color_scheme=scheme) as opened:
            assert opened.page.evaluate("document.images[0].naturalWidth") == 760
            pictures.append(opened.page.locator("img").screenshot())
    assert pictures[0] != pictures[1]


def test_hostile_words_in_a_chart_run_nothing(tmp_path: Path) -> None:
    """Opened as a page of its own, where a script could run."""
    path = tmp_path / "trends.svg"
    charts = [
        chart(text, 1, 2, labels=(text, text), shown=(text, text), target=1.0, target_shown=text) for text in HOSTILE
    ]
    path.write_text(svg_trends(charts), "utf-8")
    with browser_page(path) as opened:
        assert opened.page.evaluate("window.PWNED") is None
        assert opened.complaints == []
        assert len(opened.requests) == 1


# ------------------------------------------------------------------ the Mermaid block

_QUOTED = r'"[^"`\\#%\[\]<>&;$\n]*(?:%[^"`\\#%\[\]<>&;$\n]*)*"'
_NUMBER = r"-?\d+(?:\.\d+)?"
_BLOCK = re.compile(
    rf"""```mermaid\n---\n(?:[^\n]+\n)+?---\nxychart-beta
title {_QUOTED}
x-axis \[{_QUOTED}(?:, {_QUOTED})*\]
y-axis {_QUOTED} {_NUMBER} --> {_NUMBER}
bar \[{_NUMBER}(?:, {_NUMBER})*\](?:
line \[{_NUMBER}(?:, {_NUMBER})*\])?
```"""
)


@example(Chart("", "", ("",), (0.0,), (0,), ("",), "up", 1.5000000000000002e308, ""))
@given(CHARTS)
def test_any_words_and_numbers_make_a_mermaid_block_of_the_same_few_lines(given: Chart) -> None:
    """The grammar that the block keeps to is narrower than Mermaid's own."""
    block = mermaid_trend(given)
    known = [value for value in given.values if value is not None and math.isfinite(value)]
    assert bool(block) == bool(known)
    if block:
        assert _BLOCK.fullmatch(block)
        assert "%%" not in block
        _, low, high = re.findall(rf"y-axis ({_QUOTED}) ({_NUMBER}) --> ({_NUMBER})", block)[0]
        assert float(low) <= 0 <= float(high)


def test_a_mermaid_block_has_bars_for_periods_and_a_line_for_the_target() -> None:
    """A period without a value is left out, since a bar of no height would say zero."""
    block = mermaid_trend(chart("复用率", 30, None, 45.5, 52, 60, 70, target=50.0))
    assert block.splitlines()[7:] == [
        'title "复用率"',
        'x-axis ["Jan", "Mar", "Apr", "May", "Jun"]',
        'y-axis "%" 0 --> 80',
        "bar [30, 45.5, 52, 60, 70]",
        "line [50, 50, 50, 50, 50]",
        "```",
    ]


def test_a_mermaid_block_shows_the_last_periods_if_not_all_fit() -> None:
    """Mermaid would write their names over one another."""
    block = mermaid_trend(chart("Reuse", *range(1, 41)))
    labels = re.findall(r"2024-W\d\d", block)
    assert 4 < len(labels) < 12
    assert labels[-1] == "2024-W40"


DRAW = """(blocks) => Promise.all(blocks.map(async (block, at) => {
  try { return (await mermaid.render('m' + at, block)).svg; } catch (error) { return String(error); }
}))"""


def test_mermaid_itself_draws_every_block(tmp_path: Path) -> None:
    """With the file that VAULT_TOOLS_MERMAID names (mermaid.min.js); skipped where it names none."""
    script = os.environ.get("VAULT_TOOLS_MERMAID")
    if not script:
        pytest.skip("VAULT_TOOLS_MERMAID does not name mermaid.min.js")
    hostile = [chart(text, 1, 2, 3, labels=(text, f"{text}1", "二月"), target=2.0) for text in HOSTILE]
    charts = [each for each in (*FOUNDING, *hostile, chart("Below", -3, 5), chart("Zero", 0, 0)) if mermaid_trend(each)]
    page = tmp_path / "page.html"
    page.write_text(
        f"<meta charset=utf-8><body><script src='{escape(Path(script).as_uri())}'></script></body>", "utf-8"
    )
    blocks = [mermaid_trend(each).removeprefix("```mermaid\n").removesuffix("\n```") for each in charts]
    with browser_page(page) as opened:
        drawn = opened.page.evaluate(DRAW, json.loads(json.dumps(blocks)))
        assert opened.page.evaluate("window.PWNED") is None
    for block, svg in zip(blocks, drawn, strict=True):
        assert svg.startswith("<svg"), (block, svg)
        bars = len(re.findall(r"<rect[^>]*fill=\"#4a7fb5\"", svg))
        assert bars == block.partition("bar [")[2].partition("]")[0].count(",") + 1, block
