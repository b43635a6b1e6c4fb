"""Which notes are needed and have almost no text?"""

from collections.abc import Iterator
from math import log

from vault_tools.graph.authorship import own_words
from vault_tools.insights._askers import askers, evidence, format_askers
from vault_tools.learning.supply import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, say

WORDS = 50
FEWEST_ASKERS = 2
SPEAKING = frozenset({"", "knowledge"})
"""Roles whose notes say what they know in their text; topics, sources and goals may say it in their properties."""


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find short notes that at least two others link to; weight = log(1 + askers) / log(2 + words / 50)."""
    for node in graph.nodes.values():
        edges = askers(graph, node.id) if _is_short(graph, node, context) else {}
        if len(edges) >= FEWEST_ASKERS:
            words = own_words(graph, node)
            weight = log(1 + len(edges)) / log(2 + words / WORDS)
            why, step = _why(words, format_askers(graph, edges)), say("stubs.step-write")
            yield Finding("stubs", Ref(node.id), weight, (why,), (step,), evidence(edges))


def _is_short(graph: KnowledgeGraph, node: Node, context: Context) -> bool:
    """Tell whether a note that should say something in its text says next to nothing."""
    return node.note is not None and node.role in SPEAKING and is_stub(graph, node, context.stub_words)


def _why(words: int, demand: Say) -> Say:
    if not words:
        return say("stubs.why-empty", demand=demand)
    return say("stubs.why-short", n=words, demand=demand)


INSIGHT = Insight(
    name="stubs",
    page="Gaps",
    order=20,
    find=find,
)
