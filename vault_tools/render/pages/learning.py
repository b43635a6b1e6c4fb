"""The page `Learning`: the month at a glance, what to do next, then all figures and the notes behind them."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from vault_tools.learning.measures import MEASURES, Measure
from vault_tools.learning.windows import containing
from vault_tools.learning.wording import format_measurement
from vault_tools.model.finding import Insight
from vault_tools.model.learning import Learning, Measurement, Window, WindowKind
from vault_tools.model.text import Say, say
from vault_tools.ours import CHARTS
from vault_tools.render.figures import compare, distinct, format_comparison, resting
from vault_tools.render.markdown import Linker, callout, table
from vault_tools.render.report import PageKind, Report
from vault_tools.render.sections import render_sections
from vault_tools.render.trends import render_trends

_SHOWN: tuple[WindowKind, ...] = ("week", "month", "quarter")


def render(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the page; in a vault that says nothing about learning yet, how to begin."""
    return _answers(report, insights) if report.has_learning else [_start(report.linker)]


def _answers(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield what must be seen first, the month, the answers of the other insights, figures and their notes."""
    learning, link = report.learning, report.linker
    first = [insight for insight in insights if insight.goes_first and report.findings[insight]]
    yield from render_sections(report, first)
    yield _month(learning, link)
    if learning.facts.resting:
        yield f"*{link.text((resting(learning.facts.today.isoformat()),))}*"
    yield f"![{link.own('learning.trends')}]({quote(report.beside(CHARTS))})"
    yield report.link_to_map(say("overview.map-progress"), "learning")
    yield from render_sections(report, [insight for insight in insights if insight not in first])
    yield f"## {link.own('learning.figures')}"
    yield _figures(learning, link)
    yield from render_trends(learning, link)
    yield f"## {link.own('learning.figure-notes')}"
    yield from _evidence(learning, link)


def _month(learning: Learning, link: Linker) -> str:
    """Draw the callout with the figures of the month."""
    month = containing("month", learning.facts.today)
    lines = [_month_line(learning, measure, month, link) for measure in MEASURES]
    return callout("abstract", link.text((say("learning.month-title", month=month.name),)), lines)


def _month_line(learning: Learning, measure: Measure, month: Window, link: Linker) -> str:
    figure = format_comparison(compare(learning, measure, month))
    return f"**{link.own(measure.title)}**{link.own('common.colon')}{link.text((figure,))}"


def _figures(learning: Learning, link: Linker) -> str:
    """Draw the table: a row for each measure, a column for each kind of period."""
    windows = [containing(kind, learning.facts.today) for kind in _SHOWN]
    heads = link.heads("learning.column-measure", *(say(f"learning.{each.kind}", name=each.name) for each in windows))
    return table(heads, [_figures_row(learning, measure, windows, link) for measure in MEASURES])


def _figures_row(learning: Learning, measure: Measure, windows: Sequence[Window], link: Linker) -> Sequence[str]:
    figures = (format_comparison(compare(learning, measure, window)) for window in windows)
    return link.own(measure.title), *(link.text((figure,)) for figure in figures)


def _evidence(learning: Learning, link: Linker) -> Iterable[str]:
    """Yield the notes behind each figure of the table."""
    for measure in MEASURES:
        for figure, windows in _distinct_figures(learning, measure).items():
            if figure.notes or figure.others:
                yield _figure_notes(measure, windows, figure, link)


def _distinct_figures(learning: Learning, measure: Measure) -> dict[Measurement, list[str]]:
    """Return the figures of the table's periods with the names of these; periods of the same figure share it."""
    names: dict[Measurement, list[str]] = {}
    for kind in _SHOWN:
        window = containing(kind, learning.facts.today)
        names.setdefault(measure.reckon(learning.facts, window, learning.enough), []).append(window.name)
    return names


def _figure_notes(measure: Measure, windows: Sequence[str], figure: Measurement, link: Linker) -> str:
    """Draw a folded callout: first the notes that count for the measure, then the others of its whole."""
    value = format_measurement(measure, figure)
    title = say("learning.measure-figure", measure=measure.title, window=tuple(windows), figure=value)
    lines = [link.text((say("learning.notes", notes=distinct(figure.notes)),))] if figure.notes else []
    if figure.others:
        lines += ["", link.text((Say(measure.others.id, (("notes", distinct(figure.others)),)),))]
    return callout("quote", link.text((title,)), lines, folded=True)


def _start(link: Linker) -> str:
    """Draw what to do in a vault that says nothing about learning yet."""
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
    return callout("tip", link.own("learning.start-title"), lines)


PAGE = PageKind(name="Learning", order=20, render=render)
