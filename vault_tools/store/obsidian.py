"""What Obsidian's own settings say of a vault; read, never written. A broken file counts as absent."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vault_tools.dialect.periodic import PeriodicNotes
from vault_tools.model.note import Problem
from vault_tools.store import record
from vault_tools.store.contents import text_of
from vault_tools.store.obsidian_app import App, app_of
from vault_tools.store.obsidian_json import Decoded, Table, decode, rows, table, text
from vault_tools.store.obsidian_mentions import mentions_below
from vault_tools.store.obsidian_templates import folders_to_fill, periodic_notes, template_folders
from vault_tools.store.places import settings_folders
from vault_tools.store.record import Agreed, Record

FILES = (
    "app.json",
    "core-plugins.json",
    "daily-notes.json",
    "graph.json",
    "templates.json",
    "types.json",
    "plugins/dataview/data.json",
    "plugins/periodic-notes/data.json",
    "plugins/templater-obsidian/data.json",
)
DEFAULT_FOLDER = ".obsidian"

_INVALID = Problem("settings-invalid", 0, "problem.settings.invalid-json", "problem.settings.invalid-json-fix")


@dataclass(frozen=True, slots=True)
class ColorGroup:
    """A colour that Obsidian's graph gives to what a search finds: `#RRGGBB`."""

    query: str
    color: str


@dataclass(frozen=True, slots=True)
class ObsidianSettings:
    """The settings that matter here, with Obsidian's defaults where a file or key is absent.

    `folder` is where they lie. `templates` are folders, and `filled` those whose new notes Templater fills ("" for
    all). `prefixes` are those of Dataview's inline queries. `date_format` and `time_format` are what `{{date}}` and
    `{{time}}` mean in templates. `property_types` have lower-case names. `mentions` are the names of attachments found
    anywhere in settings, snippets and plugin data, in order. `problems` are by path, and so are `local_problems`, which
    another device need not have, so no page may show them. `text` is what was read, for comparison. `record` is what
    pages depend on, in the form to record beside them. `differing` are the files whose contents on this device are
    different.
    """

    folder: str = DEFAULT_FOLDER
    app: App = field(default_factory=App)
    templates: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    date_format: str = ""
    time_format: str = ""
    periodic: tuple[PeriodicNotes, ...] = ()
    property_types: Mapping[str, str] = field(default_factory=dict)
    color_groups: tuple[ColorGroup, ...] = ()
    core_plugins: Mapping[str, bool] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    local_problems: Mapping[str, Problem] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    text: str = ""
    record: Record = field(default_factory=dict)
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Device:
    """The settings as they are on this device: the folders of settings, and what the first of them holds."""

    folders: list[str]
    texts: Mapping[str, str | None]
    files: Mapping[str, Decoded]
    mentions: tuple[str, ...]

    @property
    def folder(self) -> str:
        return self.folders[0] if self.folders else DEFAULT_FOLDER

    @property
    def text(self) -> str:
        """Everything that was read, as one text."""
        parts = (("", self.folder), *self.texts.items(), *enumerate(self.mentions))
        return "\0".join(f"{name}\0{text}" for name, text in parts)

    @property
    def record(self) -> Record:
        """What to record of these files; nothing for files that this device lacks."""
        files = {name: self.files[name] for name in record.KEPT}
        values = {name: _to_record(name, file) for name, file in files.items() if file != (None, None)}
        return values | ({record.MENTIONS: list(self.mentions)} if self.folders else {})


def read(root: Path, shared: Record | None = None, edited: Collection[str] | None = None) -> ObsidianSettings:
    """Read the settings of a vault, and merge them with the record that devices share; see `record.agree`."""
    device = _read_device(root)
    agreed = record.agree(device.record, shared or {}, edited)
    files = {name: _laid_over(name, value, agreed.record) for name, (value, _) in device.files.items()}
    problems = _invalid(device.folder, {name: agreed.record.get(name) for name in record.KEPT})
    app, app_problem = app_of(table(files["app.json"]))
    if app_problem is not None:
        problems[f"{device.folder}/app.json"] = app_problem
    return replace(
        _settings(files),
        folder=device.folder,
        app=app,
        problems=problems,
        local_problems=_local_problems(device, agreed),
        mentions=tuple(agreed.record.get(record.MENTIONS, ())),
        record=agreed.record,
        differing=agreed.differing,
        text=device.text,
    )


