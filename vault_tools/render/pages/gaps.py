"""The page `Gaps`: what is missing, by kind."""

from collections.abc import Iterable, Sequence

from vault_tools.model.finding import Insight
from vault_tools.model.text import say
from vault_tools.render.counts import render_counts
from vault_tools.render.markdown import callout
from vault_tools.render.report import PageKind, Report
from vault_tools.render.sections import render_sections


def render(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield how many there are of each kind with a link to the map, then a section for each kind."""
    map_link = report.link_to_map(say("overview.map-findings"), "gaps")
    yield callout("abstract", report.linker.own(PAGE.title), [render_counts(report, insights), map_link])
    yield from render_sections(report, insights)


PAGE = PageKind(name="Gaps", order=10, render=render)
