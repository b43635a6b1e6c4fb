"""`gaps`: what is missing most in the whole vault, as a short list."""

from dataclasses import replace

from vault_tools.model.finding import Finding
from vault_tools.model.note import Note
from vault_tools.render.findings import render_line
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report
from vault_tools.render.urgent import most_urgent

MOST = 5


def fill(report: Report, _note: Note, _argument: str) -> str:
    """Return the most urgent findings, a line for each."""
    findings, link = most_urgent(report.findings)[:MOST], report.linker
    if not findings:
        return f"*{link.own('overview.no-gaps')}*"
    return "\n".join(f"- {render_line(_without_line_number(finding), link)}" for finding in findings)


def _without_line_number(finding: Finding) -> Finding:
    return replace(finding, subject=replace(finding.subject, line=0))


REGIONS = (RegionKind("gaps", fill),)
