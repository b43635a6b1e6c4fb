"""The words a vault may use: note types and relations, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of note.

    `names` are synonyms in any language, `role` says what the type is for (`topic`, `knowledge`, `source`,
    `goal`, `work`, `log`, `reflection`, `index`, `template`, or "" for none), `fields` are the properties its
    template declares, `lines` are the lines of text in its templates. `label` is what the vault calls it in its
    reports, "" for the word of their language.
    """

    name: str
    names: tuple[str, ...] = ()
    role: str = ""
    color: str = ""
    fields: tuple[str, ...] = ()
    label: str = ""
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of edge between notes.

    `names` are property names that mean it, `inverse` and `inverse_names` those that mean it the other way
    round. `sources` and `targets` are the note types it is meant for (empty: any). `acyclic` says that it
    must not form a circle; `acyclic_types` narrows that to the named types.
    `label` is what the vault calls it in its reports, "" for the word of their language.
    """

    name: str
    names: tuple[str, ...] = ()
    inverse: str = ""
    inverse_names: tuple[str, ...] = ()
    symmetric: bool = False
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    acyclic: bool = False
    acyclic_types: tuple[str, ...] = ()
    weight: float = 1.0
    color: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Notes without a `type` that are below `folder` or have `tag` are of this type."""

    type: str
    folder: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every type and relation known for a vault, in the order in which they are shown.

    `words` gives the meaning of words by group (`statuses`, `outcomes`, `modes`, `stages`, `properties`).
    """

    types: Mapping[str, NoteType] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """Notes named by a date: their kind (`daily`, `weekly` …), folder, and a regular expression for the name."""

    kind: str
    folder: str
    pattern: str


LinkFormat = Literal["shortest", "relative", "absolute"]
"""Obsidian's setting *New link format*."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a vault's settings say about its files.

    `rules` are in the order in which they are tried. `excluded` are Obsidian's own filters: a path prefix or
    `/regex/`. `templates` are folders (`""` for none). `property_types` are those set in Obsidian, by
    lower-case name. `link_format` is how much of a path a link names.
    """

    rules: tuple[Rule, ...] = ()
    excluded: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    property_types: Mapping[str, str] = field(default_factory=dict)
    link_format: LinkFormat = "shortest"
