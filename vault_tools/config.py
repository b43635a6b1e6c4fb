"""The settings of a vault: `vault-tools.toml` in its root, every key optional."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Literal, get_args

import msgspec

from vault_tools import clock, settings_faults, toml_text
from vault_tools.dialect.filenames import can_be_folder
from vault_tools.errors import SettingsError
from vault_tools.graph.names import word_key
from vault_tools.learning.thresholds import AlertError, parse_alert
from vault_tools.model.defaults import ENOUGH, EXEMPT, ORPHAN_DEFINITION, STUB_WORDS, OrphanDefinition, Role
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.learning import Advice, Supply, Targets
from vault_tools.model.text import Say, say
from vault_tools.model.vocabulary import NoteType, Relation, Rule, Vocabulary
from vault_tools.settings_faults import SettingsFile
from vault_tools.shipped import languages
from vault_tools.words import words

FILE = "vault-tools.toml"
LinkChoice = Literal["uri", "wikilink"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WordGroup = Literal["statuses", "outcomes", "modes", "stages", "properties"]
Color = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}\\Z")]
# Every number has a maximum, so that no sum, date or wait computed from it overflows.
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Some = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Days = Annotated[int, msgspec.Meta(ge=1, le=36_500)]
Hours = Annotated[float, msgspec.Meta(ge=0, le=168)]
Amount = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
Weight = Annotated[float, msgspec.Meta(ge=-1_000_000, le=1_000_000)]


class Reports(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[reports]`: where the pages go, how they link, how long their lists are, and their language.

    If `language` is "", they use the vault's language. `vault` is the vault's name in links, "" for none.
    """

    folder: str = "_vault-tools"
    language: str = ""
    links: LinkChoice = "uri"
    limit: Some = 50
    vault: str = ""


class Orphans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[orphans]`: what counts as an orphan, and which roles are not expected to be linked."""

    definition: OrphanDefinition = ORPHAN_DEFINITION
    exempt: tuple[Role, ...] = EXEMPT


class Gaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[gaps]`: a note of fewer words than `stub_words` is a stub."""

    stub_words: Count = STUB_WORDS


class Inject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[inject]`: a note that changed within the last `quiet` seconds is not touched; somebody may be writing in it."""

    quiet: Amount = 1


class Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[watch]`: what the daemon may do to notes. With a `device`, only the daemon on it writes notes and pages.

    `create` names the types whose note of the day, week … the daemon creates; this needs a `device`. If only text
    changes, the page of the graph is written at most once in `graph_minutes`.
    """

    device: str = ""
    inject: bool = True
    regions: bool = True
    create: tuple[str, ...] = ()
    graph_minutes: Amount = 10.0


class Learn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[learning]`: what you mean to do, how many cases a share takes, after how many days knowledge is stale."""

    hours_a_week: Hours = 10.0
    projects_a_month: Amount = 1.0
    summaries_a_quarter: Amount = 1.0
    reflection_day: Weekday = "sunday"
    enough: Some = ENOUGH
    stale_days: Days = 90


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[check]`: limits on measures, as `reuse_rate < 50 %`; `check` ends with 1 where one is crossed."""

    alerts: tuple[str, ...] = ()


class AdviceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[advice.NAME]`: a new rule, or a change to a known one; `on = false` switches it off."""

    on: bool = True
    title: str | None = None
    demand: bool | None = None
    supply: tuple[Supply, ...] | None = None
    step: str | None = None


class RuleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[rules]]`: notes below a folder, or with a tag, are of a type if they do not say so themselves."""

    type: str
    folder: str = ""
    tag: str = ""


class TypeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[types.NAME]`: a new note type, or a change to a known one."""

    names: tuple[str, ...] = ()
    role: Role | None = None
    color: Color | None = None
    label: str = ""


class RelationRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[relations.NAME]`: a new relation, or a change to a known one."""

    names: tuple[str, ...] = ()
    inverse: str | None = None
    inverse_names: tuple[str, ...] = ()
    symmetric: bool | None = None
    sources: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    acyclic: bool | tuple[str, ...] | None = None
    weight: Weight | None = None
    color: Color | None = None
    label: str = ""


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[vault]`: the time zone (an IANA name) that decides the date; without one, each device uses its own."""

    timezone: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a vault may set; the defaults need no file."""

    language: str = "en"
    vault: Calendar = Calendar()
    reports: Reports = Reports()
    orphans: Orphans = Orphans()
    gaps: Gaps = Gaps()
    learning: Learn = Learn()
    check: Check = Check()
    advice: dict[str, AdviceRow] = {}
    skip: tuple[str, ...] = ()
    templates: str = ""
    folders: dict[str, str] = {}
    inject: Inject = Inject()
    watch: Watch = Watch()
    rules: tuple[RuleRow, ...] = ()
    types: dict[str, TypeRow] = {}
    relations: dict[str, RelationRow] = {}
    words: dict[WordGroup, dict[str, tuple[str, ...]]] = {}

    @property
    def spoken(self) -> str:
        """The language of the pages: their own, else the vault's."""
        return self.reports.language or self.language


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `vocabulary.toml`."""

    types: dict[str, TypeRow]
    relations: dict[str, RelationRow]
    words: dict[WordGroup, dict[str, tuple[str, ...]]]


_IN_ORDER = (get_args(LinkChoice), get_args(Weekday), get_args(OrphanDefinition), get_args(Role)[1:], get_args(Supply))


def parse(text: str, where: str = FILE) -> Settings:
    """Read settings from TOML; SettingsError says which key is wrong, on which line, and what to write instead."""
    file = SettingsFile(where, text, _IN_ORDER)
    settings = _convert(text, file)
    _check_folders(settings, file)
    _check_zone(settings.vault.timezone, file)
    for at, row in enumerate(settings.rules):
        if not row.folder and not row.tag:
            raise SettingsError(say("settings.rule-fits-nothing", at=file.at(("rules", at, "folder"))))
    if settings.watch.create and not settings.watch.device:
        raise SettingsError(say("settings.create-needs-device", at=file.at(("watch", "create"))))
    _check_alerts(settings.check.alerts, file)
    for name in STRUCTURAL & settings.relations.keys():
        raise SettingsError(say("settings.relation-taken", at=file.at(("relations", name))))
    return settings


def _check_alerts(alerts: tuple[str, ...], file: SettingsFile) -> None:
    for number, written in enumerate(alerts):
        try:
            parse_alert(written)
        except AlertError as error:
            at = file.at(("check", "alerts", number))
            raise SettingsError(say("settings.alert", at=at, alert=written, why=error.said)) from None


def _convert(text: str, file: SettingsFile) -> Settings:
    try:
        data = toml_text.read(text)
    except toml_text.TomlError as error:
        raise SettingsError(_not_toml(error, file.where)) from None
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError:
        from vault_tools.settings_fit import first  # noqa: PLC0415  (only a mistake needs it)

        raise first(data, Settings, file) from None


def _not_toml(error: toml_text.TomlError, where: str) -> Say:
    """Say that a settings file is not TOML, and where if that is known."""
    if not error.line:
        return say("settings.toml", where=where, why=error.why)
    return say("settings.toml-at", where=where, line=str(error.line), column=str(error.column), why=error.why)


def _check_zone(zone: str, file: SettingsFile) -> None:
    if zone and zone not in clock.time_zones():
        near = settings_faults.nearest(zone, sorted(clock.time_zones()))
        raise file.wrong(("vault", "timezone"), zone, say("settings.time-zone"), near)


def _check_folders(settings: Settings, file: SettingsFile) -> None:
    named: list[tuple[toml_text.KeyPath, str]] = [(("reports", "folder"), settings.reports.folder)]
    if settings.templates:
        named.append((("templates",), settings.templates))
    named += [(("folders", name), folder) for name, folder in settings.folders.items()]
    for path, folder in named:
        if not can_be_folder(folder):
            raise file.wrong(path, folder, say("settings.folder"))


# ---------------------------------------------------------------- vocabulary


_FREE = frozenset({"modes", "stages"})
"""The groups of words to which a vault may add words."""
_SECTIONS: Mapping[WordGroup, str] = {
    "statuses": "status",
    "outcomes": "outcome",
    "modes": "mode",
    "stages": "stage",
    "properties": "key",
}
"""The section of the catalogues with what is shown for a group of words."""
_Words = Mapping[WordGroup, Mapping[str, tuple[str, ...]]]


def vocabulary(
    shipped: str,
    settings: Settings,
    templates: Mapping[str, tuple[str, ...]],
    lines: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Vocabulary:
    """Lay a vault's own words over the shipped ones; what a language calls a term is understood too.

    For each type, `templates` gives the properties that its templates declare, `lines` the lines of their text.
    """
    base = msgspec.convert(tomllib.loads(shipped), VocabularyFile)
    shown = _Labels()
    types = {name: _type(name, NoteType(name), shown.of_type(name, row), templates) for name, row in base.types.items()}
    types |= {name: NoteType(name, fields=fields) for name, fields in templates.items() if name not in types}
    for name, row in settings.types.items():
        types[name] = _type(name, types.get(name, NoteType(name)), row, templates)
    relations = {name: _relation(Relation(name), shown.of_relation(name, row)) for name, row in base.relations.items()}
    for name, relation in settings.relations.items():
        relations[name] = _relation(relations.get(name, Relation(name)), relation)
    types = {name: replace(kind, lines=lines.get(name, frozenset())) for name, kind in types.items()}
    known = {group: shown.of_words(group, rows) for group, rows in base.words.items()}
    return Vocabulary(types, relations, {group: _words(known, settings.words, group) for group in known})


class _Labels:
    """What the catalogues call the terms of the vocabulary: whatever is shown can be typed back."""

    def __init__(self) -> None:
        self._all = [words(language) for language in languages()]

    def of_type(self, name: str, row: TypeRow) -> TypeRow:
        return msgspec.structs.replace(row, names=self._with(row.names, "type", name))

    def of_relation(self, name: str, row: RelationRow) -> RelationRow:
        names = self._with(row.names, "relation", name)
        inverse = self._with(row.inverse_names, "relation", row.inverse or "")
        return msgspec.structs.replace(row, names=names, inverse_names=inverse)

    def of_words(self, group: WordGroup, rows: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {name: self._with(names, _SECTIONS[group], name) for name, names in rows.items()}

    def _with(self, names: tuple[str, ...], section: str, name: str) -> tuple[str, ...]:
        known = {word_key(each) for each in (name, *names)}
        shown = (str(each.section(section).get(name) or "") for each in self._all)
        return (*names, *dict.fromkeys(label for label in shown if word_key(label) not in {"", *known}))


def _words(base: _Words, own: _Words, group: WordGroup) -> dict[str, tuple[str, ...]]:
    """Lay a vault's own words of a group over the shipped ones."""
    merged = dict(base[group])
    for name, names in own.get(group, {}).items():
        if name not in merged and group not in _FREE:
            raise SettingsFile(FILE, "").unknown(("words", group, name), merged)
        merged[name] = (*merged.get(name, ()), *names)
    return merged


