"""Which notes are linked and not yet written?"""

from collections.abc import Iterable, Iterator, Mapping

from vault_tools.dialect.mentions import is_attachment
from vault_tools.insights._askers import askers, demand, evidence, format_askers
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph
from vault_tools.model.text import Ref, Term, Text, say


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find the names that notes link to and no file answers; placeholders and coming daily notes are not missed."""
    lost = {broken.node: broken for broken in graph.broken if broken.reason == "no-such-note"}
    for name in sorted(lost):
        edges = {} if is_attachment(graph.nodes[name].title) else askers(graph, name)
        if edges:
            why, step = (format_askers(graph, edges),), _step(graph, lost[name], edges)
            yield Finding("missing", Ref(name), demand(graph, edges), why, step, evidence(edges))


def _step(graph: KnowledgeGraph, broken: BrokenLink, edges_by_asker: Mapping[str, list[Edge]]) -> Text:
    if broken.meant:
        return (say("missing.step-write-or-link", note=Ref(broken.meant[0])),)
    relations = {edge.relation for edges in edges_by_asker.values() for edge in edges}
    types = _types(graph, relations)
    if len(types) == 1:
        return (say("missing.step-write-typed", type=Term("type", types.pop())),)
    return (say("missing.step-write-or-unlink"),)


def _types(graph: KnowledgeGraph, relations: Iterable[str]) -> set[str]:
    """Return the types that a note may have to which some relations lead; none if they lead to any type."""
    targets = [set(_targets(graph, relation)) for relation in relations]
    limits = [types for types in targets if types]
    return set.intersection(*limits) if limits else set()


def _targets(graph: KnowledgeGraph, relation: str) -> tuple[str, ...]:
    rule = graph.vocabulary.relations.get(relation)
    return rule.targets if rule else ()


INSIGHT = Insight(
    name="missing",
    page="Gaps",
    order=10,
    find=find,
    of_links=True,
)
