"""Which sources gave what was used?"""

from collections.abc import Iterator

from vault_tools.insights._selection import with_role
from vault_tools.learning.reuse_rate import knowledge_used_by
from vault_tools.learning.shares import share_of_nodes
from vault_tools.learning.wording import format_share
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph
from vault_tools.model.learning import Facts
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each source: of the knowledge that came from it, by its note or by a log, what was applied."""
    learning = context.learning
    used = knowledge_used_by(learning.facts, learning.facts.today)
    for source, names in _names_by_source(graph, learning.facts).items():
        if names:
            applied, idle = sorted(names & used), sorted(names - used)
            share = share_of_nodes(applied, idle, learning.enough)
            why = (say("yields.why-not-used", names=tuple(map(Ref, idle))),) if idle else ()
            weight = len(applied) + len(applied) / len(names)
            evidence, cells = (*share.notes, *share.others), (format_share(share),)
            yield Finding("yields", Ref(source), weight, why, (), evidence, cells)


def _names_by_source(graph: KnowledgeGraph, facts: Facts) -> dict[str, set[str]]:
    """Return the knowledge that came from each source, by its own note or by a log."""
    names: dict[str, set[str]] = {node.id: set() for node in with_role(graph, "source")}
    for edge in _named_in_knowledge(graph):
        if edge.target in names:
            names[edge.target].add(edge.source)
    for entry in facts.entries:
        for source in entry.sources:
            names.setdefault(source, set()).update(entry.learned)
    return names


def _named_in_knowledge(graph: KnowledgeGraph) -> Iterator[Edge]:
    """Yield the edges from notes of knowledge to what they were learned from."""
    edges = graph.by_relation.get("learned-from", ())
    return (edge for edge in edges if graph.nodes[edge.source].role == "knowledge")


INSIGHT = Insight(
    name="yields",
    page="Learning",
    order=70,
    find=find,
    columns=("applied",),
    ranked=False,
    counts_as="figure",
)
