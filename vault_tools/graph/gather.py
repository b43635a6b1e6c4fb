"""What notes add to the graph of their vault: the files their links find, edges, problems, and the broken links."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import basename, splitext

from vault_tools.dialect.properties import one_line
from vault_tools.graph.frame import Frame
from vault_tools.graph.names import file_key, word_key
from vault_tools.graph.properties import misfits, no_days
from vault_tools.model.graph import BrokenLink, Namespace, Node, Place
from vault_tools.model.note import Arrow, Link, Note, Problem

MISSING = "missing://"
TAG = "tag://"
UNDIRECTED = "related"
"""The relation of two canvas cards if their line names a directed relation but has no arrowhead."""

Key = tuple[str, str, str, Namespace]
"""What identifies an edge: source, relation, target, namespace; edges are sorted in this order."""
Targets = tuple[str | None, ...]
"""The file of each link of a note, in order; None if there is no file."""


def targets(frame: Frame, note: Note) -> Targets:
    """Return the file of each link of a note."""
    resolve = frame.names.resolver.resolve
    return tuple(resolve(link.target, note.path) for link in note.links)


def spellings(note: Note, found: Targets) -> Iterator[str]:
    """Yield the names in a note that no file has, each as often as the note links to it."""
    for link in _lost(note, found):
        if not note.is_ours(link.line):
            yield _linkpath(link)


def unresolved(note: Note, found: Targets) -> dict[str, int]:
    """Count the names in a note that no file has, as Obsidian does: those in regions too."""
    return dict(Counter(map(_linkpath, _lost(note, found))))


def _lost(note: Note, found: Targets) -> Iterable[Link]:
    """Return the links of a note that find no file."""
    return (note.links[at] for at, target in enumerate(found) if target is None) if None in found else ()


def chosen(counts: Counter[str]) -> str:
    """Return the spelling that a missing name has in the graph: the most frequent, then the first in order."""
    return min(counts, key=lambda name: (-counts[name], name))


def broken(frame: Frame, note: Note, found: Targets, missing: Mapping[str, str]) -> Iterator[BrokenLink]:
    """Yield what is wrong with the links of a note; `missing` is as for `gather`."""
    for link, target in zip(note.links, found, strict=True):
        if (target is not None and not link.subpath) or target in frame.names.own or note.is_ours(link.line):
            continue
        if target is None:
            yield frame.diagnosis.of_target(note.path, link, _node_of(link, missing))
        elif (wrong := frame.diagnosis.of_subpath(note.path, link, target)) is not None:
            yield wrong


def _node_of(link: Link, missing: Mapping[str, str]) -> str:
    """Return the node of a name that no file has."""
    return MISSING + missing[file_key(_linkpath(link))]


@dataclass(slots=True)
class Gathered:
    """What some notes add to the graph, in the order in which they were gathered."""

    nodes: dict[str, Node] = field(default_factory=dict)
    places: dict[Key, list[Place]] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)


def gather(
    frame: Frame, notes: Iterable[Note], resolved: Mapping[str, Targets], missing: Mapping[str, str]
) -> Gathered:
    """Walk notes once; `missing` gives the spelling of each name that no file has."""
    gatherer = _Gatherer(frame, missing)
    for note in notes:
        gatherer.take(note, resolved[note.path])
    return gatherer.found


class _Gatherer:
    """Gathers from one note after the other, during one walk."""

    def __init__(self, frame: Frame, missing: Mapping[str, str]) -> None:
        self.missing = missing
        self.own = frame.names.own
        self.resolver = frame.names.resolver
        self.kinds = frame.rules.kinds
        self.relations = frame.rules.relations
        self.vocabulary = frame.rules.vocabulary
        self.dates = frame.rules.dates
        self.property_types = frame.rules.conventions.property_types
        self.found = Gathered()
        self.places = self.found.places

    def take(self, note: Note, found: Targets) -> None:
        node = self.found.nodes[note.path] = self._node(note)
        if problems := tuple(self._problems(node, note)):
            self.found.problems[note.path] = problems
        self._links(note, found)
        self._arrows(note)
        self._tags(note)

    def _node(self, note: Note) -> Node:
        stem, suffix = splitext(basename(note.path))
        if suffix.lower() == ".canvas":
            return Node(note.path, "canvas", stem, "canvas", self.kinds.role_of(note.path, "canvas"), note)
        kind = self.kinds.type_of(note)
        return Node(note.path, "note", stem, kind, self.kinds.role_of(note.path, kind), note)

    # ------------------------------------------------------------ edges

    def _links(self, note: Note, found: Targets) -> None:
        for link, target in zip(note.links, found, strict=True):
            if target in self.own or note.is_ours(link.line):
                continue
            end = target or _node_of(link, self.missing)
            place = Place(note.path, link.line, link.property)
            self._add(note.path, "embeds" if link.embed else "links-to", end, "structural", place)
            if link.property is not None:
                self._relate(note.path, link.property, end, place)

    def _relate(self, source: str, written: str, target: str, place: Place) -> None:
        """Add a semantic edge if the property, field or label is a relation's name."""
        known = self._relation(written)
        if known is None:
            return
        relation, inverted = known
        if inverted:
            place = Place(place.note, place.line, place.property, inverted=True)
            self._add(target, relation, source, "semantic", place)
        else:
            self._add(source, relation, target, "semantic", place)

    def _arrows(self, note: Note) -> None:
        for arrow in note.arrows:
            source = self.resolver.resolve("/" + arrow.source, note.path)
            target = self.resolver.resolve("/" + arrow.target, note.path)
            if source and target and self.own.isdisjoint((source, target)):
                label = UNDIRECTED if self._lacks_head(arrow) else arrow.label
                self._relate(source, label, target, Place(note.path, arrow.line, arrow.label))

    def _relation(self, written: str) -> tuple[str, bool] | None:
        """Return the relation that a property, field or label names, and whether the name is that of the inverse."""
        return self.relations.get(word_key(written)) or self.relations.get(word_key(written.partition(".")[0]))

    def _lacks_head(self, arrow: Arrow) -> bool:
        """Tell whether a line names a directed relation but does not show the direction."""
        known = None if arrow.directed else self._relation(arrow.label)
        relation = self.vocabulary.relations.get(known[0]) if known else None
        return relation is not None and not relation.symmetric

    def _tags(self, note: Note) -> None:
        for name in note.tags:
            self._add(note.path, "tagged", TAG + _tag(name), "structural", Place(note.path, 1, "tags"))
        for tag in note.body_tags:
            if not note.is_ours(tag.line):
                self._add(note.path, "tagged", TAG + _tag(tag.name), "structural", Place(note.path, tag.line))

    def _add(self, source: str, relation: str, target: str, namespace: Namespace, place: Place) -> None:
        self.places.setdefault((source, relation, target, namespace), []).append(place)

    # ------------------------------------------------------------ trouble

    def _problems(self, node: Node, note: Note) -> Iterator[Problem]:
        yield from note.problems
        yield from self._relations_in_text(note)
        yield from (_no_head(arrow) for arrow in note.arrows if self._lacks_head(arrow))
        if node.type != "template":
            yield from misfits(note, self.property_types)
            yield from no_days(note, self.property_types, self.dates)

    def _relations_in_text(self, note: Note) -> Iterator[Problem]:
        """Report relations with a link inside other text: Obsidian sees no link there."""
        linked = {link.property.partition(".")[0] for link in note.links if link.frontmatter and link.property}
        for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
            items = value if isinstance(value, list) else [value]
            if key in linked or word_key(key) not in self.relations:
                continue
            if any(isinstance(item, str) and "[[" in item for item in items):
                yield Problem(
                    "relation-in-text",
                    line,
                    "problem.note.relation-in-text",
                    "problem.note.relation-in-text-fix",
                    (("property", key), ("line", f'{one_line(key)}: ["[[…]]"]')),
                )


def _no_head(arrow: Arrow) -> Problem:
    message = "problem.note.canvas-undirected"
    remedy = "problem.note.canvas-undirected-fix"
    ends = ("one", basename(arrow.source)), ("other", basename(arrow.target))
    return Problem("canvas-undirected", arrow.line, message, remedy, (*ends, ("label", arrow.label)))


def _linkpath(link: Link) -> str:
    """Return a linkpath as Obsidian counts it among unresolved links: without `.md`."""
    target = link.target[1:] if link.syntax == "canvas" else link.target
    return target[:-3] if target.lower().endswith(".md") and len(target) > len(".md") else target


@lru_cache(maxsize=1 << 12)
def _tag(name: str) -> str:
    return unicodedata.normalize("NFC", name[1:].rstrip("/")).lower()
