"""Which notes are asked for and not yet written?"""

from collections.abc import Iterator
from posixpath import basename

from vault_tools.graph.kinds import is_day
from vault_tools.insights._words import asked, askers, demand, evidence, is_attachment
from vault_tools.model.finding import Context, Finding, Insight, Ref, Text
from vault_tools.model.graph import Edge, KnowledgeGraph, Node

PLACEHOLDERS = ("{{", "<%", "${")


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find the names that notes link to and no file answers; placeholders and coming daily notes are not missed."""
    spelled = _spelled(graph)
    for node in graph.nodes.values():
        if node.kind != "missing" or is_attachment(node.title) or _expected(node.title, context):
            continue
        asking = askers(graph, node.id)
        if not asking:
            continue
        edges = [edge for found in asking.values() for edge in found]
        why = (asked(graph, asking),)
        step = _step(graph, node, edges, spelled)
        yield Finding("missing", Ref(node.id), demand(graph, node.id), why, step, evidence(edges))


def _expected(title: str, context: Context) -> bool:
    return is_day(title, context.daily) or any(mark in title for mark in PLACEHOLDERS)


def _spelled(graph: KnowledgeGraph) -> dict[str, str]:
    """Map aliases and file names in lower case to the note that bears them."""
    names: dict[str, str] = {}
    for node in graph.nodes.values():
        if node.note is not None:
            names.setdefault(node.title.lower(), node.id)
            for alias in node.note.aliases:
                names.setdefault(alias.lower(), node.id)
    return names


def _step(graph: KnowledgeGraph, node: Node, edges: list[Edge], spelled: dict[str, str]) -> Text:
    known = spelled.get(basename(node.title).lower())
    if known is not None:
        return ("link to ", Ref(known), " instead: its alias or its name in another folder is nothing that links find")
    meant = [set(targets) for edge in edges if (targets := _targets(graph, edge.relation))]
    types = set.intersection(*meant) if meant else set()
    kind = f" as a {types.pop()} note" if len(types) == 1 else ""
    return (f"write it{kind}, or take the links out",)


def _targets(graph: KnowledgeGraph, relation: str) -> tuple[str, ...]:
    known = graph.vocabulary.relations.get(relation)
    return known.targets if known else ()


INSIGHT = Insight(
    name="missing",
    page="Gaps",
    order=10,
    title="Missing notes",
    lead="Names that your notes link to and that no file answers, the most wanted first. Attachments stand below; days "
    "of the diary, placeholders of templates, and what only templates ask for are left out.",
    find=find,
    empty="Every link finds its note.",
)
