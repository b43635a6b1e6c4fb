"""Notes -> the graph of a whole vault; from an earlier graph, only what changed is computed again.

A graph is never changed. The next one is made from the last one, in these steps:

1. `frame` collects everything that a note's part in the graph depends on besides the note: rules, files, names.
2. `change` compares the frame with that of the last graph. The notes that changed are read again, and so are those
   with a link to a file that came or went. The part that these notes, and removed ones, had in the last graph is
   outdated.
3. `missing` counts the spellings of the names that no file has. If another spelling is chosen for the graph, the
   notes with links to this name are read again too.
4. `gather` reads these notes: their nodes, edges and problems.
5. `edges` takes the places in outdated notes out of the last graph's edges and adds the new ones.
6. `broken` says whose broken links may have another cause now. Only these are diagnosed again.

The first graph of a vault is made in the same way: it follows an empty one, and every note is new.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from posixpath import basename
from types import MappingProxyType
from typing import TypeVar

from vault_tools.graph.broken import broken_links, notes_to_check
from vault_tools.graph.change import VaultChange, compare, notes_to_read
from vault_tools.graph.edges import group_edges, replace_places
from vault_tools.graph.frame import Frame, Rules, frame
from vault_tools.graph.gather import TAG, Contribution, gather, link_targets
from vault_tools.graph.missing import (
    MISSING,
    LinkedNote,
    LinkTargets,
    MissingNames,
    count_again,
    count_unresolved,
    notes_with_new_spelling,
)
from vault_tools.graph.redirect import redirect_links
from vault_tools.model.graph import BrokenLink, KnowledgeGraph, Node
from vault_tools.model.note import Note, Problem
from vault_tools.model.vocabulary import Conventions, Vocabulary

_T = TypeVar("_T")
Problems = Mapping[str, tuple[Problem, ...]]
"""The problems of files, by path."""


def build(
    notes: Iterable[Note],
    files: Iterable[str],
    vocabulary: Vocabulary,
    conventions: Conventions = Conventions(),  # noqa: B008  (frozen)
    problems: Mapping[str, Problem] = MappingProxyType({}),
    own: Iterable[str] = (),
    hidden: Iterable[str] = (),
) -> KnowledgeGraph:
    """Build the graph of a vault from its notes and the paths of all its other files.

    `problems` are those of files that could not become notes. `own` are paths of our own pages, and of what
    the settings skip: links find them, but they are not in the graph. `hidden` are notes where
    Obsidian does not look, and conflict copies: links cannot find them by their names.
    """
    now = frame(notes, files, Rules(vocabulary, conventions), own, hidden)
    return redirect_links(rebuild(now, problems).graph)


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, and what the next one of the same vault can be made from.

    The links of `graph` lead where Obsidian leads them (see `redirect`). `problems` are only those of the notes.
    """

    graph: KnowledgeGraph
    frame: Frame
    missing: MissingNames = field(default_factory=MissingNames)
    problems: Problems = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The notes to read again, in order, with the files of their links.

    `outdated` are the notes whose part in the last graph no longer counts: they are read again, or gone.
    """

    targets: Mapping[str, LinkTargets]
    outdated: set[str]
    missing: MissingNames


def rebuild(now: Frame, problems: Mapping[str, Problem], before: Built | None = None) -> Built:
    """Build the graph of a vault; the one built `before` only makes it faster.

    It helps if `now` was framed with the frame of the earlier one, and the rules are the same.
    """
    last = before if before is not None and before.frame.rules is now.rules else _empty(now.rules)
    change = compare(last.frame, now)
    reading = _read_links(last, now, change)
    contribution = gather(now, reading.targets, reading.missing)
    note_problems = _update(last.problems, contribution.problems, reading.outdated)
    all_problems = {path: (problem,) for path, problem in problems.items()} | note_problems
    graph = _graph(last, now, change, reading, contribution, all_problems)
    return Built(graph, now, reading.missing, note_problems)


def _empty(rules: Rules) -> Built:
    """Return the result for an empty vault."""
    return Built(KnowledgeGraph({}, (), {}, {}, {}, {}, (), {}, rules.vocabulary), frame((), (), rules, (), ()))


def _read_links(last: Built, now: Frame, change: VaultChange) -> _Reading:
    """Find the files of the links in all notes that must be read again."""
    targets = {path: link_targets(now, now.notes[path]) for path in sorted(notes_to_read(change, now))}
    outdated = targets.keys() | change.removed
    old = (_linked(last, path) for path in outdated & last.frame.notes.keys())
    new = ((now.notes[path], of_note) for path, of_note in targets.items())
    missing = count_again(last.missing, old, new)
    for path in notes_with_new_spelling(last.missing, missing, last.graph.unresolved):
        if path not in outdated:
            targets[path] = last.graph.resolved[path]
    return _Reading({path: targets[path] for path in sorted(targets)}, outdated | targets.keys(), missing)


def _linked(built: Built, path: str) -> LinkedNote:
    return built.frame.notes[path], built.graph.resolved[path]


def _graph(
    last: Built, now: Frame, change: VaultChange, reading: _Reading, contribution: Contribution, problems: Problems
) -> KnowledgeGraph:
    """Replace the outdated part of the last graph by what some notes contribute."""
    graph, outdated = last.graph, reading.outdated
    places = contribution.places
    edges = replace_places(graph, outdated, places) if graph.edges else group_edges(places)
    resolved = _update(graph.resolved, reading.targets, outdated)
    return KnowledgeGraph(
        nodes=_nodes(now, {**graph.nodes, **contribution.nodes}, {*edges.incoming, *edges.outgoing}),
        edges=tuple(chain.from_iterable(edges.outgoing.values())),
        incoming=edges.incoming,
        outgoing=edges.outgoing,
        unresolved=_update(graph.unresolved, dict(_unresolved(now, reading.targets)), outdated),
        resolved=resolved,
        broken=_broken(last, now, change, reading, resolved),
        problems=problems,
        vocabulary=now.rules.vocabulary,
    )


def _unresolved(now: Frame, targets: Mapping[str, LinkTargets]) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the counts of missing names for each note that has any."""
    for path, of_note in targets.items():
        counts = count_unresolved(now.notes[path], of_note)
        if counts:
            yield path, counts


