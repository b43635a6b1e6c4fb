"""How far did what I read get: read, reproduced, improved, summarised?"""

from collections.abc import Iterator

from vault_tools.learning.measures import share
from vault_tools.learning.said import ratio
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, Term, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count, for each stage in order, the notes that reached it or a later one, of all that tell their stage."""
    learning = context.learning
    order = tuple(graph.vocabulary.words.get("stages", {}))
    reached = {name: order.index(stage) for name, stage in learning.facts.stages.items()}
    if not reached:
        return
    for at, stage in enumerate(order):
        there = sorted(name for name, stage_at in reached.items() if stage_at >= at)
        waiting = tuple(Ref(name) for name in there if reached[name] == at)
        figure = share(
            [Ref(name) for name in there], [Ref(name) for name in reached.keys() - set(there)], learning.enough
        )
        why = (say("stages.why-no-further", names=waiting),) if waiting and at < len(order) - 1 else ()
        yield Finding("stages", Ref("", Term("stage", stage)), float(len(order) - at), why, (), (), (ratio(figure),))


INSIGHT = Insight(
    name="stages",
    page="Learning",
    order=90,
    find=find,
    columns=("reached",),
    ranked=False,
    counts_as="figure",
)
