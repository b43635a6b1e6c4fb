"""`topic`: what the topic that the note is about contains, how much of it is written, and how much was ever used."""

from collections.abc import Sequence

from vault_tools.learning.topics import appliers, contents
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.note import Note
from vault_tools.model.text import Ref, Say, say
from vault_tools.render.markdown import table
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report


def fill(report: Report, note: Note, _argument: str) -> str:
    """Return a line with the coverage, and a row for each part."""
    graph, link = report.graph, report.linker
    names = contents(graph, note.path)
    written = sorted(name for name in names if graph.nodes[name].kind != "missing")
    missing = sorted(name for name in names if graph.nodes[name].kind == "missing")
    if not names:
        return f"*{link.own('region.topic.empty')}*"
    heads = link.heads("region.topic.column-part", "region.topic.column-state")
    rows = [(link.ref(Ref(name)), link.text((_state(graph, report.learning, name),))) for name in (*written, *missing)]
    return f"{link.text((_coverage(graph, written, len(names)),))}\n\n{table(heads, rows)}"


def _coverage(graph: KnowledgeGraph, notes: Sequence[str], whole: int) -> Say:
    """Say how many of the parts are written, and how many of these are used."""
    used = sum(bool(appliers(graph, name)) for name in notes)
    return say("region.topic.coverage", written=len(notes), all=whole, used=used)


def _state(graph: KnowledgeGraph, learning: Learning, name: str) -> Say:
    if graph.nodes[name].kind == "missing":
        return say("prerequisites.why-unwritten")
    users = len(appliers(graph, name))
    if users:
        return say("region.topic.state-used", n=users)
    state = learning.states.get(name)
    if state is None:
        return say("region.topic.state-written")
    if state.learned is not None:
        return say("learned.why-never-applied", day=state.learned[0].isoformat())
    return say("region.topic.state-in-no-log")


REGIONS = (RegionKind("topic", fill),)
