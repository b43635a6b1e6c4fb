"""Which knowledge names no source?"""

from collections.abc import Iterator

from vault_tools.graph.names import word_key
from vault_tools.insights._askers import count_askers
from vault_tools.insights._selection import with_role
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.learning import Facts
from vault_tools.model.text import Ref, say


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find knowledge without `learned-from`, in its note or in a log of it; what more notes lean on comes first."""
    for node in _unsourced(graph, context):
        count = count_askers(graph, node.id)
        why = say("unsourced.why-no-source", n=count)
        yield Finding("unsourced", Ref(node.id), count / 10, (why,), (say("unsourced.step-add-source"),))


def _unsourced(graph: KnowledgeGraph, context: Context) -> Iterator[Node]:
    """Yield the notes of knowledge for which neither a link nor a property names a source."""
    linked, names = _linked(graph, context.learning.facts), _names(graph)
    for node in with_role(graph, "knowledge"):
        if node.id not in linked and not _names_one(node, names):
            yield node


def _linked(graph: KnowledgeGraph, facts: Facts) -> set[str]:
    """Return what has a link to a source, in its own note or in a log of it."""
    in_logs = {name for entry in facts.entries if entry.sources for name in entry.learned}
    return in_logs.union(edge.source for edge in graph.by_relation.get("learned-from", ()))


def _names(graph: KnowledgeGraph) -> set[str]:
    """Return the properties that say where something was learned from, as they are compared."""
    relation = graph.vocabulary.relations.get("learned-from")
    return {word_key(name) for name in (*relation.names, relation.name)} if relation else set()


def _names_one(node: Node, names: set[str]) -> bool:
    """Tell whether a property says in plain words where it comes from, such as an address on the web."""
    values = (node.note.frontmatter or {}) if node.note else {}
    return any(word_key(key) in names and value for key, value in values.items())


INSIGHT = Insight(
    name="unsourced",
    page="Gaps",
    order=80,
    find=find,
    ranked=False,
)
