"""What became of each thing that was learned?"""

from collections.abc import Iterator

from vault_tools.learning.occasions import occasions
from vault_tools.learning.wording import format_share
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import KnowledgeState, Measurement
from vault_tools.model.text import Ref, Say, say

_NONE = Measurement(0.0, 0, 0)


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """For each thing learned or applied, measure how many of the occasions that needed it used it."""
    learning = context.learning
    shares = occasions(learning.facts)
    for state in learning.states.values():
        if state.learned is not None or state.uses:
            share = shares.get(state.id, _NONE)
            cells = (_reuse(state, share), _learned(state), _last(state))
            weight = share.part + (share.value or 0.0)
            yield Finding("reuse", Ref(state.id), weight, (), (), (*share.notes, *share.others), cells)


def _reuse(state: KnowledgeState, share: Measurement) -> Say:
    if share.whole:
        return format_share(share)
    if not state.demanded:
        return say("reuse.no-demand")
    if not state.needs:
        return say("reuse.only-problem")
    direct = any(need.via == need.goal for need in state.needs)
    return say("reuse.only-planned" if direct else "reuse.only-indirect")


def _learned(state: KnowledgeState) -> str | Say:
    return state.learned[0].isoformat() if state.learned else say("reuse.in-no-log")


def _last(state: KnowledgeState) -> str | Say:
    if not state.uses:
        return say("reuse.never")
    notes = len({use.place.id for use in state.uses})
    last = max((use.day for use in state.uses if use.day is not None), default=None)
    if last is None:
        return say("reuse.last-used-undated", n=notes)
    return say("reuse.last-used-on", n=notes, day=last.isoformat())


INSIGHT = Insight(
    name="reuse",
    page="Learning",
    order=50,
    find=find,
    columns=("reuse", "learned", "applied"),
    ranked=False,
    counts_as="figure",
)
