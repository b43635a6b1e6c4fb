"""What can be set in `vault-tools.toml`: a struct for each table, every key optional."""

from typing import Annotated, Literal

import msgspec

from vault_tools.model.defaults import ENOUGH, EXEMPT, ORPHAN_DEFINITION, STUB_WORDS, OrphanDefinition, Role
from vault_tools.model.learning import Supply

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
    def report_language(self) -> str:
        """The language of the pages: their own, else the vault's."""
        return self.reports.language or self.language
