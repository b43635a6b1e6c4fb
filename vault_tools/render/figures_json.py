"""The figures of the measures as JSON can say them, with the notes behind each figure."""

from collections.abc import Sequence
from typing import Any

from vault_tools.learning.measures import MEASURES, Measure
from vault_tools.learning.wording import format_measurement
from vault_tools.model.learning import Learning, Measurement, Window
from vault_tools.render.figures import distinct
from vault_tools.render.markdown import Linker


def figures_as_data(learning: Learning, windows: Sequence[Window], link: Linker) -> dict[str, Any]:
    """Return the measures of some windows."""
    return {
        "today": learning.facts.today.isoformat(),
        "resting": learning.facts.resting,
        "windows": [window.name for window in windows],
        "measures": [_measure(learning, measure, windows, link) for measure in MEASURES],
    }


def _measure(learning: Learning, measure: Measure, windows: Sequence[Window], link: Linker) -> dict[str, Any]:
    figures = [measure.reckon(learning.facts, window, learning.enough) for window in windows]
    return {
        "name": measure.name,
        "title": link.own(measure.title),
        "unit": measure.unit,
        "figures": [_figure(measure, figure, link) for figure in figures],
    }


def _figure(measure: Measure, figure: Measurement, link: Linker) -> dict[str, Any]:
    return {
        "value": figure.value,
        "part": figure.part,
        "whole": figure.whole,
        "lacking": figure.lacking,
        "low": figure.low,
        "high": figure.high,
        "said": link.plain((format_measurement(measure, figure),)),
        "notes": [ref.id for ref in distinct(figure.notes)],
        "others": [ref.id for ref in distinct(figure.others)],
    }
