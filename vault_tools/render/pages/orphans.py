"""The page `Orphans`: which notes and files are not connected."""

from collections.abc import Iterable, Sequence

from vault_tools.model.finding import Insight
from vault_tools.render.counts import orphan_rate, render_counts
from vault_tools.render.markdown import callout
from vault_tools.render.report import PageKind, Report
from vault_tools.render.sections import render_sections


def render(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the share of orphans and how much each section holds, then the sections."""
    own = report.linker.own
    yield callout("abstract", own(PAGE.title), [own(orphan_rate(report)), render_counts(report, insights)])
    yield from render_sections(report, insights)


PAGE = PageKind(name="Orphans", order=30, render=render)
