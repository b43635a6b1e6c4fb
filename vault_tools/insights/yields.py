"""Which sources gave what was used?"""

from collections.abc import Iterator

from vault_tools.insights._words import with_role
from vault_tools.learning.measures import share, used_by
from vault_tools.learning.said import ratio
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Measure each source: of the knowledge that came from it, by its note or by a log, what was applied."""
    learning = context.learning
    taught: dict[str, set[str]] = {node.id: set() for node in with_role(graph, "source")}
    for edge in graph.by_relation.get("learned-from", ()):
        if edge.target in taught and graph.nodes[edge.source].role == "knowledge":
            taught[edge.target].add(edge.source)
    for entry in learning.facts.entries:
        for source in entry.sources:
            taught.setdefault(source, set()).update(entry.learned)
    used = used_by(learning.facts, learning.facts.today)
    for source, names in taught.items():
        if not names:
            continue
        applied, idle = sorted(names & used), sorted(names - used)
        figure = share([Ref(name) for name in applied], [Ref(name) for name in idle], learning.enough)
        why = (say("yields.why-not-used", names=tuple(map(Ref, idle))),) if idle else ()
        weight = len(applied) + len(applied) / len(names)
        yield Finding("yields", Ref(source), weight, why, (), (*figure.notes, *figure.others), (ratio(figure),))


INSIGHT = Insight(
    name="yields",
    page="Learning",
    order=70,
    find=find,
    columns=("applied",),
    ranked=False,
    counts_as="figure",
)
