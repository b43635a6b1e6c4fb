"""`gaps`: what is missing most in the whole vault, as a short list."""

from dataclasses import replace

from vault_tools.model.note import Note
from vault_tools.render.pages import Report, top
from vault_tools.render.regions._kind import Kind

MOST = 5


def fill(report: Report, _note: Note, _argument: str) -> str:
    """Return the most urgent findings, a line for each."""
    found, link = top(report.findings)[:MOST], report.linker
    if not found:
        return f"*{link.own('overview.no-gaps')}*"
    lines = []
    for finding in found:
        step = f" → *{link.text(finding.step)}*" if finding.step else ""
        subject = link.ref(replace(finding.subject, line=0))
        lines.append(f"- {subject}{link.own('common.colon')}{link.text(finding.why)}{step}")
    return "\n".join(lines)


REGIONS = (Kind("gaps", fill),)
