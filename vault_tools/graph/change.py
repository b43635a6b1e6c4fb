"""What a change in a vault changes in its graph: which notes to read again, and where their edges go."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from vault_tools.graph.frame import Frame, Names
from vault_tools.graph.gather import Key
from vault_tools.graph.names import file_key
from vault_tools.graph.resolve import sought
from vault_tools.model.graph import Edge, KnowledgeGraph, Place
from vault_tools.model.note import Note

Groups = Mapping[str, tuple[Edge, ...]]
"""Edges by one of their ends; both the ends and the edges of each are in order."""


class Grouped(NamedTuple):
    """All edges of a graph, by their targets and by their sources."""

    incoming: Groups
    outgoing: Groups


# ---------------------------------------------------------------- which notes to read again


def again(before: Frame, now: Frame) -> set[str]:
    """Return the notes to read again: those that changed, and those with a link to a file that came or went."""
    changed = {path for path, note in now.notes.items() if not _is_same(before.notes.get(path), note)}
    if now.names is not before.names:
        changed.update(_asking(now.notes.values(), _renamed(before.names, now.names)))
    return changed


def rejudged(graph: KnowledgeGraph, before: Frame, now: Frame, changed: AbstractSet[str]) -> set[str]:
    """Return the other notes with links whose diagnosis may have changed.

    A diagnosis depends on the text of the notes that it names; if names or aliases changed, on any of these.
    """
    if now.names is not before.names:
        return {*_looking(graph, before, changed), *(broken.note for broken in graph.broken)}.intersection(now.notes)
    return set(_looking(graph, before, changed))


def _is_same(one: Note | None, other: Note) -> bool:
    return one is other or one == other


def _looking(graph: KnowledgeGraph, frame: Frame, changed: AbstractSet[str]) -> Iterator[str]:
    """Yield the notes whose links were diagnosed by the text of notes that changed."""
    for path in changed & graph.incoming.keys():
        writers = {place.note for edge in graph.incoming[path] for place in edge.places}
        yield from (writer for writer in writers if _looks_into(frame.notes[writer], graph.resolved[writer], path))
    for broken in graph.broken:
        if not changed.isdisjoint(frame.diagnosis.looks_into(broken)):
            yield broken.note


def _looks_into(note: Note, targets: Iterable[str | None], path: str) -> bool:
    return any(link.subpath and target == path for link, target in zip(note.links, targets, strict=True))


def _renamed(before: Names, now: Names) -> set[str]:
    """Return the names of files that came, went, or became something else, as names are compared."""
    paths = {*before.notes} ^ {*now.notes} | {*before.others} ^ {*now.others} | before.own ^ now.own
    return {file_key(path).rpartition("/")[2] for path in paths}


def _asking(notes: Iterable[Note], names: set[str]) -> Iterator[str]:
    """Yield the notes with links to files of some names; a canvas links to everything that its arrows join."""
    known: dict[str, bool] = {}

    def asks(note: Note, target: str) -> bool:
        if target.startswith("."):  # what a step up or down means depends on the folder
            return not names.isdisjoint(sought(target, note.path))
        if target not in known:
            known[target] = not names.isdisjoint(sought(target, note.path))
        return known[target]

    for note in notes if names else ():
        if any(asks(note, link.target) for link in note.links):
            yield note.path


# ---------------------------------------------------------------- edges


def whole(places: Mapping[Key, Iterable[Place]]) -> Grouped:
    """Return the edges that were written at some places."""
    edges = [Edge(*key, tuple(found)) for key, found in sorted(places.items())]
    incoming: dict[str, list[Edge]] = {}
    for edge in edges:
        incoming.setdefault(edge.target, []).append(edge)
    return Grouped(
        {target: tuple(incoming[target]) for target in sorted(incoming)},
        {source: tuple(group) for source, group in groupby(edges, attrgetter("source"))},
    )


def patched(graph: KnowledgeGraph, away: AbstractSet[str], places: Mapping[Key, Iterable[Place]]) -> Grouped:
    """Return a graph's edges with other places.

    All places in the `away` notes are removed; `places` are added, in the order of notes.
    """
    left: dict[Key, list[Place]] = {}
    for edge in _written_in(graph, away):
        left[_key(edge)] = [place for place in edge.places if place.note not in away]
    for key, found in places.items():
        kept = left[key] if key in left else _places(graph, key)
        left[key] = sorted([*kept, *found], key=lambda place: place.note)
    edges = {key: Edge(*key, tuple(found)) if found else None for key, found in left.items()}
    return Grouped(_regrouped(graph.incoming, 2, edges), _regrouped(graph.outgoing, 0, edges))


def _written_in(graph: KnowledgeGraph, notes: AbstractSet[str]) -> Iterator[Edge]:
    """Yield the edges that come from some notes: they begin or end there, unless they are arrows of a canvas."""
    if any(node.note is not None and node.note.arrows for path in notes if (node := graph.nodes.get(path))):
        near: Iterable[Edge] = graph.edges
    else:
        ends = chain((graph.incoming.get(path, ()) for path in notes), (graph.outgoing.get(path, ()) for path in notes))
        near = chain.from_iterable(ends)
    yield from (edge for edge in near if any(place.note in notes for place in edge.places))


def _places(graph: KnowledgeGraph, key: Key) -> Collection[Place]:
    """Return where an edge was written; nothing if there is none."""
    group = graph.outgoing.get(key[0], ())
    at = bisect_left(group, key, key=_key)
    return group[at].places if at < len(group) and _key(group[at]) == key else ()


def _regrouped(groups: Groups, end: int, edges: Mapping[Key, Edge | None]) -> Groups:
    """Replace edges by others; `end` is the part of an edge's key by which they are grouped."""
    changes: dict[str, dict[Key, Edge | None]] = {}
    for key, edge in edges.items():
        changes.setdefault(key[end], {})[key] = edge
    found = dict(groups)
    for name, changed in changes.items():
        both = {_key(edge): edge for edge in groups.get(name, ())} | changed
        found[name] = tuple(edge for key in sorted(both) if (edge := both[key]) is not None)
    return {name: found[name] for name in sorted(found) if found[name]}


def _key(edge: Edge) -> Key:
    return edge.source, edge.relation, edge.target, edge.namespace
