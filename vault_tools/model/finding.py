"""What an insight has to say: one subject, why it matters, the evidence, and the next step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from vault_tools.model.graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a node in a text, to be drawn as a link where the node is a file."""

    id: str
    label: str = ""
    line: int = 0


Text = tuple[str | Ref, ...]
"""Running text of ours with mentions of nodes; whatever a user wrote stands in a `Ref` or is escaped."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an insight found. `weight` ranks it: more is more urgent."""

    insight: str
    subject: str
    weight: float
    why: Text
    step: Text = ()
    evidence: tuple[Ref, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """All that an insight may know beside the graph."""

    orphans: str = "isolated"
    stub_words: int = 40
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Insight:
    """A question asked of a graph, and how its answer is shown.

    `page` is the report it belongs to, `order` its place there. `columns` head the extra `cells` of its
    findings; `empty` is said where nothing was found. `picture` may draw the findings in Mermaid.
    """

    name: str
    page: Literal["Gaps", "Orphans"]
    order: int
    title: str
    lead: str
    find: Callable[[KnowledgeGraph, Context], Iterable[Finding]]
    columns: tuple[str, ...] = ()
    empty: str = "Nothing found."
    top: bool = True
    picture: Callable[[KnowledgeGraph, tuple[Finding, ...]], str] | None = None
