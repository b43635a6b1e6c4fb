"""How much of each topic is written, and how much of that was ever used?"""

from collections.abc import Iterator

from vault_tools.insights._words import with_role
from vault_tools.learning.topics import appliers, contained
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref, Say, say


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Measure every topic: notes that exist / all it contains, at any depth; applied / those that exist."""
    for topic in with_role(graph, "topic"):
        parts = contained(graph, topic.id)
        if not parts:
            continue
        written = [name for name in parts if graph.nodes[name].kind != "missing"]
        applied = [name for name in written if appliers(graph, name)]
        absent = sorted(parts - set(written))
        cells = (_share(len(written), len(parts)), _share(len(applied), len(written)))
        why = (say("coverage.why-unwritten", notes=tuple(map(Ref, absent))),) if absent else ()
        step = (say("coverage.step-write-or-remove"),) if absent else ()
        yield Finding("coverage", Ref(topic.id), float(len(absent)), why, step, (), cells)


def _share(part: int, whole: int) -> str | Say:
    if not whole:
        return "–"
    return say("coverage.share-written", part=part, whole=whole, share=round(100 * part / whole))


INSIGHT = Insight(
    name="coverage",
    page="Gaps",
    order=40,
    find=find,
    columns=("written", "applied"),
    ranked=False,
    counts_as="figure",
)
