"""What the communities of a map are called."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from posixpath import dirname

from vault_tools.exporters.html.encoding import Record
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
    members = _members(nodes, home)
    first = {number: node.title for node, number in reversed([*zip(nodes, home, strict=True)])}
    tags, folders = _shared(members, _tags), _shared(members, _folders)
    names = {**first, **folders, **tags, **_topics(graph, members)}
    return [{"n": visible(names.get(number, "")), "m": counts[number]} for number in range(max(counts, default=-1) + 1)]


def _members(nodes: Sequence[Node], home: Sequence[int]) -> dict[int, list[Node]]:
    """Return the notes of each community."""
    members: dict[int, list[Node]] = defaultdict(list)
    for node, number in zip(nodes, home, strict=True):
        if node.kind in WRITTEN:
            members[number].append(node)
    return members


def _topics(graph: KnowledgeGraph, members: Mapping[int, Sequence[Node]]) -> dict[int, str]:
    """Return for each community the topic in it that is tied to most of its notes, the one with the most ties first."""
    topics = {number: _topic(graph, notes) for number, notes in members.items() if len(notes) >= _FEW}
    return {number: node.title for number, node in topics.items() if node}


def _topic(graph: KnowledgeGraph, notes: Sequence[Node]) -> Node | None:
    """Return the topic that is tied to most of some notes; None if there is none."""
    ids = {note.id for note in notes}
    ties = {note.id: len(_near(graph, note.id) & ids) for note in notes if note.role in _MAIN}
    topics = [note for note in notes if ties.get(note.id, 0) > _MOST * (len(ids) - 1)]
    return min(topics, key=lambda note: (-ties[note.id], note.id), default=None)


def _near(graph: KnowledgeGraph, name: str) -> set[str]:
    """Return the nodes at the other ends of a node's edges."""
    ends = {edge.target for edge in graph.outgoing.get(name, ())}
    return (ends | {edge.source for edge in graph.incoming.get(name, ())}) - {name}


def _shared(members: Mapping[int, Sequence[Node]], traits: Callable[[Node], Iterator[str]]) -> dict[int, str]:
    """Return for each community the trait that most of its notes have, if most of those that have it are in there."""
    here = {number: Counter(trait for note in notes for trait in traits(note)) for number, notes in members.items()}
    everywhere: Counter[str] = Counter()
    for counts in here.values():
        everywhere.update(counts)
    traits_ = {number: _common(counts, everywhere, len(members[number])) for number, counts in here.items()}
    return {number: trait.rpartition("/")[2] for number, trait in traits_.items() if trait}


def _common(counts: Counter[str], everywhere: Counter[str], size: int) -> str | None:
    """Return the most frequent trait of a community, the longest of several; None if too few have it."""
    enough = _MOST * max(size, _FEW)
    fit = [trait for trait, count in counts.items() if count > enough and count > _MOST * everywhere[trait]]
    return min(fit, key=lambda trait: (-counts[trait], -len(trait), trait), default=None)


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
