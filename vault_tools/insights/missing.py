"""Which notes are linked and not yet written?"""

from collections.abc import Iterator

from vault_tools.dialect.mentions import is_attachment
from vault_tools.insights._words import asked, askers, demand, evidence
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph
from vault_tools.model.text import Ref, Term, Text, say


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find the names that notes link to and no file answers; placeholders and coming daily notes are not missed."""
    lost = {broken.node: broken for broken in graph.broken if broken.reason == "no-such-note"}
    for name in sorted(lost):
        asking = {} if is_attachment(graph.nodes[name].title) else askers(graph, name)
        if not asking:
            continue
        edges = [edge for found in asking.values() for edge in found]
        why = (asked(graph, asking),)
        yield Finding("missing", Ref(name), demand(graph, name), why, _step(graph, lost[name], edges), evidence(edges))


def _step(graph: KnowledgeGraph, broken: BrokenLink, edges: list[Edge]) -> Text:
    if broken.meant:
        return (say("missing.step-write-or-link", note=Ref(broken.meant[0])),)
    meant = [set(targets) for edge in edges if (targets := _targets(graph, edge.relation))]
    types = set.intersection(*meant) if meant else set()
    if len(types) == 1:
        return (say("missing.step-write-typed", type=Term("type", types.pop())),)
    return (say("missing.step-write-or-unlink"),)


def _targets(graph: KnowledgeGraph, relation: str) -> tuple[str, ...]:
    known = graph.vocabulary.relations.get(relation)
    return known.targets if known else ()


INSIGHT = Insight(
    name="missing",
    page="Gaps",
    order=10,
    find=find,
    of_links=True,
)
