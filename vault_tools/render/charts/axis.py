"""The names of the periods below a panel, and on how many cases each value rests."""

import math
from collections.abc import Iterator, Sequence

from vault_tools.render.charts.panel import LABEL_WIDTH, Panel
from vault_tools.render.charts.style import SMALL
from vault_tools.render.charts.svg import text_element
from vault_tools.render.charts.text_width import cut, text_width

_PERIODS_Y = 197.0
_COUNTS_Y = 212.0


def render_axis(panel: Panel) -> Iterator[str]:
    """Yield the two rows of texts, and the word for the second."""
    periods = [cut(label, SMALL, LABEL_WIDTH) for label in panel.chart.labels]
    counts = [cut(str(count), SMALL, LABEL_WIDTH) for count in panel.chart.counts]
    yield from _row(panel, periods, _PERIODS_Y)
    yield from _row(panel, counts, _COUNTS_Y)
    yield from _cases(panel, counts)


def _row(panel: Panel, texts: Sequence[str], y: float) -> Iterator[str]:
    """Yield the texts from the last to the first; some are left out where they are many."""
    for at in range(len(texts) - 1, -1, -_stride(panel, texts)):
        yield text_element(texts[at], panel.x(at), y, anchor="middle")


def _stride(panel: Panel, texts: Sequence[str]) -> int:
    """Return the smallest step at which none of these touches the next."""
    step = panel.x(1) - panel.x(0) if len(texts) > 1 else panel.width
    widest = max((text_width(text, SMALL) for text in texts), default=0.0)
    return max(1, math.ceil((widest + 4) / step))


def _cases(panel: Panel, counts: Sequence[str]) -> Iterator[str]:
    """Yield the word for the row of counts, behind the last of them, if there is room for it."""
    word = panel.say("charts.cases")
    x = panel.x(len(counts) - 1) + text_width(counts[-1], SMALL) / 2 + 3 if counts else panel.width
    if x + text_width(word, SMALL) <= panel.width - 4:
        yield text_element(word, x, _COUNTS_Y)
