"""The figures of the measures as sentences: compared with the period before and with the target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault_tools.learning.measures import MEASURES, Measure
from vault_tools.learning.windows import before, containing
from vault_tools.learning.wording import format_amount, format_measurement
from vault_tools.model.learning import Learning, Measurement, Window
from vault_tools.model.text import Ref, Say, say


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure in a window and in the window before; `target` is what the user means to do, 0 for nothing."""

    measure: Measure
    figure: Measurement
    earlier: Measurement
    earlier_window: Window
    target: float


def compare(learning: Learning, measure: Measure, window: Window) -> Comparison:
    """Compute a measure for a window and the one before."""
    earlier_window = before(window)
    figure = measure.reckon(learning.facts, window, learning.enough)
    earlier = measure.reckon(learning.facts, earlier_window, learning.enough)
    return Comparison(measure, figure, earlier, earlier_window, target_of(learning, measure, window))


def target_of(learning: Learning, measure: Measure, window: Window) -> float:
    """Return what the user means to do in a window; 0 if that is nothing, or less than 1."""
    target = measure.target(learning.targets, window) if measure.target else 0.0
    return target if target >= 1 else 0.0


def format_comparison(comparison: Comparison) -> Say:
    """Say a figure with the change against the period before: `70 % (14 of 20) ↑ from 56 % in 2024-05`.

    And, where there is one, with the target: `39.8 h ↓ from 49 h in 2024-05 (target 43.5 h)`.
    """
    figure = _format_change(comparison)
    if not comparison.target:
        return figure
    target = format_amount(comparison.target, comparison.measure.unit)
    return say("learning.figure-target", figure=figure, target=target)


def _format_change(comparison: Comparison) -> Say:
    """Say a figure against the one of the period before, as they are shown: 69.8 % and 70.2 % are the same."""
    unit, window = comparison.measure.unit, comparison.earlier_window.name
    figure = format_measurement(comparison.measure, comparison.figure)
    value, earlier_value = comparison.figure.value, comparison.earlier.value
    if value is None or earlier_value is None:
        return figure
    earlier = format_amount(earlier_value, unit)
    if format_amount(value, unit) == earlier:
        return say("learning.figure-same", figure=figure, window=window)
    arrow = "↑" if value > earlier_value else "↓"
    return say("learning.figure-changed", figure=figure, arrow=arrow, earlier=earlier, window=window)


def headlines(learning: Learning) -> Iterator[tuple[Say, Say]]:
    """Yield the shares and medians of the month that have a figure: title and figure."""
    month = containing("month", learning.facts.today)
    for measure in MEASURES:
        figure = measure.reckon(learning.facts, month, learning.enough)
        if measure.is_rate and not figure.lacking:
            yield say("report.measure", measure=measure.title, window=month.name), format_measurement(measure, figure)


def resting(day: str) -> Say:
    """Say that a vault rests, since a day."""
    return say("learning.resting", day=day)


def distinct(notes: Sequence[Ref]) -> tuple[Ref, ...]:
    """Return the notes behind a figure, each once."""
    return tuple(dict.fromkeys(notes))
