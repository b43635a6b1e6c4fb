"""The context in which notes are read: the vault's rules, and every name by which a link may find something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from vault_tools.graph.diagnosis import Diagnosis
from vault_tools.graph.kinds import Kinds
from vault_tools.graph.names import word_key
from vault_tools.graph.resolve import Resolver
from vault_tools.model.note import Note
from vault_tools.model.vocabulary import Conventions, Vocabulary

_DATES = ("date", "created", "started", "finished")
"""The meanings of properties whose values are days."""


@dataclass(frozen=True)
class Rules:
    """What decides how any note is read, independent of the rest of the vault."""

    vocabulary: Vocabulary
    conventions: Conventions

    @cached_property
    def kinds(self) -> Kinds:
        """Gives the type and role of a note."""
        return Kinds(self.vocabulary, self.conventions)

    @cached_property
    def relations(self) -> Mapping[str, tuple[str, bool]]:
        """The result of `by_property` for the vocabulary."""
        return by_property(self.vocabulary)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The names of properties that mean a day, as `word_key` has them."""
        known = self.vocabulary.words.get("properties", {})
        return frozenset(word_key(word) for name in _DATES for word in (name, *known.get(name, ())))


@dataclass(frozen=True)
class Names:
    """The files of a vault and their names; paths are in order.

    `own` are files that links find but that are not in the graph, `hidden` notes that no link finds. `aliases` are
    those of each note that has any.
    """

    notes: tuple[str, ...]
    others: tuple[str, ...]
    own: frozenset[str]
    hidden: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]]

    @cached_property
    def resolver(self) -> Resolver:
        """Finds the file that a link means."""
        return Resolver([*self.notes, *self.others, *self.own])


@dataclass(frozen=True)
class Frame:
    """The notes of a vault by path, in order, and the context in which they are read."""

    notes: Mapping[str, Note]
    rules: Rules
    names: Names
    diagnosis: Diagnosis


def frame(
    notes: Iterable[Note],
    files: Iterable[str],
    rules: Rules,
    own: Iterable[str],
    hidden: Iterable[str],
    before: Frame | None = None,
) -> Frame:
    """Return the frame of a vault; look-ups of the one `before` are reused if they are still valid."""
    ordered = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    others = tuple(sorted(set(files).difference(ordered)))
    silent = frozenset(own).difference(ordered).difference(others)
    aliases = {path: note.aliases for path, note in ordered.items() if note.aliases}
    names = Names(tuple(ordered), others, silent, tuple(hidden), aliases)
    if before is None or before.rules != rules:
        return Frame(ordered, rules, names, _diagnosis(ordered, rules, names))
    if before.names != names:
        return Frame(ordered, before.rules, names, _diagnosis(ordered, before.rules, names))
    return Frame(ordered, before.rules, before.names, before.diagnosis.about(ordered))


def _diagnosis(notes: Mapping[str, Note], rules: Rules, names: Names) -> Diagnosis:
    return Diagnosis(notes, names.resolver, rules.conventions, names.hidden)


def by_property(vocabulary: Vocabulary) -> Mapping[str, tuple[str, bool]]:
    """Map every name of every relation to (relation, whether it is inverse); a relation's own name wins."""
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
