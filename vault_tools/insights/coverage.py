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
        why = (say("not written: {notes}", notes=tuple(map(Ref, absent))),) if absent else ()
        step = (say("write what is missing, or take it out of the topic"),) if absent else ()
        yield Finding("coverage", Ref(topic.id), float(len(absent)), why, step, (), cells)


def _share(part: int, whole: int) -> str | Say:
    if not whole:
        return "–"
    return say("{part} of {whole} ({share} %)", part=part, whole=whole, share=round(100 * part / whole))


INSIGHT = Insight(
    name="coverage",
    page="Gaps",
    order=40,
    title="Coverage of topics",
    lead="Of what each topic contains, at any depth: the share that is written, and the share of that which "
    "some log, project or experiment applied.",
    find=find,
    columns=("Written", "Applied"),
    empty="No note is a topic that contains others (`type: core-topic` with `contains`).",
    ranked=False,
    counted=False,
)
