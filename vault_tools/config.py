"""The settings of a vault: `vault-tools.toml` in its root, every key optional."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec

from vault_tools import clock
from vault_tools.dialect.filenames import can_be_folder
from vault_tools.errors import SettingsError
from vault_tools.learning.alerts import AlertError, alert
from vault_tools.model.graph import STRUCTURAL
from vault_tools.model.learning import Advice, Supply, Targets
from vault_tools.model.text import say
from vault_tools.model.vocabulary import NoteType, Relation, Rule, Vocabulary

FILE = "vault-tools.toml"
_T = TypeVar("_T")
LinkChoice = Literal["uri", "wikilink"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
OrphanDefinition = Literal["isolated", "no-in", "no-out", "islands", "weak"]


Role = Literal["", "topic", "knowledge", "source", "goal", "work", "log", "reflection", "index", "template", "excluded"]
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

    definition: OrphanDefinition = "isolated"
    exempt: tuple[Role, ...] = ("template", "log", "reflection", "index", "excluded")


class Gaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[gaps]`: a note of fewer words than `stub_words` is a stub."""

    stub_words: Count = 20


class Inject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[inject]`: a note that changed within the last `quiet` seconds is left alone; somebody may be writing in it."""

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
    enough: Some = 5
    stale_days: Days = 90


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[check]`: limits on measures, as `reuse_rate < 50 %`; `check` ends with 1 where one is crossed."""

    alerts: tuple[str, ...] = ()


class AdviceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[advice.NAME]`: a rule of one's own, or a change to a known one; `on = false` switches it off."""

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
    """`[types.NAME]`: a note type of one's own, or a change to a known one."""

    names: tuple[str, ...] = ()
    role: Role | None = None
    color: Color | None = None
    label: str = ""


class RelationRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[relations.NAME]`: a relation of one's own, or a change to a known one."""

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


def parse(text: str, where: str = FILE) -> Settings:
    """Read settings from TOML; SettingsError names the key and what to write instead."""
    settings = _convert(text, where)
    _check_folder(settings.reports.folder, where, "[reports] folder")
    if settings.templates:
        _check_folder(settings.templates, where, "templates")
    for name, folder in settings.folders.items():
        _check_folder(folder, where, f"[folders] {name}")
    for at, row in enumerate(settings.rules, 1):
        if not row.folder and not row.tag:
            message = f"{where}: rule {at} ({row.type}) names neither a folder nor a tag, so it fits no note"
            raise SettingsError(say("settings.plain", text=message))
    if settings.watch.create and not settings.watch.device:
        message = f"{where}: [watch] create needs a device that makes them; `vault-tools status` names this one"
        raise SettingsError(say("settings.plain", text=message))
    _check_zone(settings.vault.timezone, where)
    for written in settings.check.alerts:
        try:
            alert(written)
        except AlertError as error:
            message = f"{where}: [check] alerts: {error}"
            raise SettingsError(say("settings.plain", text=message)) from None
    for name in STRUCTURAL & settings.relations.keys():
        message = f"{where}: [relations.{name}]: {name} is Obsidian's own relation; choose another name"
        raise SettingsError(say("settings.plain", text=message))
    return settings


def _convert(text: str, where: str) -> Settings:
    data = _toml(text, where)
    for table, kind in (("types", TypeRow), ("relations", RelationRow), ("advice", AdviceRow)):
        rows = data.get(table)
        for name, row in rows.items() if isinstance(rows, dict) else ():
            _checked(row, kind, where, f"{table}.{name}")
    return _checked(data, Settings, where)


def _checked(data: Any, kind: type[_T], where: str, at: str = "") -> _T:  # noqa: ANN401
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(say("settings.plain", text=_explain(str(error), where, at))) from None


_QUOTED = re.compile(r'"""(?s:.*?)(?:"""|\Z)|"(?>(?:[^"\\\n]|\\.)*)"?|\'[^\'\n]*+\'?|#[^\n]*+')
_LONG_KEY = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]{0,9}+\.[ \t]{0,9}+){64}")
"""A key with more parts than anybody writes: the time that `tomllib` needs grows with their square."""


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        if not _LONG_KEY.search(_QUOTED.sub("q", text)):
            return tomllib.loads(text)
        why = "a key has too many parts"
    except tomllib.TOMLDecodeError as error:
        why = str(error)
    except RecursionError:
        why = "lists or tables are nested too deeply"
    except ValueError:  # Python converts no number of thousands of digits
        why = "a number is too long"
    message = f"{where} is not valid TOML: {why}"
    raise SettingsError(say("settings.plain", text=message))


_UNKNOWN = re.compile(r"unknown field `(.+?)`")
_AT = re.compile(r" - at `\$\.?(.*?)`$")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "reports.links": get_args(LinkChoice),
    "learning.reflection_day": get_args(Weekday),
    "orphans.exempt": get_args(Role)[1:],
    "orphans.definition": get_args(OrphanDefinition),
}
_TABLES: Mapping[str, type[msgspec.Struct]] = {
    "": Settings,
    "vault": Calendar,
    "reports": Reports,
    "orphans": Orphans,
    "gaps": Gaps,
    "inject": Inject,
    "watch": Watch,
    "learning": Learn,
    "check": Check,
    "advice": AdviceRow,
    "rules": RuleRow,
    "types": TypeRow,
    "relations": RelationRow,
}


def _explain(error: str, where: str, table: str) -> str:
    """Say in one line which key is wrong: with the nearest known name, or with what it may be."""
    inner = _AT.search(error)
    at = ".".join(part for part in (table, inner.group(1) if inner else "") if part)
    what = _AT.sub("", error)
    unknown = _UNKNOWN.search(what)
    if unknown is None:
        known = _CHOICES.get(at.partition("[")[0]) or (get_args(Role)[1:] if at.endswith(".role") else ())
        choices = f"; choose one of {', '.join(known)}" if known else ""
        return f"{where}: {at or 'the file'}: {what}{choices}"
    fields = _TABLES.get(re.split(r"[.\[]", at)[0], Settings).__struct_fields__
    near = difflib.get_close_matches(unknown.group(1), fields, 1, 0.5)
    place = f" in [{at}]" if at else ""
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(fields)}"
    return f"{where}: unknown key {unknown.group(1)!r}{place}; {hint}"


def _check_zone(zone: str, where: str) -> None:
    if zone and zone not in clock.time_zones():
        near = difflib.get_close_matches(zone, clock.time_zones(), 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else 'use a name such as "Asia/Shanghai"'
        message = f"{where}: [vault] timezone: there is no time zone {zone!r}; {hint}"
        raise SettingsError(say("settings.plain", text=message))


def _check_folder(folder: str, where: str, key: str) -> None:
    if not can_be_folder(folder):
        message = (
            f"{where}: {key} must be a folder inside the vault that Obsidian shows, "
            f"with a name that is valid on every system, not {folder!r}"
        )
        raise SettingsError(say("settings.plain", text=message))


# ---------------------------------------------------------------- vocabulary


_FREE = frozenset({"modes", "stages"})
"""The groups of words to which a vault may add meanings of its own."""
_Words = Mapping[WordGroup, Mapping[str, tuple[str, ...]]]


def vocabulary(
    shipped: str,
    settings: Settings,
    templates: Mapping[str, tuple[str, ...]],
    lines: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Vocabulary:
    """Lay a vault's own words over the shipped ones.

    For each type, `templates` gives the properties that its templates declare, `lines` the lines of their text.
    """
    base = msgspec.convert(tomllib.loads(shipped), VocabularyFile)
    types = {name: _type(name, NoteType(name), row, templates) for name, row in base.types.items()}
    types |= {name: NoteType(name, fields=fields) for name, fields in templates.items() if name not in types}
    for name, row in settings.types.items():
        types[name] = _type(name, types.get(name, NoteType(name)), row, templates)
    relations = {name: _relation(Relation(name), row) for name, row in base.relations.items()}
    for name, relation in settings.relations.items():
        relations[name] = _relation(relations.get(name, Relation(name)), relation)
    types = {name: replace(kind, lines=lines.get(name, frozenset())) for name, kind in types.items()}
    return Vocabulary(types, relations, {group: _words(base.words, settings.words, group) for group in base.words})


def _words(base: _Words, own: _Words, group: WordGroup) -> dict[str, tuple[str, ...]]:
    """Lay a vault's own words of a group over the shipped ones."""
    merged = dict(base[group])
    for name, names in own.get(group, {}).items():
        if name not in merged and group not in _FREE:
            near = difflib.get_close_matches(name, merged, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(merged)}"
            message = f"{FILE}: [words.{group}]: nothing is called {name!r}; {hint}"
            raise SettingsError(say("settings.plain", text=message))
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
        near = difflib.get_close_matches(name, shipped, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        message = f"{FILE}: [advice.{name}]: {hint}a rule of your own says demand, supply and step"
        raise SettingsError(say("settings.plain", text=message))
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
