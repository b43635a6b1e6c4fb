"""The sections of a page: one for each insight, with its heading, its lead and its findings."""

from collections.abc import Iterable, Sequence

from vault_tools.model.finding import Insight
from vault_tools.model.text import say
from vault_tools.render.findings import render_findings
from vault_tools.render.report import Report


def render_sections(report: Report, insights: Sequence[Insight]) -> Iterable[str]:
    """Yield the sections of some insights, in their order."""
    for insight in insights:
        yield from _section(report, insight)


def _section(report: Report, insight: Insight) -> Iterable[str]:
    findings, own = report.findings[insight], report.linker.own
    yield f"## {own(insight.title)}"
    if insight.lead:
        yield own(insight.lead)
    if not findings:
        yield f"*{own(insight.nothing(report.learning))}*"
        return
    drawing = insight.picture(findings) if insight.picture is not None else ""
    if drawing:
        yield f"```mermaid\n{drawing}\n```"
    yield from render_findings(insight, findings[: report.limit], report.linker)
    if len(findings) > report.limit:
        more = say("overview.more-limited", n=len(findings) - report.limit)
        yield f"*{own(more)}*"
