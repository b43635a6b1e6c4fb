"""Which relations form a cycle although they must not?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vault_tools.graph.measure import circles
from vault_tools.insights._selection import first_place
from vault_tools.model.finding import Context, Finding, Insight
from vault_tools.model.graph import Edge, KnowledgeGraph
from vault_tools.model.text import Ref, Say, Term, Text, say

SHOWN = 12
"""How many notes of a circle are named."""
DRAWN = 5
"""How many circles are drawn."""


def find(graph: KnowledgeGraph, _context: Context) -> Iterator[Finding]:
    """Find one circle for each knot of notes in every relation that has none by its meaning."""
    for relation in graph.vocabulary.relations.values():
        if relation.acyclic:
            yield from (_finding(relation.name, circle) for circle in circles(graph, relation))


def _finding(relation: str, circle: Sequence[Edge]) -> Finding:
    names = [edge.source for edge in circle]
    term = Term("relation", relation)
    places = tuple(map(first_place, circle[:SHOWN]))
    step = say("cycles.step-take-out", relation=term, related=Term("relation", "related"))
    return Finding("cycles", Ref(names[0]), float(len(names)), _walk(term, names), (step,), places)


def _walk(relation: Term, names: Sequence[str]) -> Text:
    """Name the notes of a circle in order (only the first ones if it is long), and the first again."""
    why: list[str | Ref | Say] = [say("cycles.why-relation", relation=relation)]
    for name in names[:SHOWN]:
        why += [Ref(name), " → "]
    if len(names) > SHOWN:
        why += [say("common.more-notes", n=len(names) - SHOWN), " → "]
    return (*why, Ref(names[0]))


def picture(findings: tuple[Finding, ...]) -> str:
    """Draw the first few circles, except those that are too long to name in full."""
    drawn = [finding for finding in findings if finding.weight <= SHOWN][:DRAWN]
    lines = [line for at, finding in enumerate(drawn) for line in _arrows(at, finding)]
    return "\n".join(["flowchart LR", *lines]) if lines else ""


def _arrows(at: int, finding: Finding) -> Iterator[str]:
    """Yield the arrows of a circle; the last leads back to its first note."""
    refs = [part for part in finding.why if isinstance(part, Ref)]
    for step, (here, there) in enumerate(pairwise(refs)):
        close = 0 if step == len(refs) - 2 else step + 1
        yield f'  c{at}n{step}["{mermaid(here.id)}"] --> c{at}n{close}["{mermaid(there.id)}"]'


def mermaid(name: str) -> str:
    """Return a note's name as a label in Mermaid: nothing in it can end the label or be markup."""
    stem = name.rpartition("/")[2].removesuffix(".md")
    return "".join(char if char.isalnum() or char in " -_.,·" else f"#{ord(char)};" for char in stem)


INSIGHT = Insight(
    name="cycles",
    page="Gaps",
    order=60,
    find=find,
    of_links=True,
    picture=picture,
)
