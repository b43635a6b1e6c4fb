"""Which knowledge was never applied?"""

from collections.abc import Iterator

from vault_tools.insights._words import evidence, plural, sources_of, status, with_role
from vault_tools.learning.demand import is_stub
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.text import Ref


def find(graph: KnowledgeGraph, context: Context) -> Iterator[Finding]:
    """Find written knowledge that no log, project or experiment applied; open goals that need it come first."""
    for node in with_role(graph, "knowledge"):
        if is_stub(node, context.stub_words) or sources_of(graph, node.id, "applies"):
            continue
        learned = sources_of(graph, node.id, "learns")
        goals = [
            edge
            for edge in sources_of(graph, node.id, "requires")
            if graph.nodes[edge.source].role == "goal" and status(context, edge.source) in {"active", "planned"}
        ]
        said = f"learned in {plural(len(learned), 'log')}, never applied" if learned else "never applied, in no log"
        needed = f"{plural(len(goals), 'open goal needs', 'open goals need')} it" if goals else "no open goal needs it"
        step = "practise it in a small project" if goals else "leave it until a project asks for it"
        weight = 2.0 * len(goals) + (0.5 if learned else 0.0)
        yield Finding("unapplied", Ref(node.id), weight, (f"{said}; {needed}",), (step,), evidence([*learned, *goals]))


INSIGHT = Insight(
    name="unapplied",
    page="Gaps",
    order=70,
    title="Knowledge never applied",
    lead="Knowledge notes that no log, project or experiment applies; stubs are listed above.",
    find=find,
    empty="No written knowledge note (`type: knowledge`, and more than a stub) was left unapplied.",
)
