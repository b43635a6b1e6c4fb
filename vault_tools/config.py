"""The settings of a vault: `vault-tools.toml` in its root, every key optional."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from vault_tools.errors import SettingsError
from vault_tools.model.vocabulary import NoteType, Relation, Rule, Vocabulary

FILE = "vault-tools.toml"
OrphanDefinition = Literal["isolated", "no-in", "no-out", "islands", "weak"]


class Reports(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[reports]`: where the pages go, how they link, how long their lists are."""

    folder: str = "_vault-tools"
    links: Literal["uri", "wikilink"] = "uri"
    limit: int = 50


class Orphans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[orphans]`: what counts as an orphan, and which roles are not expected to be linked."""

    definition: OrphanDefinition = "isolated"
    exempt: tuple[str, ...] = ("template", "log", "reflection", "index", "excluded")


class Gaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[gaps]`: a note of fewer words than `stub_words` is a stub."""

    stub_words: int = 20


class RuleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[rules]]`: notes below a folder, or with a tag, are of a type if they do not say so themselves."""

    type: str
    folder: str = ""
    tag: str = ""


class TypeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[types.NAME]`: a note type of one's own, or a change to a known one."""

    names: tuple[str, ...] = ()
    role: str | None = None
    color: str | None = None


class RelationRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[relations.NAME]`: a relation of one's own, or a change to a known one."""

    names: tuple[str, ...] = ()
    inverse: str | None = None
    inverse_names: tuple[str, ...] = ()
    symmetric: bool | None = None
    sources: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    acyclic: bool | tuple[str, ...] | None = None
    weight: float | None = None
    color: str | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a vault may set; the defaults need no file."""

    reports: Reports = Reports()
    orphans: Orphans = Orphans()
    gaps: Gaps = Gaps()
    skip: tuple[str, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    types: dict[str, TypeRow] = {}
    relations: dict[str, RelationRow] = {}


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `vocabulary.toml`."""

    types: dict[str, TypeRow]
    relations: dict[str, RelationRow]
    statuses: dict[str, tuple[str, ...]]


def parse(text: str, where: str = FILE) -> Settings:
    """Read settings from TOML; SettingsError names the key and what to write instead."""
    settings = _convert(text, where)
    _check_folder(settings.reports.folder, where)
    if settings.reports.limit < 1:
        message = f"{where}: [reports] limit must be 1 or more"
        raise SettingsError(message)
    return settings


def _convert(text: str, where: str) -> Settings:
    data = _toml(text, where)
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(_explain(str(error), where)) from None


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{where} is not valid TOML: {error}"
        raise SettingsError(message) from None


_UNKNOWN = re.compile(r"unknown field `(.+?)`(?: - at `\$\.?(.*?)`)?$")
_TABLES: Mapping[str, type[msgspec.Struct]] = {
    "": Settings,
    "reports": Reports,
    "orphans": Orphans,
    "gaps": Gaps,
    "rules": RuleRow,
    "types": TypeRow,
    "relations": RelationRow,
}


def _explain(error: str, where: str) -> str:
    """Say in one line which key is wrong; an unknown one gets the nearest known name."""
    match = _UNKNOWN.search(error)
    if match is None:
        return f"{where}: {error.replace(' - at `$.', ' - at `')}"
    name, at = match.group(1), match.group(2) or ""
    known = _TABLES.get(re.split(r"[.\[]", at)[0], Settings).__struct_fields__
    near = difflib.get_close_matches(name, known, 1, 0.5)
    place = f" in [{at}]" if at else ""
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return f"{where}: unknown key {name!r}{place}; {hint}"


def _check_folder(folder: str, where: str) -> None:
    parts = folder.replace("\\", "/").split("/")
    if not folder.strip("/") or ".." in parts or folder.startswith("/") or ":" in folder or parts[0].startswith("."):
        message = f"{where}: [reports] folder must be a folder inside the vault that Obsidian shows, not {folder!r}"
        raise SettingsError(message)


# ---------------------------------------------------------------- vocabulary


def vocabulary(shipped: str, settings: Settings, templates: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Lay a vault's own words over the shipped ones; `templates` gives the properties that each template declares."""
    base = msgspec.convert(tomllib.loads(shipped), VocabularyFile)
    types = {name: _type(name, NoteType(name), row, templates) for name, row in base.types.items()}
    types |= {name: NoteType(name, fields=fields) for name, fields in templates.items() if name not in types}
    for name, row in settings.types.items():
        types[name] = _type(name, types.get(name, NoteType(name)), row, templates)
    relations = {name: _relation(Relation(name), row) for name, row in base.relations.items()}
    for name, relation in settings.relations.items():
        relations[name] = _relation(relations.get(name, Relation(name)), relation)
    return Vocabulary(types, relations, base.statuses)


def _type(name: str, base: NoteType, row: TypeRow, templates: Mapping[str, tuple[str, ...]]) -> NoteType:
    return NoteType(
        name,
        (*base.names, *row.names),
        base.role if row.role is None else row.role,
        base.color if row.color is None else row.color,
        templates.get(name, base.fields),
    )


def _relation(base: Relation, row: RelationRow) -> Relation:
    listed = row.acyclic if isinstance(row.acyclic, tuple) else ()
    return Relation(
        name=base.name,
        names=(*base.names, *row.names),
        inverse=base.inverse if row.inverse is None else row.inverse,
        inverse_names=(*base.inverse_names, *row.inverse_names),
        symmetric=base.symmetric if row.symmetric is None else row.symmetric,
        sources=base.sources if row.sources is None else row.sources,
        targets=base.targets if row.targets is None else row.targets,
        acyclic=base.acyclic if row.acyclic is None else bool(row.acyclic),
        acyclic_types=base.acyclic_types if row.acyclic is None else listed,
        weight=base.weight if row.weight is None else row.weight,
        color=base.color if row.color is None else row.color,
    )


def rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the vault's rules, in order."""
    return tuple(Rule(row.type, row.folder, row.tag) for row in settings.rules)
