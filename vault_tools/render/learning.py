"""The head and the foot of the learning page: the month at a glance, then all figures and the notes behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from vault_tools.learning.measures import MEASURES, Measure
from vault_tools.learning.windows import MINUTES_A_DAY, before, containing, recent
from vault_tools.learning.wording import format_amount, format_measurement
from vault_tools.model.chart import Chart
from vault_tools.model.learning import Learning, Measurement, Targets, Window, WindowKind
from vault_tools.model.text import Ref, Say, say
from vault_tools.render.charts import svg_trends
from vault_tools.render.markdown import Linker, callout, table
from vault_tools.render.mermaid import mermaid_trend

CHARTS = "learning.svg"
"""The picture of the trends, beside the page."""
PERIODS = 6
_SHOWN: tuple[WindowKind, ...] = ("week", "month", "quarter")
_AXES = {
    "share": (100.0, say("learning.axis-percent")),
    "minutes": (1 / MINUTES_A_DAY, say("learning.axis-days")),
    "hours": (1.0, say("learning.axis-hours")),
    "count": (1.0, say("learning.axis-number")),
}
"""What a measure's unit is drawn in: the factor, and its name on the axis."""


def is_told(learning: Learning) -> bool:
    """Tell whether a vault says anything of learning at all."""
    facts = learning.facts
    return bool(facts.entries or facts.goals or facts.uses or facts.stages)


@dataclass(frozen=True, slots=True)
class Told:
    """A measure in a window and in the window before, and what the user means to do."""

    measure: Measure
    window: Window
    figure: Measurement
    earlier: Window
    past: Measurement
    targets: Targets


def tell(learning: Learning, measure: Measure, window: Window) -> Told:
    """Reckon a measure for a window and the one before."""
    earlier = before(window)
    now, past = (measure.reckon(learning.facts, at, learning.enough) for at in (window, earlier))
    return Told(measure, window, now, earlier, past, learning.targets)


def said(each: Told) -> Say:
    """Say a figure with the change against the period before: `70 % (14 of 20) ↑ from 56 % in 2024-05`.

    And, where there is one, with the target: `39.8 h ↓ from 49 h in 2024-05 (target 43.5 h)`.
    """
    figure = _compared(each)
    meant = each.measure.target(each.targets, each.window) if each.measure.target else 0.0
    if meant < 1:
        return figure
    return say("learning.figure-target", figure=figure, target=format_amount(meant, each.measure.unit))


def _compared(each: Told) -> Say:
    """Say a figure against the one of the period before, as they are shown: 69.8 % and 70.2 % are the same."""
    figure, unit = format_measurement(each.measure, each.figure), each.measure.unit
    now, past = each.figure.value, each.past.value
    if now is None or past is None:
        return figure
    earlier = format_amount(past, unit)
    if format_amount(now, unit) == earlier:
        return say("learning.figure-same", figure=figure, window=each.earlier.name)
    arrow = "↑" if now > past else "↓"
    return say(
        "learning.figure-changed",
        figure=figure,
        arrow=arrow,
        earlier=earlier,
        window=each.earlier.name,
    )


def head(learning: Learning, link: Linker, charts: str) -> Iterator[str]:
    """Yield the callout with the figures of the month, and the picture of their trends."""
    facts = learning.facts
    month = containing("month", facts.today)
    lines = [_line(tell(learning, measure, month), link) for measure in MEASURES]
    title = link.text((say("learning.month-title", month=month.name),))
    yield callout("abstract", title, lines)
    if facts.resting:
        yield f"*{link.text((resting(facts.today.isoformat()),))}*"
    yield f"![{link.own('learning.trends')}]({quote(charts)})"


def resting(day: str) -> Say:
    """Say that a vault rests, since a day."""
    return say("learning.resting", day=day)


def told_as_data(learning: Learning, windows: Sequence[Window], link: Linker) -> dict[str, Any]:
    """Return the measures of some windows as JSON can say them, with the notes behind each figure."""
    return {
        "today": learning.facts.today.isoformat(),
        "resting": learning.facts.resting,
        "windows": [window.name for window in windows],
        "measures": [
            {
                "name": measure.name,
                "title": link.own(measure.title),
                "unit": measure.unit,
                "figures": [
                    _as_data(measure, measure.reckon(learning.facts, at, learning.enough), link) for at in windows
                ],
            }
            for measure in MEASURES
        ],
    }


def _as_data(measure: Measure, figure: Measurement, link: Linker) -> dict[str, Any]:
    return {
        "value": figure.value,
        "part": figure.part,
        "whole": figure.whole,
        "lacking": figure.lacking,
        "low": figure.low,
        "high": figure.high,
        "said": link.plain((format_measurement(measure, figure),)),
        "notes": [ref.id for ref in _once(figure.notes)],
        "others": [ref.id for ref in _once(figure.others)],
    }


