"""The broken links of a note, and which notes' links to check again after a change."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from vault_tools.graph.change import VaultChange
from vault_tools.graph.frame import Frame
from vault_tools.graph.missing import LinkTargets, MissingNames
from vault_tools.model.graph import BrokenLink, KnowledgeGraph
from vault_tools.model.note import Note


def broken_links(frame: Frame, note: Note, targets: LinkTargets, missing: MissingNames) -> Iterator[BrokenLink]:
    """Yield what is wrong with the links of a note."""
    own = frame.files.own
    for link, target in zip(note.links, targets, strict=True):
        if (target is not None and not link.subpath) or target in own or note.is_ours(link.line):
            continue
        if target is None:
            yield frame.diagnosis.of_target(note.path, link, missing.node_of(link))
        elif (wrong := frame.diagnosis.of_subpath(note.path, link, target)) is not None:
            yield wrong


def notes_to_check(
    graph: KnowledgeGraph, frame: Frame, change: VaultChange, outdated: AbstractSet[str]
) -> Iterator[str]:
    """Yield the notes of a graph with links whose diagnosis may be another one after a change.

    A diagnosis depends on the text of the notes that it names; if names or aliases changed, on any of these.
    `frame` is that of the graph, and `outdated` are the notes that are read again, or gone.
    """
    for path in outdated & graph.incoming.keys():
        yield from _writers_of_subpaths(graph, frame, path)
    for broken in graph.broken:
        if change.has_new_names or not outdated.isdisjoint(frame.diagnosis.looks_into(broken)):
            yield broken.note


def _writers_of_subpaths(graph: KnowledgeGraph, frame: Frame, path: str) -> Iterator[str]:
    """Yield the notes with a link to a heading or block of a file."""
    for writer in {place.note for edge in graph.incoming[path] for place in edge.places}:
        if _has_subpath(frame.notes[writer], graph.resolved[writer], path):
            yield writer


def _has_subpath(note: Note, targets: Iterable[str | None], path: str) -> bool:
    """Tell whether a note has a link to a heading or block of a file."""
    return any(link.subpath and target == path for link, target in zip(note.links, targets, strict=True))
