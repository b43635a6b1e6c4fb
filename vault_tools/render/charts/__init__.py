"""Trends as one picture (SVG): a panel for each measure, all of the same size, to be compared at a glance."""

import math
from collections.abc import Iterator, Sequence

from vault_tools import words as catalogue
from vault_tools.model.chart import Chart, finite
from vault_tools.model.text import Say, say
from vault_tools.render.charts.axis import render_axis
from vault_tools.render.charts.headline import render_headline
from vault_tools.render.charts.key import render_key
from vault_tools.render.charts.panel import HEIGHT, PAD, Panel, format_sentence
from vault_tools.render.charts.plot import render_plot
from vault_tools.render.charts.point_labels import render_point_labels
from vault_tools.render.charts.style import STYLE
from vault_tools.render.charts.svg import element, escape_text, format_number, text_element
from vault_tools.render.charts.text_width import cut
from vault_tools.words import Words

WIDTH = 760
"""The width of the picture, about that of a line in Obsidian."""
_GAP = 16


def svg_trends(charts: Sequence[Chart], words: Words | None = None) -> str:
    """Return a picture of some measures: the last value in large, its change, and the way there.

    It is one file that asks for nothing else, follows the reader's light or dark, and is the same for the same charts.
    """
    language = catalogue.words() if words is None else words
    columns = 1 if len(charts) == 1 else 2
    rows = max(1, math.ceil(len(charts) / columns))
    height = rows * HEIGHT + (rows - 1) * _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{escape_text(format_sentence("charts.trends", language))}</title>\n'
        f'<desc id="desc">{escape_text(_description(charts, language))}</desc>\n'
        f"<style>{STYLE}</style>\n{''.join(_panels(charts, columns, language))}</svg>\n"
    )


def _panels(charts: Sequence[Chart], columns: int, words: Words) -> Iterator[str]:
    """Yield the panels, row by row."""
    width = (WIDTH - _GAP * (columns - 1)) / columns
    for at, chart in enumerate(charts):
        row, column = divmod(at, columns)
        place = {"x": format_number(column * (width + _GAP)), "y": format_number(row * (HEIGHT + _GAP))}
        size = {"width": format_number(width), "height": str(HEIGHT)}
        yield element("svg", {**place, **size}, "\n" + "".join(_panel(Panel(chart, width, words))))


def _panel(panel: Panel) -> Iterator[str]:
    """Yield the elements of a panel, from the ground up."""
    size = {"width": format_number(panel.width - 1), "height": str(HEIGHT - 1)}
    yield element("rect", {"class": "card", "x": "0.5", "y": "0.5", **size, "rx": "8"})
    yield text_element(cut(panel.chart.title, 13, panel.width - 2 * PAD), PAD, 30, "title")
    yield from render_headline(panel)
    yield from render_key(panel)
    yield from render_plot(panel)
    yield from render_point_labels(panel)
    yield from render_axis(panel)


def _description(charts: Sequence[Chart], words: Words) -> str:
    """Say all values, for readers who cannot see the picture."""
    texts = [format_sentence("charts.described", words, title=chart.title, points=_points(chart)) for chart in charts]
    return format_sentence("common.semicolon", words).join(texts)


def _points(chart: Chart) -> tuple[Say, ...]:
    """Say what each period's value is, or that there is not enough for one."""
    rows = zip(chart.labels, chart.values, chart.shown, strict=True)
    return tuple(
        say("charts.point", period=label, value=say("common.not-enough") if finite(value) is None else shown)
        for label, value, shown in rows
    )
