"""A whole vault at one moment: nodes, and edges that record where they were written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from vault_tools.model.note import Link, Note, Problem
from vault_tools.model.vocabulary import Vocabulary

NodeKind = Literal["note", "canvas", "attachment", "tag", "missing"]
Namespace = Literal["structural", "semantic"]
WRITTEN = frozenset({"note", "canvas"})
"""The kinds of nodes that people write; these have a type."""
STRUCTURAL = frozenset({"links-to", "embeds", "tagged"})
"""The relations that Obsidian itself has."""


@dataclass(frozen=True, slots=True)
class Node:
    """A note, another file, a tag, or a name that has no file yet.

    `id` is the vault path of a file, `tag://name` or `missing://name`. `role` comes from the type or from
    the file's place (`excluded`: hidden by Obsidian's own settings). `note` is what a note or canvas says.
    """

    id: str
    kind: NodeKind
    title: str
    type: str
    role: str = ""
    note: Note | None = None


class Place(NamedTuple):
    """Where an edge was written: note path, line (1-based, 0 = unknown), and property if it is in one.

    `inverted` means that it was written at the edge's target (`part-of` for `contains`).
    """

    note: str
    line: int
    property: str | None = None
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, with every place that says so, in the order of the vault."""

    source: str
    relation: str
    target: str
    namespace: Namespace
    places: tuple[Place, ...]


Reason = Literal[
    "no-such-note",
    "alias-as-target",
    "wrong-folder",
    "heading-or-block-missing",
    "ambiguous",
    "excluded-or-hidden",
    "unreachable-name",
    "template-placeholder",
    "date-not-yet-written",
]
"""Why a link leads nowhere."""
EXPECTED: frozenset[Reason] = frozenset({"template-placeholder", "date-not-yet-written"})
"""The reasons for which a link does not count as broken: nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link of `note` that finds no file, or no such heading or block in its file.

    `node` is its target in the graph. `meant` are the files it may mean, the likeliest first. `replacements` are the
    texts to write instead, in the same order: exact, in the form of the vault's links. `guess`: they are based on
    similar spelling, or you must choose one of several. If very many files may be meant, `meant` names the nearest
    ones, and `more` is the number of the others.
    """

    note: str
    link: Link
    node: str
    reason: Reason
    meant: tuple[str, ...] = ()
    replacements: tuple[str, ...] = ()
    guess: bool = False
    more: int = 0


@dataclass(frozen=True)
class KnowledgeGraph:
    """A whole vault; a changed vault gives a new graph, and this one stays as it is. Nodes and edges are sorted.

    `incoming` and `outgoing` are the same edges by their ends, in order.
    `unresolved` counts, per note, the linkpaths without a file, as Obsidian does.
    `resolved` gives, per note, the file of each of its links, in order (None: unresolved).
    `broken` says why links lead nowhere, in the order of notes and links.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    incoming: Mapping[str, tuple[Edge, ...]]
    outgoing: Mapping[str, tuple[Edge, ...]]
    unresolved: Mapping[str, Mapping[str, int]]
    resolved: Mapping[str, tuple[str | None, ...]]
    broken: tuple[BrokenLink, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    vocabulary: Vocabulary

    @cached_property
    def by_relation(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges of each relation."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.relation].append(edge)
        return {relation: tuple(edges) for relation, edges in found.items()}

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The groups of connected notes and canvases, the largest first; names in order."""
        left = {name for name, node in self.nodes.items() if node.kind in WRITTEN and node.role != "template"}
        groups = (self._part(name, left) for name in sorted(left) if name in left)
        return tuple(sorted(groups, key=lambda group: (-len(group), group)))

    def _part(self, start: str, nodes: set[str]) -> tuple[str, ...]:
        """Remove from a set of nodes all that are connected to one of them."""
        nodes.remove(start)
        found = [start]
        for name in found:
            near = nodes.intersection([edge.target for edge in self.outgoing.get(name, ())])
            near |= nodes.intersection([edge.source for edge in self.incoming.get(name, ())])
            nodes -= near
            found += near
        return tuple(sorted(found))
