"""The vocabulary: the shipped types, relations and words, with a vault's own laid over them."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import msgspec

from vault_tools import ours
from vault_tools.model.vocabulary import NoteType, Relation, Rule, Vocabulary
from vault_tools.settings.faults import SettingsFile
from vault_tools.settings.labels import Labels
from vault_tools.settings.rows import set_fields
from vault_tools.settings.schema import RelationRow, Settings, TypeRow, WordGroup

_FREE = frozenset({"modes", "stages"})
"""The groups of words to which a vault may add words."""
_Words = Mapping[WordGroup, Mapping[str, tuple[str, ...]]]
_Fields = Mapping[str, tuple[str, ...]]
"""For each type, the properties that its templates declare."""


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `vocabulary.toml`."""

    types: dict[str, TypeRow]
    relations: dict[str, RelationRow]
    words: dict[WordGroup, dict[str, tuple[str, ...]]]


def build_vocabulary(
    shipped: str,
    settings: Settings,
    templates: Mapping[str, tuple[str, ...]],
    lines: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Vocabulary:
    """Lay a vault's own words over the shipped ones; what a language calls a term is understood too.

    For each type, `templates` gives the properties that its templates declare, `lines` the lines of their text.
    """
    base = msgspec.convert(tomllib.loads(shipped), VocabularyFile)
    labels = Labels()
    types = _types({name: labels.of_type(name, row) for name, row in base.types.items()}, settings, templates)
    relations = _relations({name: labels.of_relation(name, row) for name, row in base.relations.items()}, settings)
    groups: _Words = {group: labels.of_words(group, rows) for group, rows in base.words.items()}
    return Vocabulary(
        {name: replace(type_, lines=lines.get(name, frozenset())) for name, type_ in types.items()},
        relations,
        {group: _words(groups, settings.words, group) for group in groups},
    )


def _types(shipped: Mapping[str, TypeRow], settings: Settings, templates: _Fields) -> dict[str, NoteType]:
    """Return the shipped types, those that only templates have, and the vault's own."""
    types = {name: _type(NoteType(name), row, templates) for name, row in shipped.items()}
    types |= {name: NoteType(name, fields=fields) for name, fields in templates.items() if name not in types}
    for name, row in settings.types.items():
        types[name] = _type(types.get(name, NoteType(name)), row, templates)
    return types


def _type(base: NoteType, row: TypeRow, templates: _Fields) -> NoteType:
    """Lay what a row says over a type."""
    return replace(
        base,
        names=_names(base.names, row),
        fields=templates.get(base.name, base.fields),
        label=row.label or base.label,
        **set_fields(row, ("role", "color")),
    )


def _relations(shipped: Mapping[str, RelationRow], settings: Settings) -> dict[str, Relation]:
    """Return the shipped relations and the vault's own."""
    relations = {name: _relation(Relation(name), row) for name, row in shipped.items()}
    for name, row in settings.relations.items():
        relations[name] = _relation(relations.get(name, Relation(name)), row)
    return relations


def _relation(base: Relation, row: RelationRow) -> Relation:
    """Lay what a row says over a relation."""
    relation = replace(
        base,
        names=_names(base.names, row),
        inverse_names=(*base.inverse_names, *row.inverse_names),
        label=row.label or base.label,
        **set_fields(row, ("inverse", "symmetric", "sources", "targets", "weight", "color")),
    )
    if row.acyclic is None:
        return relation
    types = row.acyclic if isinstance(row.acyclic, tuple) else ()
    return replace(relation, acyclic=bool(row.acyclic), acyclic_types=types)


def _names(names: tuple[str, ...], row: TypeRow | RelationRow) -> tuple[str, ...]:
    """Return the names of a term with those of a row and its label."""
    return (*names, *row.names, row.label) if row.label else (*names, *row.names)


def _words(base: _Words, own: _Words, group: WordGroup) -> dict[str, tuple[str, ...]]:
    """Lay a vault's own words of a group over the shipped ones."""
    merged = dict(base[group])
    for name, names in own.get(group, {}).items():
        if name not in merged and group not in _FREE:
            raise SettingsFile(ours.SETTINGS, "").unknown(("words", group, name), merged)
        merged[name] = (*merged.get(name, ()), *names)
    return merged


def type_rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the vault's rules of types, in order."""
    return tuple(Rule(row.type, row.folder, row.tag) for row in settings.rules)
