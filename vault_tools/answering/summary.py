"""The figures of a vault: how much there is, what is missing most, what to learn first."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from vault_tools.graph.unconnected import eligible
from vault_tools.model.finding import Context, Finding
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.learning import Learning
from vault_tools.model.outcome import Figure, Summary
from vault_tools.model.speech import format_english
from vault_tools.model.text import Ref, Say, Text, Value
from vault_tools.model.text_json import pack_text, unpack_text
from vault_tools.render.figures import headlines
from vault_tools.render.report import Findings
from vault_tools.render.urgent import TOP, most_urgent


def summarise(vault: str, graph: KnowledgeGraph, findings: Findings, context: Context) -> Summary:
    """Return the figures of a vault; `vault` is its name."""
    kinds = Counter(node.kind for node in graph.nodes.values())
    types = Counter(node.type for node in graph.nodes.values() if node.kind == "note")
    return Summary(
        vault=vault,
        notes=kinds["note"],
        types=dict(sorted(types.items())),
        relations={relation: len(edges) for relation, edges in sorted(graph.by_relation.items())},
        missing=kinds["missing"],
        gaps=_gaps(findings),
        top=tuple(_figure(graph, each.subject, each.reason) for each in most_urgent(findings)[:TOP]),
        orphans=sum(len(found) for insight, found in findings.items() if insight.name == "orphans"),
        orphans_of=len(eligible(graph, context.exempt)),
        orphan_definition=context.orphans,
        problems=sum(map(len, graph.problems.values())),
        learning=tuple(_figure(graph, name, value) for name, value in headlines(context.learning)),
        learn_now=tuple(_title(graph, each.subject.id) for each in _to_learn_now(findings, context.learning)),
    )


def _gaps(findings: Findings) -> dict[str, int]:
    """Return how many gaps of each kind there are."""
    return {insight.name: len(found) for insight, found in findings.items() if insight.counts_as == "gap"}


def _to_learn_now(findings: Findings, learning: Learning) -> Iterator[Finding]:
    """Yield what the rule `learn` advises to learn now."""
    title = next((rule.title for rule in learning.rules if rule.name == "learn"), None)
    for insight, found in findings.items():
        if insight.name == "advice":
            yield from (each for each in found if each.cells == (title,))


def _figure(graph: KnowledgeGraph, name: Ref | Say, why: Text | Say) -> Figure:
    named = partial(_name, graph)
    texts = pack_text(name, named), pack_text(why, named)
    return Figure(format_english(unpack_text(texts[0])), format_english(unpack_text(texts[1])), texts)


def _name(graph: KnowledgeGraph, ref: Ref) -> Value:
    return ref.label or _title(graph, ref.id)


def _title(graph: KnowledgeGraph, name: str) -> str:
    node = graph.nodes.get(name)
    return node.title if node else name
