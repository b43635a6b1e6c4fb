"""`next`: what one is ready to learn; `path TARGET`: the order in which to learn what a note takes, by default this."""

import re
from dataclasses import replace

from vault_tools.graph.lookup import find
from vault_tools.learning.order import LONGEST, is_only_written, known, way
from vault_tools.learning.wanted import needs as needs_of
from vault_tools.model.learning import Learning
from vault_tools.model.note import Note
from vault_tools.model.text import Ref, Say, Text, say, with_more
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report

MOST = 5
LISTED = 20
"""How many things that a step builds on are named."""
_NUMBER = re.compile("[1-9][0-9]{0,2}")


def ready(report: Report, _note: Note, argument: str) -> str:
    """Return the first few that one is ready to learn, as many as the argument says."""
    link = report.linker
    if argument and not _NUMBER.fullmatch(argument):
        return f"*{link.own('region.ways.ask-number')}*"
    insight = next(each for each in report.findings if each.name == "ready")
    found = report.findings[insight][: int(argument or MOST)]
    if not found:
        return f"*{link.own(insight.nothing(report.learning))}*"
    return "\n".join(
        f"{at}. {link.ref(replace(each.subject, line=0))}{link.own('common.colon')}{link.text(each.why)}"
        for at, each in enumerate(found, 1)
    )


def order(report: Report, note: Note, argument: str) -> str:
    """Return the way to a goal, prerequisites first, what is known left out."""
    link = report.linker
    target = note.path
    if argument:
        match = find(report.graph, argument)
        if len(match.nodes) != 1:
            return f"*{link.text((say('region.ways.note-not-found', name=argument),))}*"
        target = match.nodes[0]
    names = wanted(report.learning, target)
    lines = [f"{at}. {link.text(_step(report.learning, name))}" for at, name in enumerate(names[:LONGEST], 1)]
    if len(names) > LONGEST:
        more = len(names) - LONGEST
        lines.append(f"{LONGEST + 1}. {link.text((say('common.more-notes', n=more),))}")
    return "\n".join(lines) or f"*{link.own(nothing(report.learning, target))}*"


def steps(learning: Learning, target: str) -> list[Text]:
    """Return what to learn for a target in order, a text for each step; the target itself is one if it is no goal."""
    return [_step(learning, name) for name in wanted(learning, target)]


def nothing(learning: Learning, target: str) -> Say:
    """Say why a target has no steps: it names no prerequisites, or all of them are known, or at least written."""
    if target in learning.facts.goals and not learning.facts.requires.get(target):
        return say("why.none-named")
    if any(is_only_written(learning.states, name) for name, _ in needs_of(learning.facts.requires, target)):
        return say("why.all-written")
    return say("why.nothing-missing")


def wanted(learning: Learning, target: str) -> tuple[str, ...]:
    """Return what to learn for a target, prerequisites first; the target itself is last, if it can be learned."""
    known_ = known(learning.states)
    names = way(learning.facts, target, known_)
    return names[:-1] if target in learning.facts.goals or target in known_ else names


def _step(learning: Learning, name: str) -> Text:
    state = learning.states.get(name)
    needs = learning.facts.requires.get(name, ())
    parts: list[Text] = [(Ref(name),)]
    if state is not None and not state.written:
        parts.append((say("common.not-written"),))
    if needs:
        base = with_more(tuple(map(Ref, needs[:LISTED])), max(0, len(needs) - LISTED))
        parts.append((say("region.ways.builds-on", names=base),))
    return tuple(piece for part in parts for piece in (say("common.semicolon"), *part))[1:]


REGIONS = (RegionKind("next", ready), RegionKind("path", order))
