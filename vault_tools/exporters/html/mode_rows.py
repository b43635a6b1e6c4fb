"""What the page's two questions are answered with: what is missing, and how far learning has come."""

from collections.abc import Mapping, Sequence
from typing import Literal

from vault_tools.exporters.html.encoding import Record
from vault_tools.model.export import Analysis
from vault_tools.model.finding import Finding
from vault_tools.model.graph import Node
from vault_tools.model.learning import Supply
from vault_tools.model.text import Text, quotes

Stand = Literal["applied", "due", "learned", "ready", "later"]
"""How far learning has come with something: it is in use; it was and must be looked at again, or a problem with it is
open; it was learned and never applied; it may be learned next; or it is not known, and something else comes first."""

_STANDS: Mapping[Supply, Stand] = {
    "works": "applied",
    "stale": "due",
    "problem": "due",
    "unapplied": "learned",
    "written": "learned",
}


def gaps(nodes: Sequence[Node], analysis: Analysis, *, names_only: bool = False) -> list[Record]:
    """Return what is missing, a group for each kind of gap in the order of the report: `k` kind, `l` title, `r` rows.

    A row is a node (`i`), its weight (`w`: how strongly it is needed), why it is a gap (`y`) and the next step (`s`).
    With `names_only` a reason or step that quotes what a note says is left empty.
    """
    position = _positions(nodes)
    groups = []
    for insight, findings in analysis.findings.items():
        on_map = [finding for finding in findings if finding.subject.id in position]
        if on_map and insight.counts_as == "gap":
            rows = [_row(position[gap.subject.id], gap, analysis, names_only=names_only) for gap in on_map]
            groups.append({"k": insight.name, "l": analysis.format_text(insight.title), "r": rows})
    return groups


def learning(nodes: Sequence[Node], analysis: Analysis) -> list[Record]:
    """Return a row for each piece of knowledge, the next to learn first.

    A row is as in `gaps`, with how far learning has come (`h`, a `Stand`), and whether an open goal needs it (`d`).
    """
    position = _positions(nodes)
    ready, advice = _by_subject(analysis, "ready"), _by_subject(analysis, "advice")
    rows = []
    for name, state in analysis.learning.states.items():
        if name in position:
            stand = _STANDS.get(state.supply) or ("ready" if name in ready else "later")
            row = _advised_row(position[name], ready.get(name) or advice.get(name), analysis)
            rows.append({**row, "h": stand, "d": int(state.demanded)})
    return sorted(rows, key=lambda row: (row["h"] != "ready", -row["w"], row["i"]))


def _by_subject(analysis: Analysis, name: str) -> dict[str, Finding]:
    """Return the findings of an insight by what they are about."""
    findings = next((some for insight, some in analysis.findings.items() if insight.name == name), ())
    return {finding.subject.id: finding for finding in findings}


def _advised_row(node: int, finding: Finding | None, analysis: Analysis) -> Record:
    return _row(node, finding, analysis) if finding else {"i": node, "w": 0}


def _row(node: int, finding: Finding, analysis: Analysis, *, names_only: bool = False) -> Record:
    def spoken(text: Text) -> str:
        return "" if names_only and quotes(text) else analysis.format_text(text)

    return {"i": node, "w": round(finding.weight, 2), "y": spoken(finding.reason), "s": spoken(finding.step)}


def _positions(nodes: Sequence[Node]) -> dict[str, int]:
    return {node.id: number for number, node in enumerate(nodes)}
