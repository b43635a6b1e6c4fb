"""`next`: what you are ready to learn; `path TARGET`: the order in which to learn a note (by default, this one)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from vault_tools.graph.lookup import find
from vault_tools.learning.order import LONGEST
from vault_tools.model.note import Note
from vault_tools.model.text import say
from vault_tools.render.findings import render_line
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report
from vault_tools.render.way import format_step, names_to_learn, nothing

MOST = 5
_NUMBER = re.compile("[1-9][0-9]{0,2}")


def ready(report: Report, _note: Note, argument: str) -> str:
    """Return the first few that one is ready to learn, as many as the argument says."""
    link = report.linker
    if argument and not _NUMBER.fullmatch(argument):
        return f"*{link.own('region.ways.ask-number')}*"
    insight = next(insight for insight in report.findings if insight.name == "ready")
    findings = report.findings[insight][: int(argument or MOST)]
    if not findings:
        return f"*{link.own(insight.nothing(report.learning))}*"
    plain = (replace(each, subject=replace(each.subject, line=0), step=()) for each in findings)
    return "\n".join(f"{number}. {render_line(finding, link)}" for number, finding in enumerate(plain, 1))


def order(report: Report, note: Note, argument: str) -> str:
    """Return the way to a goal, prerequisites first, without what is known."""
    target = _target(report, note, argument)
    if not target:
        return f"*{report.linker.text((say('region.ways.note-not-found', name=argument),))}*"
    return "\n".join(_way(report, target)) or f"*{report.linker.own(nothing(report.learning, target))}*"


def _target(report: Report, note: Note, argument: str) -> str:
    """Return the node that the argument names, without one that of the note; "" if it is not clear which."""
    if not argument:
        return note.path
    nodes = find(report.graph, argument).nodes
    return nodes[0] if len(nodes) == 1 else ""


def _way(report: Report, target: str) -> Iterator[str]:
    """Yield a line for each step; of a very long way only the first."""
    names, link = names_to_learn(report.learning, target), report.linker
    for number, name in enumerate(names[:LONGEST], 1):
        yield f"{number}. {link.text(format_step(report.learning, name))}"
    if len(names) > LONGEST:
        more = say("common.more-notes", n=len(names) - LONGEST)
        yield f"{LONGEST + 1}. {link.text((more,))}"


REGIONS = (RegionKind("next", ready), RegionKind("path", order))
