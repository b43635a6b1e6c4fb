"""The findings that matter most, over all insights."""

from collections import defaultdict
from collections.abc import Iterable

from vault_tools.model.finding import Finding
from vault_tools.render.report import Findings

TOP = 10
"""How many of them the overview and the summary show."""


def most_urgent(findings: Findings) -> list[Finding]:
    """Return the findings that matter most, one for each subject: the weights of one subject add up."""
    ranked = [finding for insight, each in findings.items() if insight.ranked for finding in each]
    sums: defaultdict[str, float] = defaultdict(float)
    for finding in ranked:
        sums[finding.subject.id] += finding.weight
    heaviest = _heaviest(ranked).values()
    return sorted(heaviest, key=lambda finding: (-sums[finding.subject.id], finding.subject.id))


def _heaviest(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Return the heaviest finding of each subject; of several, the first."""
    heaviest: dict[str, Finding] = {}
    for finding in findings:
        other = heaviest.setdefault(finding.subject.id, finding)
        if other.weight < finding.weight:
            heaviest[finding.subject.id] = finding
    return heaviest
