"""How much of each topic is written, and how much of that was ever used?"""

from collections.abc import Collection, Iterable, Iterator

from vault_tools.insights._selection import with_role
from vault_tools.learning.topics import appliers, contents
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.text import Ref, Say, Text, say


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Measure every topic: notes that exist / all it contains, at any depth; applied / those that exist."""
    for topic in with_role(graph, "topic"):
        parts = contents(graph, topic.id)
        if parts:
            yield _finding(graph, topic, parts)


def _finding(graph: KnowledgeGraph, topic: Node, parts: Collection[str]) -> Finding:
    written = [name for name in parts if graph.nodes[name].kind != "missing"]
    applied = [name for name in written if appliers(graph, name)]
    missing = sorted(set(parts).difference(written))
    cells = (_share(len(written), len(parts)), _share(len(applied), len(written)))
    why, step = _unwritten(missing) if missing else ((), ())
    return Finding("coverage", Ref(topic.id), float(len(missing)), why, step, (), cells)


def _unwritten(names: Iterable[str]) -> tuple[Text, Text]:
    """Say what is not written, and what to do about it."""
    why = say("coverage.why-unwritten", notes=tuple(map(Ref, names)))
    return (why,), (say("coverage.step-write-or-remove"),)


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
