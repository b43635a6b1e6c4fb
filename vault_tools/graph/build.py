"""Notes -> the graph of a whole vault."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, splitext
from types import MappingProxyType

from vault_tools.graph.diagnosis import Diagnosis
from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import file_key, word_key
from vault_tools.graph.properties import misfits
from vault_tools.graph.resolve import Resolver
from vault_tools.model.graph import BrokenLink, Edge, KnowledgeGraph, Namespace, Node, Place
from vault_tools.model.note import Link, Note, Problem
from vault_tools.model.vocabulary import Conventions, Vocabulary

MISSING = "missing://"
TAG = "tag://"


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
    the settings skip: links find them, and they are no part of the graph. `hidden` are notes that lie where
    Obsidian does not look, and conflict copies: no link finds them by the name that it means.
    """
    ordered = sorted(notes, key=lambda note: note.path)
    others = sorted(set(files) - {note.path for note in ordered})
    pages = frozenset(own).difference(note.path for note in ordered).difference(others)
    builder = _Builder(ordered, others, pages, vocabulary, conventions, tuple(hidden))
    builder.problems.update((path, [problem]) for path, problem in problems.items())
    return builder.graph()


class _Builder:
    """Gathers nodes and edges; alive for one build."""

    def __init__(
        self,
        notes: list[Note],
        others: list[str],
        own: frozenset[str],
        vocabulary: Vocabulary,
        conventions: Conventions,
        hidden: tuple[str, ...],
    ) -> None:
        self.notes = notes
        self.others = others
        self.own = own
        self.vocabulary = vocabulary
        self.kinds = Kinds(vocabulary, conventions)
        self.property_types = conventions.property_types
        self.resolver = Resolver([*(note.path for note in notes), *others, *own])
        self.relations = by_property(vocabulary)
        self.types = {note.path: self.kinds.type_of(note) for note in notes}
        self.places: dict[tuple[str, str, str, Namespace], list[Place]] = {}
        self.unresolved: dict[str, dict[str, int]] = {}
        self.resolved: dict[str, tuple[str | None, ...]] = {}
        self.diagnosis = Diagnosis(notes, self.resolver, conventions, hidden)
        self.broken: list[BrokenLink] = []
        self.problems: dict[str, list[Problem]] = {}

    def graph(self) -> KnowledgeGraph:
        """Walk every note once, then put the parts in order."""
        self.missing = self._missing_names()
        for note in self.notes:
            self._problems(note)
            self._links(note)
            self._arrows(note)
            self._tags(note)
        edges = tuple(
            Edge(source, relation, target, namespace, tuple(places))
            for (source, relation, target, namespace), places in sorted(self.places.items())
        )
        return KnowledgeGraph(
            nodes=self._nodes(edges),
            edges=edges,
            incoming=_grouped((edge.target, edge) for edge in edges),
            outgoing=_grouped((edge.source, edge) for edge in edges),
            unresolved=self.unresolved,
            resolved=self.resolved,
            broken=tuple(self.broken),
            problems={path: tuple(found) for path, found in self.problems.items()},
            vocabulary=self.vocabulary,
        )

    # ------------------------------------------------------------ nodes

    def _nodes(self, edges: tuple[Edge, ...]) -> dict[str, Node]:
        nodes = [self._note_node(note) for note in self.notes]
        nodes.extend(
            Node(path, "attachment", basename(path), "attachment", self.kinds.role_of(path, "attachment"))
            for path in self.others
        )
        known = {node.id for node in nodes}
        for name in sorted({end for edge in edges for end in (edge.source, edge.target)} - known):
            kind, title = ("tag", "#" + name[len(TAG) :]) if name.startswith(TAG) else ("missing", name[len(MISSING) :])
            nodes.append(Node(name, kind, title, kind))  # type: ignore[arg-type]
        return {node.id: node for node in nodes}

    def _note_node(self, note: Note) -> Node:
        stem, suffix = splitext(basename(note.path))
        if suffix.lower() == ".canvas":
            return Node(note.path, "canvas", stem, "canvas", self.kinds.role_of(note.path, "canvas"), note)
        kind = self.types[note.path]
        return Node(note.path, "note", stem, kind, self.kinds.role_of(note.path, kind), note)

    def _missing_names(self) -> dict[str, str]:
        """Give each name that no file answers to one spelling: the most frequent, then the first in order."""
        spellings: dict[str, Counter[str]] = {}
        for note in self.notes:
            targets = tuple(self.resolver.resolve(link.target, note.path) for link in note.links)
            self.resolved[note.path] = targets
            for link, target in zip(note.links, targets, strict=True):
                if target is None:
                    name = _linkpath(link)
                    counts = self.unresolved.setdefault(note.path, {})
                    counts[name] = counts.get(name, 0) + 1
                    if not note.is_ours(link.line):
                        spellings.setdefault(file_key(name), Counter())[name] += 1
        return {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}

    # ------------------------------------------------------------ edges

    def _links(self, note: Note) -> None:
        for link, target in zip(note.links, self.resolved[note.path], strict=True):
            if target in self.own or note.is_ours(link.line):
                continue
            end = target or MISSING + self.missing[file_key(_linkpath(link))]
            place = Place(note.path, link.line, link.property)
            self._add(note.path, "embeds" if link.embed else "links-to", end, "structural", place)
            if link.property is not None:
                self._relate(note.path, link.property, end, place)
            if target is None:
                self.broken.append(self.diagnosis.of_target(note.path, link, end))
            elif link.subpath and (wrong := self.diagnosis.of_subpath(note.path, link, target)) is not None:
                self.broken.append(wrong)

    def _relate(self, source: str, written: str, target: str, place: Place) -> None:
        """Add a semantic edge if the property, field or label is a relation's name."""
        known = self.relations.get(word_key(written)) or self.relations.get(word_key(written.partition(".")[0]))
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
                self._relate(source, arrow.label, target, Place(note.path, arrow.line, arrow.label))

    def _tags(self, note: Note) -> None:
        for name in note.tags:
            self._add(note.path, "tagged", TAG + _tag(name), "structural", Place(note.path, 1, "tags"))
        for tag in note.body_tags:
            if not note.is_ours(tag.line):
                self._add(note.path, "tagged", TAG + _tag(tag.name), "structural", Place(note.path, tag.line))

    def _add(self, source: str, relation: str, target: str, namespace: Namespace, place: Place) -> None:
        self.places.setdefault((source, relation, target, namespace), []).append(place)

    # ------------------------------------------------------------ trouble

    def _problems(self, note: Note) -> None:
        found = [*note.problems, *self._relations_in_text(note)]
        if self.types[note.path] != "template":
            found += misfits(note, self.property_types)
        if found:
            self.problems[note.path] = found

    def _relations_in_text(self, note: Note) -> Iterator[Problem]:
        """Tell of relations whose text holds a link among other words: Obsidian sees no link there."""
        linked = {link.property.partition(".")[0] for link in note.links if link.frontmatter and link.property}
        for (key, value), line in zip((note.frontmatter or {}).items(), note.property_lines, strict=True):
            items = value if isinstance(value, list) else [value]
            if key in linked or word_key(key) not in self.relations:
                continue
            if any(isinstance(item, str) and "[[" in item for item in items):
                yield Problem(
                    "relation-in-text",
                    line,
                    "the property '{property}' holds a link among other text, so Obsidian sees no link",
                    'give each link a value of its own: {property}: ["[[…]]"]',
                    (("property", key),),
                )


def _grouped(pairs: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    groups: dict[str, list[Edge]] = {}
    for end, edge in pairs:
        groups.setdefault(end, []).append(edge)
    return {end: tuple(edges) for end, edges in groups.items()}


def by_property(vocabulary: Vocabulary) -> Mapping[str, tuple[str, bool]]:
    """Map every name of every relation to (relation, told from the other end); a relation's own name wins."""
    names: dict[str, tuple[str, bool]] = {}
    for relation in vocabulary.relations.values():
        for name in relation.names:
            names.setdefault(word_key(name), (relation.name, False))
        for name in relation.inverse_names:
            names.setdefault(word_key(name), (relation.name, True))
    for relation in vocabulary.relations.values():
        if relation.inverse:
            names[word_key(relation.inverse)] = (relation.name, True)
    names.update({word_key(name): (name, False) for name in vocabulary.relations})
    return names


def _linkpath(link: Link) -> str:
    """Return a linkpath as Obsidian counts it among unresolved links: without `.md`."""
    target = link.target[1:] if link.syntax == "canvas" else link.target
    return target[:-3] if target.lower().endswith(".md") and len(target) > len(".md") else target


def _tag(name: str) -> str:
    return unicodedata.normalize("NFC", name[1:].rstrip("/")).lower()
