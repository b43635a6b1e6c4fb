"""What the dashed line and the hollow points of a panel mean, at its right."""

from collections.abc import Iterator

from vault_tools.render.charts.panel import PAD, Panel
from vault_tools.render.charts.style import SMALL
from vault_tools.render.charts.svg import dot, line, text_element
from vault_tools.render.charts.text_width import cut, text_width


def render_key(panel: Panel) -> Iterator[str]:
    """Yield the meaning of the line if there is a target, and that of the points if there are hollow ones."""
    right, most = panel.width - PAD, panel.width / 2 - 2 * PAD - 26
    if panel.target is not None:
        yield from _target(panel, panel.target, right, most)
    values = panel.values
    if None in values and any(value is not None for value in values):
        yield from _hollow_points(panel, right, most)


def _target(panel: Panel, target: float, right: float, most: float) -> Iterator[str]:
    shown = panel.chart.target_shown or f"{target:g} {panel.chart.unit}".strip()
    text = cut(panel.say("charts.target", value=shown), SMALL, most)
    yield text_element(text, right, 62, anchor="end")
    end = right - text_width(text, SMALL) - 4
    yield line((end - 18, 58.5), (end, 58.5), "target")


def _hollow_points(panel: Panel, right: float, most: float) -> Iterator[str]:
    text = cut(panel.say("common.not-enough"), SMALL, most)
    yield text_element(text, right, 82, anchor="end")
    yield dot((right - text_width(text, SMALL) - 8, 78.5), 2.5, "missing")
