"""How was learned in a period: the measures against the period before, and how its time was spent by mode."""

from collections.abc import Iterator

from vault_tools.learning.measures import MEASURES
from vault_tools.learning.windows import within
from vault_tools.learning.wording import format_amount
from vault_tools.model.learning import Window
from vault_tools.model.text import Say, Term, say
from vault_tools.render.figures import compare, format_comparison
from vault_tools.render.markdown import table
from vault_tools.render.periods.lists import render_list
from vault_tools.render.report import Report


def render_method(report: Report, window: Window) -> Iterator[str]:
    """Yield the table of the measures and the list of the modes."""
    yield _measures(report, window)
    yield from render_list(report, [_format_time(mode, minutes) for mode, minutes in _by_mode(report, window)])


def _measures(report: Report, window: Window) -> str:
    link, learning = report.linker, report.learning
    figures = {measure: format_comparison(compare(learning, measure, window)) for measure in MEASURES}
    rows = [(link.own(measure.title), link.text((figure,))) for measure, figure in figures.items()]
    return table((link.own("learning.column-measure"), window.name), rows)


def _by_mode(report: Report, window: Window) -> list[tuple[str, float]]:
    """Return the minutes of each mode in a window, the most first."""
    minutes: dict[str, float] = {}
    for entry in report.learning.facts.entries:
        if within(entry.day, window) and entry.mode:
            minutes[entry.mode] = minutes.get(entry.mode, 0.0) + (entry.minutes or 0.0)
    return sorted(minutes.items(), key=lambda row: (-row[1], row[0]))


def _format_time(mode: str, minutes: float) -> Say:
    return say("region.periods.time-by-mode", mode=Term("mode", mode), duration=format_amount(minutes / 60, "hours"))
