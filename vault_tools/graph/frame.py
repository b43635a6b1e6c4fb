"""All that a note's part in the graph depends on besides the note: the vault's rules, files and notes."""

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

    def relation_of(self, name: str) -> tuple[str, bool] | None:
        """Return the relation that a property, field or label names, and whether the name is that of the inverse."""
        return self.relations.get(word_key(name)) or self.relations.get(word_key(name.partition(".")[0]))

    @cached_property
    def dates(self) -> frozenset[str]:
        """The names of properties that mean a day, as `word_key` has them."""
        synonyms = self.vocabulary.words.get("properties", {})
        return frozenset(word_key(word) for name in _DATES for word in (name, *synonyms.get(name, ())))


@dataclass(frozen=True)
class VaultFiles:
    """Every name by which a link may find something in a vault; paths are in order.

    `notes` are the paths of notes, `others` those of all other files. `own` are files that links find but that are not
    in the graph, `hidden` notes that no link finds. `aliases` are those of each note that has any.
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
    files: VaultFiles
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
    vault_files = _vault_files(ordered, files, own, hidden)
    if before is None or before.rules != rules:
        return _new_frame(ordered, rules, vault_files)
    if before.files != vault_files:
        return _new_frame(ordered, before.rules, vault_files)
    return Frame(ordered, before.rules, before.files, before.diagnosis.about(ordered))


def _vault_files(
    notes: Mapping[str, Note], files: Iterable[str], own: Iterable[str], hidden: Iterable[str]
) -> VaultFiles:
    others = tuple(sorted(set(files).difference(notes)))
    silent = frozenset(own).difference(notes).difference(others)
    aliases = {path: note.aliases for path, note in notes.items() if note.aliases}
    return VaultFiles(tuple(notes), others, silent, tuple(hidden), aliases)


def _new_frame(notes: Mapping[str, Note], rules: Rules, files: VaultFiles) -> Frame:
    return Frame(notes, rules, files, Diagnosis(notes, files.resolver, rules.conventions, files.hidden))


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
