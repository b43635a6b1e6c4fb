"""What notes add to the graph of their vault: nodes, edges, and problems."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import basename, splitext

from vault_tools.graph.edges import EdgeKey
from vault_tools.graph.frame import Frame
from vault_tools.graph.missing import LinkTargets, MissingNames
from vault_tools.graph.note_problems import lacks_direction, note_problems
from vault_tools.model.graph import Namespace, Node, Place
from vault_tools.model.note import Note, Problem

TAG = "tag://"
UNDIRECTED = "related"
"""The relation of two canvas cards if their line names a directed relation but has no arrowhead."""


@dataclass(slots=True)
class Contribution:
    """What some notes add to the graph, in the order of these notes. `places` are those of each edge."""

    nodes: dict[str, Node] = field(default_factory=dict)
    places: dict[EdgeKey, list[Place]] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)


def link_targets(frame: Frame, note: Note) -> LinkTargets:
    """Return the file of each link of a note."""
    resolve = frame.files.resolver.resolve
    return tuple(resolve(link.target, note.path) for link in note.links)


def gather(frame: Frame, targets: Mapping[str, LinkTargets], missing: MissingNames) -> Contribution:
    """Walk some notes once; `targets` gives the file of each of their links."""
    gatherer = _Gatherer(frame, missing)
    for path, of_note in targets.items():
        gatherer.take(frame.notes[path], of_note)
    return gatherer.contribution


class _Gatherer:
    """Gathers from one note after the other, during one walk."""

    def __init__(self, frame: Frame, missing: MissingNames) -> None:
        self.missing = missing
        self.own = frame.files.own
        self.resolver = frame.files.resolver
        self.rules = frame.rules
        self.kinds = frame.rules.kinds
        self.contribution = Contribution()
        self.places = self.contribution.places

    def take(self, note: Note, targets: LinkTargets) -> None:
        node = self.contribution.nodes[note.path] = self._node(note)
        if problems := tuple(note_problems(note, node.type, self.rules)):
            self.contribution.problems[note.path] = problems
        self._links(note, targets)
        self._arrows(note)
        self._tags(note)

    def _node(self, note: Note) -> Node:
        stem, suffix = splitext(basename(note.path))
        if suffix.lower() == ".canvas":
            return Node(note.path, "canvas", stem, "canvas", self.kinds.role_of(note.path, "canvas"), note)
        kind = self.kinds.type_of(note)
        return Node(note.path, "note", stem, kind, self.kinds.role_of(note.path, kind), note)

    def _links(self, note: Note, targets: LinkTargets) -> None:
        for link, target in zip(note.links, targets, strict=True):
            if target in self.own or note.is_ours(link.line):
                continue
            end = target or self.missing.node_of(link)
            place = Place(note.path, link.line, link.property)
            self._add(note.path, "embeds" if link.embed else "links-to", end, "structural", place)
            if link.property is not None:
                self._relate(note.path, link.property, end, place)

    def _relate(self, source: str, name: str, target: str, place: Place) -> None:
        """Add a semantic edge if the name of the property, field or label is a relation's."""
        meaning = self.rules.relation_of(name)
        if meaning is None:
            return
        relation, is_inverse = meaning
        if is_inverse:
            place = Place(place.note, place.line, place.property, inverted=True)
            self._add(target, relation, source, "semantic", place)
        else:
            self._add(source, relation, target, "semantic", place)

    def _arrows(self, note: Note) -> None:
        for arrow in note.arrows:
            source = self.resolver.resolve("/" + arrow.source, note.path)
            target = self.resolver.resolve("/" + arrow.target, note.path)
            if source and target and self.own.isdisjoint((source, target)):
                label = UNDIRECTED if lacks_direction(arrow, self.rules) else arrow.label
                self._relate(source, label, target, Place(note.path, arrow.line, arrow.label))

    def _tags(self, note: Note) -> None:
        for name in note.tags:
            self._add(note.path, "tagged", _tag_node(name), "structural", Place(note.path, 1, "tags"))
        for tag in note.body_tags:
            if not note.is_ours(tag.line):
                self._add(note.path, "tagged", _tag_node(tag.name), "structural", Place(note.path, tag.line))

    def _add(self, source: str, relation: str, target: str, namespace: Namespace, place: Place) -> None:
        self.places.setdefault((source, relation, target, namespace), []).append(place)


@lru_cache(maxsize=1 << 12)
def _tag_node(name: str) -> str:
    """Return the node of a tag, which is given with its `#`."""
    return TAG + unicodedata.normalize("NFC", name[1:].rstrip("/")).lower()