def _type(name: str, base: NoteType, row: TypeRow, templates: Mapping[str, tuple[str, ...]]) -> NoteType:
    return NoteType(
        name,
        (*base.names, *row.names, *filter(None, [row.label])),
        base.role if row.role is None else row.role,
        base.color if row.color is None else row.color,
        templates.get(name, base.fields),
        row.label or base.label,
    )


def _relation(base: Relation, row: RelationRow) -> Relation:
    listed = row.acyclic if isinstance(row.acyclic, tuple) else ()
    return Relation(
        name=base.name,
        names=(*base.names, *row.names, *filter(None, [row.label])),
        inverse=base.inverse if row.inverse is None else row.inverse,
        inverse_names=(*base.inverse_names, *row.inverse_names),
        symmetric=base.symmetric if row.symmetric is None else row.symmetric,
        sources=base.sources if row.sources is None else row.sources,
        targets=base.targets if row.targets is None else row.targets,
        acyclic=base.acyclic if row.acyclic is None else bool(row.acyclic),
        acyclic_types=base.acyclic_types if row.acyclic is None else listed,
        weight=base.weight if row.weight is None else row.weight,
        color=base.color if row.color is None else row.color,
        label=row.label or base.label,
    )


def rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the vault's rules, in order."""
    return tuple(Rule(row.type, row.folder, row.tag) for row in settings.rules)


class AdviceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped `advice.toml`."""

    advice: dict[str, AdviceRow]


def advice(shipped: str, settings: Settings) -> tuple[Advice, ...]:
    """Lay a vault's own rules of advice over the shipped ones: new ones go first, changed ones keep their place."""
    rows = msgspec.convert(tomllib.loads(shipped), AdviceFile).advice
    rules = {name: _shipped_rule(name, row) for name, row in rows.items()}
    off = {name for name, row in settings.advice.items() if not row.on}
    own: dict[str, Advice] = {}
    for name, row in settings.advice.items():
        if name in rules:
            rules[name] = _rule(rules[name], row)
        else:
            own[name] = _own_rule(name, row, rules)
    return tuple(rule for rule in (*own.values(), *rules.values()) if rule.name not in off)


def _shipped_rule(name: str, row: AdviceRow) -> Advice:
    title, step = say(f"advice.{name}-title"), say(f"advice.{name}-step")
    return _rule(Advice(name, title, demand=True, supply=(), step=step), row)


def _own_rule(name: str, row: AdviceRow, shipped: Mapping[str, Advice]) -> Advice:
    """Read a rule of a vault's own; SettingsError where it says too little to ever fit."""
    if row.demand is None or not row.supply or not row.step:
        at = SettingsFile(FILE, "").at(("advice", name))
        near = settings_faults.nearest(name, shipped)
        raise SettingsError(
            say("settings.advice-near", at=at, near=near) if near else say("settings.advice-lacks", at=at)
        )
    return _rule(Advice(name, name, demand=row.demand, supply=row.supply, step=row.step), row)


def _rule(base: Advice, row: AdviceRow) -> Advice:
    return Advice(
        name=base.name,
        title=base.title if row.title is None else row.title,
        demand=base.demand if row.demand is None else row.demand,
        supply=base.supply if row.supply is None else row.supply,
        step=base.step if row.step is None else row.step,
    )


def targets(settings: Settings) -> Targets:
    """Return what the user means to do."""
    meant = settings.learning
    day = get_args(Weekday).index(meant.reflection_day)
    return Targets(meant.hours_a_week, meant.projects_a_month, meant.summaries_a_quarter, day)
