"""The trends of the measures over the last months: one picture of all, and a chart in Mermaid for each."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from vault_tools.learning.measures import MEASURES, Measure
from vault_tools.learning.windows import MINUTES_A_DAY, recent
from vault_tools.learning.wording import format_amount
from vault_tools.model.chart import Chart
from vault_tools.model.learning import Learning, Measurement, Window
from vault_tools.model.text import say
from vault_tools.render.charts import svg_trends
from vault_tools.render.figures import target_of
from vault_tools.render.markdown import Linker
from vault_tools.render.mermaid import mermaid_trend

PERIODS = 6
_AXES = {
    "share": (100.0, say("learning.axis-percent")),
    "minutes": (1 / MINUTES_A_DAY, say("learning.axis-days")),
    "hours": (1.0, say("learning.axis-hours")),
    "count": (1.0, say("learning.axis-number")),
}
"""What a measure's unit is drawn in: the factor, and its name on the axis."""


def picture(learning: Learning, link: Linker) -> str:
    """Return the trends as one SVG file."""
    return svg_trends(tuple(_charts(learning, link).values()), link.words)


def render_trends(learning: Learning, link: Linker) -> Iterator[str]:
    """Yield a chart in Mermaid for each share and median that has a trend to show: a figure in two months at least."""
    for measure, chart in _charts(learning, link).items():
        if measure.is_rate and sum(value is not None for value in chart.values) > 1:
            yield mermaid_trend(chart)


def _charts(learning: Learning, link: Linker) -> Mapping[Measure, Chart]:
    """Return a chart for each measure: the last months in which there was anything to measure, the oldest first."""
    months = recent("month", learning.facts.today, PERIODS)
    columns = [_column(learning, month) for month in months]
    used = list(dropwhile(_is_empty, columns)) or columns[-1:]
    windows = months[-len(used) :]
    return {
        measure: _chart(measure, windows, [column[measure] for column in used], learning, link) for measure in MEASURES
    }


def _column(learning: Learning, window: Window) -> Mapping[Measure, Measurement]:
    return {measure: measure.reckon(learning.facts, window, learning.enough) for measure in MEASURES}


def _is_empty(column: Mapping[Measure, Measurement]) -> bool:
    return not any(figure.whole for figure in column.values())


def _chart(
    measure: Measure, windows: Sequence[Window], figures: Sequence[Measurement], learning: Learning, link: Linker
) -> Chart:
    target = target_of(learning, measure, windows[-1]) or None
    return Chart(
        title=link.own(measure.title),
        unit=link.own(_AXES[measure.unit][1]),
        labels=tuple(window.name for window in windows),
        values=tuple(_height(figure.value, measure) for figure in figures),
        counts=tuple(figure.whole for figure in figures),
        shown=tuple(link.plain((format_amount(figure.value, measure.unit),)) for figure in figures),
        better=measure.better,
        target=_height(target, measure),
        target_shown="" if target is None else link.plain((format_amount(target, measure.unit),)),
    )


def _height(value: float | None, measure: Measure) -> float | None:
    """Return a value in the unit of its axis."""
    factor = _AXES[measure.unit][0]
    return None if value is None else value * factor
