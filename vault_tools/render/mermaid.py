"""A trend as a Mermaid block, which Obsidian draws by itself."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from vault_tools.model.chart import Chart, finite
from vault_tools.render.charts.text_width import text_width

_NOTHING = "–"
_SIZE = (700, 260)
_SIDE = 80
"""What the vertical axis takes of the width."""
_LABEL = 14
"""The size of the names of periods."""
_PALETTE = "#4a7fb5, #c2703d"
"""Bars and target: legible on light paper and on dark, unlike the colours of the default theme."""
_UNSAFE = re.compile(r"""[^\w\s.,:/()+\-–—~=·…’“”％%°€£¥、。，：；（）！？《》「」【】→←↑↓]|_(?=_)""")
_LONGEST = 60
_STEPS = (1.0, 1.5, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Round ends of an axis; at others Mermaid sets its ticks too close."""


def mermaid_trend(chart: Chart) -> str:
    """Return a fenced block with the measure as bars and its target as a line; "" where no period has a value.

    Mermaid draws no gaps and lets names overlap: periods without a value are left out, and so are the first ones where
    there are more than fit.
    """
    periods = _fitting(list(_periods(chart)))
    if not periods:
        return ""
    return "\n".join(["```mermaid", *_head(), *_plot(chart, periods), "```"])


def _periods(chart: Chart) -> Iterator[tuple[str, float]]:
    """Yield the name and the value of each period that has one."""
    for label, value in zip(chart.labels, chart.values, strict=True):
        number = finite(value)
        if number is not None:
            yield _text(label), number


def _plot(chart: Chart, periods: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Yield the lines that describe the chart."""
    names, values = [name for name, _ in periods], [value for _, value in periods]
    target = finite(chart.target)
    low, high = _range(values if target is None else [*values, target])
    yield f"title {_text(chart.title)}"
    yield f"x-axis [{', '.join(names)}]"
    yield f"y-axis {_text(chart.unit)} {_number(low)} --> {_number(high)}"
    yield f"bar {_numbers(values)}"
    if target is not None:
        yield f"line {_numbers([target] * len(values))}"


def _fitting(periods: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the last periods whose names fit next to each other."""
    room = _SIZE[0] - _SIDE
    widest = accumulate((text_width(label, _LABEL) for label, _ in reversed(periods)), max)
    most = max((number for number, width in enumerate(widest, 1) if width * number <= room), default=1)
    return periods[-most:]


def _head() -> list[str]:
    width, height = _SIZE
    return [
        "---",
        "config:",
        f"  xyChart: {{width: {width}, height: {height}}}",
        f'  themeVariables: {{xyChart: {{plotColorPalette: "{_PALETTE}"}}}}',
        "---",
        "xychart-beta",
    ]


def _text(text: str) -> str:
    """Return words in quotation marks, without any sign that Mermaid, HTML or Markdown could take for its own.

    Mermaid has no way to escape: a quotation mark ends the text, `%%` opens a comment, `#…;` is an entity.
    """
    plain = " ".join(re.sub(r"%(?=\s*%)", "", _UNSAFE.sub(" ", text)).split())
    return f'"{plain[:_LONGEST] or _NOTHING}"'


def _numbers(values: Iterable[float]) -> str:
    return f"[{', '.join(map(_number, values))}]"


def _number(value: float) -> str:
    """Return a number without exponent, which Mermaid does not read."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _range(values: list[float]) -> tuple[float, float]:
    """Return the ends of an axis that holds all values and zero, at round numbers."""
    low, high = min(0.0, *values), max(0.0, *values)
    return (-_round_up(-low) if low else 0.0), (_round_up(high) if high or low else 1.0)


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value)) if value else 1.0
    return next((end for step in _STEPS if value <= (end := step * power) < math.inf), value)