def headlines(learning: Learning) -> Iterator[tuple[Say, Say]]:
    """Yield the shares and medians of the month that have a figure: title and figure."""
    month = containing("month", learning.facts.today)
    for measure in MEASURES:
        figure = measure.reckon(learning.facts, month, learning.enough)
        if measure.is_rate and not figure.lacking:
            yield say("report.measure", measure=measure.title, window=month.name), format_measurement(measure, figure)


def _line(each: Told, link: Linker) -> str:
    return f"**{link.own(each.measure.title)}**{link.own('common.colon')}{link.text((said(each),))}"


def _figures(learning: Learning, link: Linker) -> str:
    """Draw the table: a row for each measure, a column for each kind of period."""
    windows = [containing(kind, learning.facts.today) for kind in _SHOWN]
    heads = link.heads("learning.column-measure", *(say(f"learning.{at.kind}", name=at.name) for at in windows))
    rows = []
    for measure in MEASURES:
        cells = [link.text((said(tell(learning, measure, window)),)) for window in windows]
        rows.append((link.own(measure.title), *cells))
    return table(heads, rows)


# ---------------------------------------------------------------- trends


def charts(learning: Learning, link: Linker) -> tuple[Chart, ...]:
    """Return a chart for each measure: the last months in which there was anything to measure, the oldest first."""
    windows = recent("month", learning.facts.today, PERIODS)
    figures = {
        measure: [measure.reckon(learning.facts, window, learning.enough) for window in windows] for measure in MEASURES
    }
    empty = [not any(found[at].whole for found in figures.values()) for at in range(PERIODS)]
    first = empty.index(False) if False in empty else PERIODS - 1
    return tuple(
        _chart(measure, windows[first:], found[first:], learning.targets, link) for measure, found in figures.items()
    )


def _chart(
    measure: Measure, windows: Sequence[Window], figures: Sequence[Measurement], targets: Targets, link: Linker
) -> Chart:
    factor, unit = _AXES[measure.unit]
    meant = measure.target(targets, windows[-1]) if measure.target else 0.0
    target = meant if meant >= 1 else None
    return Chart(
        title=link.own(measure.title),
        unit=link.own(unit),
        labels=tuple(window.name for window in windows),
        values=tuple(None if figure.value is None else figure.value * factor for figure in figures),
        counts=tuple(figure.whole for figure in figures),
        shown=tuple(link.plain((format_amount(figure.value, measure.unit),)) for figure in figures),
        better=measure.better,
        target=None if target is None else target * factor,
        target_shown="" if target is None else link.plain((format_amount(target, measure.unit),)),
    )


def picture(learning: Learning, link: Linker) -> str:
    """Return the trends as one SVG file."""
    return svg_trends(charts(learning, link), link.words)


def _trends(learning: Learning, link: Linker) -> Iterator[str]:
    """Yield a chart in Mermaid for each share and median that has a trend to show: a figure in two months at least."""
    for measure, chart in zip(MEASURES, charts(learning, link), strict=True):
        if measure.is_rate and sum(value is not None for value in chart.values) > 1:
            yield mermaid_trend(chart)


# ---------------------------------------------------------------- evidence


def foot(learning: Learning, link: Linker) -> Iterator[str]:
    """Yield the table of all figures, their trends, and the notes behind each, folded."""
    yield f"## {link.own('learning.figures')}"
    yield _figures(learning, link)
    yield from _trends(learning, link)
    yield f"## {link.own('learning.figure-notes')}"
    for measure in MEASURES:
        for figure, windows in _distinct(learning, measure).items():
            if figure.notes or figure.others:
                yield _evidence(measure, windows, figure, link)


def _distinct(learning: Learning, measure: Measure) -> dict[Measurement, list[str]]:
    """Return the figures of the table's periods with the names of these; periods of the same figure share it."""
    found: dict[Measurement, list[str]] = {}
    for kind in _SHOWN:
        window = containing(kind, learning.facts.today)
        found.setdefault(measure.reckon(learning.facts, window, learning.enough), []).append(window.name)
    return found


def _evidence(measure: Measure, windows: Sequence[str], figure: Measurement, link: Linker) -> str:
    """Draw a folded callout: first the notes that count for the measure, then the others of its whole."""
    title = say(
        "learning.measure-figure",
        measure=measure.title,
        window=tuple(windows),
        figure=format_measurement(measure, figure),
    )
    lines = [link.text((say("learning.notes", notes=_once(figure.notes)),))] if figure.notes else []
    if figure.others:
        lines += ["", link.text((Say(measure.others.id, (("notes", _once(figure.others)),)),))]
    return callout("quote", link.text((title,)), lines, folded=True)


def _once(notes: Sequence[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(notes))


def begin(link: Linker) -> Iterator[str]:
    """Yield what to do in a vault that says nothing of learning yet."""
    lines = [
        link.own("learning.start-lead"),
        "",
        "```",
        link.own("learning.start-example-learned"),
        link.own("learning.start-example-applied"),
        "```",
        "",
        link.own("learning.start-project"),
        "",
        link.own("learning.start-where"),
    ]
    yield callout("tip", link.own("learning.start-title"), lines)
