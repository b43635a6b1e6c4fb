"""What became of each thing that was learned?"""

from collections.abc import Iterator

from vault_tools.learning.occasions import occasions
from vault_tools.learning.said import ratio
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Figure, State
from vault_tools.model.text import Ref, Say, say

_NONE = Figure(0.0, 0, 0)


def find(_graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """For each thing learned or applied, measure how many of the occasions that needed it used it."""
    learning = context.learning
    figures = occasions(learning.facts)
    for state in learning.states.values():
        if state.learned is None and not state.uses:
            continue
        figure = figures.get(state.id, _NONE)
        cells = (_reuse(state, figure), _learned(state), _last(state))
        weight = figure.part + (figure.value or 0.0)
        yield Finding("reuse", Ref(state.id), weight, (), (), (*figure.notes, *figure.others), cells)


def _reuse(state: State, figure: Figure) -> Say:
    if figure.whole:
        return ratio(figure)
    if not state.demanded:
        return say("reuse.no-demand")
    if not state.needs:
        return say("reuse.only-problem")
    direct = any(need.via == need.goal for need in state.needs)
    return say("reuse.only-planned" if direct else "reuse.only-indirect")


def _learned(state: State) -> str | Say:
    return state.learned[0].isoformat() if state.learned else say("reuse.in-no-log")


def _last(state: State) -> str | Say:
    if not state.uses:
        return say("reuse.never")
    last = max((use.day for use in state.uses if use.day is not None), default=None)
    notes = len({use.place.id for use in state.uses})
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
