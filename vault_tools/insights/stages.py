"""How far did what I read get: read, reproduced, improved, summarised?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vault_tools.learning.shares import share_of_nodes
from vault_tools.learning.wording import format_share
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, Term, Text, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Count, for each stage in order, the notes that reached it or a later one, of all that tell their stage."""
    learning = context.learning
    order = tuple(graph.vocabulary.words.get("stages", {}))
    positions = {name: order.index(stage) for name, stage in learning.facts.stages.items()}
    for at in range(len(order) if positions else 0):
        yield _finding(order, at, positions, learning.enough)


def _finding(order: Sequence[str], at: int, positions: Mapping[str, int], enough: int) -> Finding:
    """Measure how many notes reached the stage at a place in the order."""
    reached = sorted(name for name, position in positions.items() if position >= at)
    share = share_of_nodes(reached, positions.keys() - set(reached), enough)
    no_further = [name for name in reached if positions[name] == at]
    why = _why(no_further) if at < len(order) - 1 else ()
    subject = Ref("", Term("stage", order[at]))
    return Finding("stages", subject, float(len(order) - at), why, (), (), (format_share(share),))


def _why(no_further: Iterable[str]) -> Text:
    """Name the notes that reached a stage and no later one."""
    names = tuple(map(Ref, no_further))
    return (say("stages.why-no-further", names=names),) if names else ()


INSIGHT = Insight(
    name="stages",
    page="Learning",
    order=90,
    find=find,
    columns=("reached",),
    ranked=False,
    counts_as="figure",
)
