"""The findings of an insight as Markdown: a table, or a list of items."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress

from vault_tools.model.finding import Finding, Insight
from vault_tools.model.text import Ref, Text, listing, mentions, say
from vault_tools.render.markdown import Linker, table

EVIDENCE = 5
"""How many places are named where a finding is seen."""


def render_findings(insight: Insight, findings: Sequence[Finding], link: Linker) -> Iterable[str]:
    """Yield blocks of Markdown: a table where the insight has columns, else a list."""
    if insight.columns:
        return _table(insight, findings, link)
    if insight.grouped:
        return _groups(findings, link)
    return [_list(findings, link)]


def _table(insight: Insight, findings: Sequence[Finding], link: Linker) -> Iterable[str]:
    """Yield a table of findings, without empty columns. A step that all share is only above the table."""
    step, findings = _without_shared_step(findings)
    if step:
        yield _arrow(step, link)
    heads = link.heads("", *insight.heads, "", "overview.column-step", "overview.column-seen")
    rows = [_row(finding, link) for finding in findings]
    is_used = [any(column) for column in zip(*rows, strict=True)]
    yield table(list(compress(heads, is_used)), [list(compress(row, is_used)) for row in rows])


def _row(finding: Finding, link: Linker) -> Sequence[str]:
    places = say("overview.places", places=listing(_other_evidence(finding), EVIDENCE))
    return (
        link.ref(finding.subject),
        *(link.text((cell,)) for cell in finding.cells),
        link.text(finding.why),
        link.text(finding.step),
        link.text((places,)),
    )


def _groups(findings: Sequence[Finding], link: Linker) -> Iterable[str]:
    """Yield a list below a heading for each group of findings with the same first cell."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(link.text(finding.cells[:1]), []).append(finding)
    for title, group in groups.items():
        yield from _group(title, group, link)


def _group(title: str, findings: Sequence[Finding], link: Linker) -> Iterable[str]:
    """Yield a group of findings. A step that all share is only above the list."""
    step, findings = _without_shared_step(findings)
    yield f"### {title}"
    if step:
        yield _arrow(step, link)
    yield _list(findings, link)


def _list(findings: Sequence[Finding], link: Linker) -> str:
    return "\n".join(_item(finding, link) for finding in findings)


def _item(finding: Finding, link: Linker) -> str:
    """Draw a finding as an item; below it where it is seen, except for what the item mentions already."""
    line = f"- {render_line(finding, link)}"
    places = _other_evidence(finding)
    if not places:
        return line
    return f"{line}\n  - {link.text((say('common.seen-in', places=listing(places, EVIDENCE)),))}"


def render_line(finding: Finding, link: Linker) -> str:
    """Return a finding on one line: its subject, why it matters, and the next step."""
    why = f"{link.own('common.colon')}{link.text(finding.why)}" if finding.why else ""
    step = f" → *{link.text(finding.step)}*" if finding.step else ""
    return f"{link.ref(finding.subject)}{why}{step}"


def _arrow(step: Text, link: Linker) -> str:
    return f"→ *{link.text(step)}*"


def _without_shared_step(findings: Sequence[Finding]) -> tuple[Text, Sequence[Finding]]:
    """Return the step of several findings if it is the same for all, and the findings without it."""
    if len(findings) < 2 or len({finding.step for finding in findings}) > 1:  # noqa: PLR2004
        return (), findings
    return findings[0].step, [replace(finding, step=()) for finding in findings]


def _other_evidence(finding: Finding) -> list[Ref]:
    """Return where a finding is seen, except for what its words mention already."""
    mentioned = set(mentions((*finding.why, *finding.step)))
    return [ref for ref in finding.evidence if ref not in mentioned]
