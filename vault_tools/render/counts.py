"""The figures at the top of a page: how many findings each section has, how many gaps and orphans there are."""

from collections.abc import Sequence

from vault_tools.model.finding import Insight
from vault_tools.model.text import Say, say
from vault_tools.render.report import Report


def render_counts(report: Report, insights: Sequence[Insight]) -> str:
    """Return one line: the number of faults in each section, with a link to the section."""
    counts = (_count(report, insight) for insight in insights if insight.counts_as != "figure")
    return " · ".join(counts)


def _count(report: Report, insight: Insight) -> str:
    title = report.linker.own(insight.title)
    return f"**{len(report.findings[insight])}** {report.link_to_section(title)}"


def gap_count(report: Report) -> int:
    """Return how many gaps there are."""
    return sum(len(findings) for insight, findings in report.findings.items() if insight.counts_as == "gap")


def orphan_rate(report: Report) -> Say:
    """Say how many of the notes are orphans."""
    name, orphans, whole = report.orphans
    definition = say(f"definitions.name-{name}")
    if not whole:
        return say("overview.orphan-rate-none", definition=definition)
    share = f"{100 * orphans / whole:.1f}"
    return say("overview.orphan-rate", n=orphans, whole=whole, share=share, definition=definition)
