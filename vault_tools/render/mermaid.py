"""A trend as a Mermaid block, which Obsidian draws by itself."""

import math
import re
from collections.abc import Iterable

from vault_tools.model.chart import Chart

_MISSING = "–"
_SIZE = (700, 260)
_PALETTE = "#4a7fb5, #c2703d"
"""Bars and target: legible on light paper and on dark, unlike the colours of the default theme."""
_UNSAFE = re.compile(r"""[^\w\s.,:/()+\-–—~=·…’“”％%°€£¥、。，：；（）！？《》「」【】→←↑↓]|_(?=_)""")
_LONGEST = 60
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def mermaid_trend(chart: Chart) -> str:
    """Return a fenced block with the measure as bars and its target as a line; "" where no period has a value.

    A bar chart of Mermaid has no gaps: a period without a value has no bar, and a dash at its name.
    """
    values = [value if value is not None and math.isfinite(value) else None for value in chart.values]
    known = [value for value in values if value is not None]
    if not known:
        return ""
    labels = (
        label if value is not None else f"{label} {_MISSING}" for label, value in zip(chart.labels, values, strict=True)
    )
    target = [] if chart.target is None else [chart.target]
    low, high = _range([*known, *target])
    lines = [
        *_head(),
        f"title {_text(chart.title)}",
        f"x-axis [{', '.join(map(_text, labels))}]",
        f"y-axis {_text(chart.unit)} {_number(low)} --> {_number(high)}",
        f"bar {_numbers(value or 0.0 for value in values)}",
        *(f"line {_numbers(target * len(values))}" for _ in target),
    ]
    return "\n".join(["```mermaid", *lines, "```"])


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
    return f'"{plain[:_LONGEST] or _MISSING}"'


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
    return next((step * power for step in _STEPS if value <= step * power), value)
