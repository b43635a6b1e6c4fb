"""What the communities of a map are called."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from posixpath import dirname

from vault_tools.exporters.html.packing import Record
from vault_tools.model.graph import WRITTEN, KnowledgeGraph, Node
from vault_tools.model.visible import visible

_MAIN = frozenset({"topic", "index"})
"""The roles of notes that represent others."""
_MOST = 0.5
_FEW = 3
"""A community of fewer notes has the name of its most linked one."""


def communities(graph: KnowledgeGraph, nodes: Sequence[Node], home: Sequence[int]) -> list[Record]:
    """Return a row for each community by its number: its name (`n`), and how many nodes it has (`m`).

    It is called after the topic that is tied to most of its notes; else after the tag, or else the folder, that most of
    them have and that is mostly theirs; else after its most linked note. `nodes` come in the order of their links,
    `home` says the community of each.
    """
    counts = Counter(home)
    members: dict[int, list[Node]] = defaultdict(list)
    for node, number in zip(nodes, home, strict=True):
        if node.kind in WRITTEN:
            members[number].append(node)
    first: dict[int, str] = {}
    for node, number in zip(nodes, home, strict=True):
        first.setdefault(number, node.title)
    tags, folders = _shared(members, _tags), _shared(members, _folders)
    topics = _topics(graph, members)
    known = {**first, **folders, **tags, **topics}
    return [{"n": visible(known.get(number, "")), "m": counts[number]} for number in range(max(counts, default=-1) + 1)]


def _topics(graph: KnowledgeGraph, members: Mapping[int, Sequence[Node]]) -> dict[int, str]:
    """Return for each community the topic in it that is tied to most of its notes, the one with the most ties first."""
    found = {}
    for number, some in members.items():
        ids = {node.id for node in some}
        near = ((len(_near(graph, node.id) & ids), node) for node in some if node.role in _MAIN)
        tied = [(count, node) for count, node in near if count > _MOST * (len(ids) - 1)]
        if len(ids) >= _FEW and tied:
            found[number] = min(tied, key=lambda row: (-row[0], row[1].id))[1].title
    return found


def _near(graph: KnowledgeGraph, name: str) -> set[str]:
    """The nodes at the other ends of a node's edges."""
    ends = {edge.target for edge in graph.outgoing.get(name, ())}
    return (ends | {edge.source for edge in graph.incoming.get(name, ())}) - {name}


def _shared(members: Mapping[int, Sequence[Node]], traits: Callable[[Node], Iterator[str]]) -> dict[int, str]:
    """Return for each community the trait that most of its notes have, if most of those that have it are in there."""
    everywhere: Counter[str] = Counter()
    here: dict[int, Counter[str]] = {}
    for number, some in members.items():
        here[number] = Counter(trait for node in some for trait in traits(node))
        everywhere.update(here[number])
    found = {}
    for number, counts in here.items():
        enough = _MOST * max(len(members[number]), _FEW)
        fit = [
            (-count, -len(trait), trait)
            for trait, count in counts.items()
            if count > enough and count > _MOST * everywhere[trait]
        ]
        if fit:
            found[number] = min(fit)[2].rpartition("/")[2]
    return found


def _tags(node: Node) -> Iterator[str]:
    note = node.note
    if note is not None:
        yield from {tag.removeprefix("#").lower(): None for tag in note.every_tag}


def _folders(node: Node) -> Iterator[str]:
    """Yield the folders above a note, the nearest first."""
    folder = dirname(node.id)
    while folder.strip("/"):  # the folder of "/" is "/"
        yield folder
        folder = dirname(folder)