def _read_device(root: Path) -> _Device:
    folders = settings_folders(root)
    folder = folders[0] if folders else DEFAULT_FOLDER
    texts = {name: text_of(root, f"{folder}/{name}") for name in FILES}
    mentions = mentions_below(root / folder) if folders else ()
    return _Device(folders, texts, {name: decode(text) for name, text in texts.items()}, mentions)


def _to_record(name: str, file: Decoded) -> object:
    value, line = file
    return record.kept_keys(name, value) if line is None else line


def _laid_over(name: str, value: Any, agreed: Record) -> Any:  # noqa: ANN401
    """Return the contents of a file, with the values that count instead of its own."""
    if name not in agreed:
        return value
    if record.is_broken(agreed[name]):
        return None
    local = {key: each for key, each in table(value).items() if key not in record.KEPT[name]}
    return local | agreed[name]


def _invalid(folder: str, lines: Mapping[str, object]) -> dict[str, Problem]:
    """Return the problems of files that are no JSON, by the line where they stop being it."""
    return {f"{folder}/{name}": replace(_INVALID, line=line) for name, line in lines.items() if isinstance(line, int)}


def _local_problems(device: _Device, agreed: Agreed) -> dict[str, Problem]:
    """Return what is wrong with settings on this device only: no page depends on them, or the record has sound ones."""
    lines = {name: line for name, (_, line) in device.files.items() if not record.is_broken(agreed.record.get(name))}
    problems = _invalid(device.folder, lines)
    if len(device.folders) > 1:
        problems[device.folder] = _several(device.folders)
    return problems


def _several(folders: list[str]) -> Problem:
    message = "problem.settings.several-folders"
    remedy = "problem.settings.several-folders-fix"
    return Problem("settings-folder", 0, message, remedy, (("folders", tuple(folders)),))


def _settings(files: Mapping[str, Any]) -> ObsidianSettings:
    """Take from each file what matters here."""
    core, templater = table(files["templates.json"]), table(files["plugins/templater-obsidian/data.json"])
    daily, plugin = files["daily-notes.json"], table(files["plugins/periodic-notes/data.json"])
    return ObsidianSettings(
        templates=tuple(template_folders(core, templater, table(daily))),
        filled=tuple(folders_to_fill(templater)),
        prefixes=tuple(_prefixes(table(files["plugins/dataview/data.json"]))),
        date_format=text(core, "dateFormat"),
        time_format=text(core, "timeFormat"),
        periodic=tuple(periodic_notes(daily, plugin)),
        property_types=_property_types(table(files["types.json"])),
        color_groups=tuple(_color_groups(table(files["graph.json"]))),
        core_plugins=_core_plugins(files["core-plugins.json"]),
    )


def _prefixes(dataview: Table) -> Iterator[str]:
    """Yield the prefixes of inline queries; with an empty prefix, all inline code is a query."""
    values = (dataview.get(key) for key in ("inlineQueryPrefix", "inlineJsQueryPrefix"))
    yield from (prefix for prefix in values if isinstance(prefix, str))


def _property_types(settings: Table) -> dict[str, str]:
    types = table(settings.get("types"))
    return {name.lower(): kind for name, kind in types.items() if isinstance(kind, str)}


def _color_groups(settings: Table) -> Iterator[ColorGroup]:
    for row in map(table, rows(settings, "colorGroups")):
        color = table(row.get("color")).get("rgb")
        if isinstance(color, int):
            yield ColorGroup(text(row, "query"), f"#{color & 0xFFFFFF:06X}")


def _core_plugins(value: Any) -> dict[str, bool]:  # noqa: ANN401
    """Read which core plugins are on: a list of them in older versions, a table since."""
    if isinstance(value, list):
        return {name: True for name in value if isinstance(name, str)}
    return {name: on for name, on in table(value).items() if isinstance(on, bool)}
