"""How well a piece of knowledge is known: whether it is written, was learned, was applied, and when last."""

from vault_tools.graph.authorship import own_words
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Facts, KnowledgeState, Supply


def is_stub(graph: KnowledgeGraph, node: Node, stub_words: int) -> bool:
    """Tell whether a note is written but says next to nothing; one that embeds something shows it instead."""
    if node.note is None or node.kind != "note" or own_words(graph, node) >= stub_words:
        return False
    return not any(link.embed and not node.note.is_ours(link.line) for link in node.note.links)


def supply(node: Node, state: KnowledgeState, facts: Facts, stale_days: int, *, stub: bool) -> Supply:
    """Judge how well something is known; in a vault without logs, what is written counts as learned."""
    if state.cases:
        return "problem"
    if state.uses:
        return "stale" if _is_stale(state, facts, stale_days) else "works"
    if node.kind == "missing" and state.learned is None:
        return "missing"
    if stub:
        return "stub"
    if state.learned is not None or node.id in facts.stages:
        return "unapplied"
    return "unlearned" if facts.learned else "written"


def _is_stale(state: KnowledgeState, facts: Facts, stale_days: int) -> bool:
    """Tell whether it is long ago that something was learned or applied; nobody knows if no use has a day."""
    return state.last_day is not None and (facts.today - state.last_day).days > stale_days
