"""What the page's two questions are answered with: what is missing, and how far learning has come."""

from collections.abc import Mapping, Sequence
from typing import Literal

from vault_tools.exporters.html.encoding import Record
from vault_tools.model.export import Known
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


def gaps(nodes: Sequence[Node], known: Known, *, names_only: bool = False) -> list[Record]:
    """Return what is missing, a group for each kind of gap in the order of the report: `k` kind, `l` title, `r` rows.

    A row is a node (`i`), its weight (`w`: how strongly it is needed), why it is a gap (`y`) and the next step (`s`).
    With `names_only` a reason or step that quotes what a note says is left empty.
    """
    position = _positions(nodes)
    groups = []
    for insight, findings in known.findings.items():
        if insight.page != "Gaps" or not insight.counted:
            continue
        on_map = [finding for finding in findings if finding.subject.id in position]
        rows = [_row(position[finding.subject.id], finding, known, names_only=names_only) for finding in on_map]
        if rows:
            groups.append({"k": insight.name, "l": known.speak(insight.title), "r": rows})
    return groups


def learning(nodes: Sequence[Node], known: Known) -> list[Record]:
    """Return a row for each piece of knowledge, the next to learn first.

    A row is as in `gaps`, with how far learning has come (`h`, a `Stand`), and whether an open goal needs it (`d`).
    """
    position = _positions(nodes)
    ready, advice = _by_subject(known, "ready"), _by_subject(known, "advice")
    rows = []
    for name, state in known.learning.states.items():
        if name in position:
            stand = _STANDS.get(state.supply) or ("ready" if name in ready else "later")
            row = _advised_row(position[name], ready.get(name) or advice.get(name), known)
            rows.append({**row, "h": stand, "d": int(state.demanded)})
    return sorted(rows, key=lambda row: (row["h"] != "ready", -row["w"], row["i"]))


def _by_subject(known: Known, name: str) -> dict[str, Finding]:
    """Return the findings of an insight by what they are about."""
    findings = next((some for insight, some in known.findings.items() if insight.name == name), ())
    return {finding.subject.id: finding for finding in findings}


def _advised_row(node: int, finding: Finding | None, known: Known) -> Record:
    return _row(node, finding, known) if finding else {"i": node, "w": 0}


def _row(node: int, finding: Finding, known: Known, *, names_only: bool = False) -> Record:
    def said(text: Text) -> str:
        return "" if names_only and quotes(text) else known.speak(text)

    return {"i": node, "w": round(finding.weight, 2), "y": said(finding.why), "s": said(finding.step)}


def _positions(nodes: Sequence[Node]) -> dict[str, int]:
    return {node.id: number for number, node in enumerate(nodes)}
