"""Notes -> the graph of a whole vault; from an earlier graph, only what changed is computed again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from posixpath import basename
from types import MappingProxyType
from typing import TypeVar

from vault_tools.graph.change import again, patched, rejudged, whole
from vault_tools.graph.frame import Frame, Rules, frame
from vault_tools.graph.gather import (
    MISSING,
    TAG,
    Gathered,
    Targets,
    broken,
    chosen,
    gather,
    spellings,
    targets,
    unresolved,
)
from vault_tools.graph.meant import as_meant
from vault_tools.graph.names import file_key
from vault_tools.model.graph import BrokenLink, KnowledgeGraph, Node
from vault_tools.model.note import Note, Problem
from vault_tools.model.vocabulary import Conventions, Vocabulary

_T = TypeVar("_T")


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
    return as_meant(rebuild(frame(notes, files, Rules(vocabulary, conventions), own, hidden), problems).graph)


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, and what the next one of the same vault can be made from.

    The links of `graph` lead where Obsidian leads them (see `meant.as_meant`). `counts` gives how often each missing
    name is spelled in which way, `missing` its spelling in the graph; both by the compared form of the name.
    `problems` are only those of the notes.
    """

    graph: KnowledgeGraph
    frame: Frame
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def rebuild(now: Frame, problems: Mapping[str, Problem], before: Built | None = None) -> Built:
    """Build the graph of a vault; the one built `before` only makes it faster.

    It helps if `now` was framed with the frame of the earlier one, and the rules are the same.
    """
    last = before if before is not None and before.frame.rules is now.rules else _nothing(now.rules)
    read = _read(last, now)
    gathered = gather(now, (now.notes[path] for path in read.found), read.found, read.missing)
    told = _renewed(last.problems, gathered.problems, read.away)
    all_problems = {path: (problem,) for path, problem in problems.items()} | told
    return Built(_graph(last, now, read, gathered, all_problems), now, read.counts, read.missing, told)


def _nothing(rules: Rules) -> Built:
    """Return the result for an empty vault."""
    return Built(KnowledgeGraph({}, (), {}, {}, {}, {}, (), {}, rules.vocabulary), frame((), (), rules, (), ()))


@dataclass(frozen=True, slots=True)
class _Read:
    """The notes to read again, in order, with the files their links find, and the new spelling of missing names.

    `away` are the notes whose part in the last graph is outdated: they are read again, or gone.
    """

    found: Mapping[str, Targets]
    away: AbstractSet[str]
    counts: Mapping[str, Counter[str]]
    missing: Mapping[str, str]


def _read(last: Built, now: Frame) -> _Read:
    todo = again(last.frame, now) if last.graph.nodes else set(now.notes)
    found = {path: targets(now, now.notes[path]) for path in sorted(todo)}
    away = todo.union(last.frame.notes.keys() - now.notes.keys())
    counts, missing = _spelled(last, now, found, away)
    found.update((path, last.graph.resolved[path]) for path in _misspelled(last, missing, away))
    return _Read({path: found[path] for path in sorted(found)}, away.union(found), counts, missing)


def _graph(
    last: Built, now: Frame, read: _Read, gathered: Gathered, problems: Mapping[str, tuple[Problem, ...]]
) -> KnowledgeGraph:
    """Replace the part of the `away` notes in the last graph by what was gathered."""
    graph = last.graph
    edges = patched(graph, read.away, gathered.places) if graph.edges else whole(gathered.places)
    lost = {path: names for path, ends in read.found.items() if (names := unresolved(now.notes[path], ends))}
    resolved = _renewed(graph.resolved, read.found, read.away)
    return KnowledgeGraph(
        nodes=_nodes(now, {**graph.nodes, **gathered.nodes}, {*edges.incoming, *edges.outgoing}),
        edges=tuple(chain.from_iterable(edges.outgoing.values())),
        incoming=edges.incoming,
        outgoing=edges.outgoing,
        unresolved=_renewed(graph.unresolved, lost, read.away),
        resolved=resolved,
        broken=_broken(last, now, resolved, read),
        problems=problems,
        vocabulary=now.rules.vocabulary,
    )


def _broken(last: Built, now: Frame, resolved: Mapping[str, Targets], read: _Read) -> tuple[BrokenLink, ...]:
    """Return the broken links of all notes, in order; only links whose diagnosis may have changed are checked again."""
    judged = read.away | rejudged(last.graph, last.frame, now, read.away)
    found = [each for each in last.graph.broken if each.note not in judged]
    for path in judged & now.notes.keys():
        found += broken(now, now.notes[path], resolved[path], read.missing)
    return tuple(sorted(found, key=lambda each: each.note))


def _nodes(now: Frame, known: Mapping[str, Node], ends: AbstractSet[str]) -> dict[str, Node]:
    """Return the nodes of notes, of all other files, and of anything else that an edge leads to, in this order."""
    role = now.rules.kinds.role_of
    nodes = {path: known[path] for path in now.notes}
    for path in now.names.others:
        nodes[path] = Node(path, "attachment", basename(path), "attachment", role(path, "attachment"))
    for name in sorted(ends - nodes.keys()):
        tag = name.startswith(TAG)
        nodes[name] = Node(name, "tag", "#" + name[len(TAG) :], "tag") if tag else _missing(name)
    return nodes


def _missing(name: str) -> Node:
    return Node(name, "missing", name[len(MISSING) :], "missing")


def _renewed(before: Mapping[str, _T], now: Mapping[str, _T], away: AbstractSet[str]) -> dict[str, _T]:
    """Return what is known of notes, in their order: the old values without removed notes, and the new ones."""
    both = {path: value for path, value in before.items() if path not in away}
    both.update(now)
    return {path: both[path] for path in sorted(both)}


# ---------------------------------------------------------------- names that no file has


def _spelled(
    last: Built, now: Frame, found: Mapping[str, Targets], away: AbstractSet[str]
) -> tuple[dict[str, Counter[str]], dict[str, str]]:
    """Count the spellings of missing names again, and choose one for each."""
    changes: dict[str, Counter[str]] = {}
    for path in away & last.frame.notes.keys():
        for name in spellings(last.frame.notes[path], last.graph.resolved[path]):
            changes.setdefault(file_key(name), Counter())[name] -= 1
    for path, ends in found.items():
        for name in spellings(now.notes[path], ends):
            changes.setdefault(file_key(name), Counter())[name] += 1
    counts, missing = dict(last.counts), dict(last.missing)
    for key, change in changes.items():
        change.update(counts.pop(key, {}))
        missing.pop(key, None)
        if left := +change:
            counts[key], missing[key] = left, chosen(left)
    return counts, missing


def _misspelled(last: Built, missing: Mapping[str, str], away: AbstractSet[str]) -> Iterator[str]:
    """Yield the other notes with links to a name whose spelling in the graph has changed."""
    changed = {key for key, name in last.missing.items() if missing.get(key, name) != name}
    for path, names in last.graph.unresolved.items() if changed else ():
        if path not in away and not changed.isdisjoint(map(file_key, names)):
            yield path