def _broken(
    last: Built, now: Frame, change: VaultChange, reading: _Reading, resolved: Mapping[str, LinkTargets]
) -> tuple[BrokenLink, ...]:
    """Return the broken links of all notes, in order; only links whose diagnosis may have changed are checked again."""
    checked = reading.outdated.union(notes_to_check(last.graph, last.frame, change, reading.outdated))
    links = [link for link in last.graph.broken if link.note not in checked]
    for path in checked & now.notes.keys():
        links += broken_links(now, now.notes[path], resolved[path], reading.missing)
    return tuple(sorted(links, key=lambda link: link.note))


def _nodes(now: Frame, of_notes: Mapping[str, Node], ends: AbstractSet[str]) -> dict[str, Node]:
    """Return the nodes of notes, of all other files, and of anything else that an edge leads to, in this order."""
    role = now.rules.kinds.role_of
    nodes = {path: of_notes[path] for path in now.notes}
    for path in now.files.others:
        nodes[path] = Node(path, "attachment", basename(path), "attachment", role(path, "attachment"))
    for name in sorted(ends - nodes.keys()):
        nodes[name] = _node_without_file(name)
    return nodes


def _node_without_file(name: str) -> Node:
    """Return the node of a tag or of a missing name."""
    if name.startswith(TAG):
        return Node(name, "tag", "#" + name[len(TAG) :], "tag")
    return Node(name, "missing", name[len(MISSING) :], "missing")


def _update(before: Mapping[str, _T], now: Mapping[str, _T], outdated: AbstractSet[str]) -> dict[str, _T]:
    """Return a value of each note, in the order of notes: the old values that still count, and the new ones."""
    both = {path: value for path, value in before.items() if path not in outdated}
    both.update(now)
    return {path: both[path] for path in sorted(both)}
