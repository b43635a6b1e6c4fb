"""What Obsidian's own settings say of a vault; read, never written. A broken file counts as absent."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from stat import S_ISREG
from typing import Any, get_args

from vault_tools.dialect.mentions import mentions
from vault_tools.dialect.periodic import FORMATS, PeriodicNotes, periodic
from vault_tools.model.note import Problem
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.store import record
from vault_tools.store.contents import text_of
from vault_tools.store.places import settings_folders
from vault_tools.store.record import Record

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
_Table = Mapping[str, Any]
_Decoded = tuple[Any, int | None]
"""The contents of a file, None if there are none; and the line where it stops being JSON, None if it is valid."""


@dataclass(frozen=True, slots=True)
class App:
    """`app.json`: one field for each key of interest, `newLinkFormat` as `new_link_format`, with Obsidian's default."""

    new_link_format: LinkFormat = "shortest"
    use_markdown_links: bool = False
    always_update_links: bool = False
    attachment_folder_path: str = "/"
    new_file_location: str = "root"
    new_file_folder_path: str = ""
    show_unsupported_files: bool = False
    user_ignore_filters: tuple[str, ...] = ()

    def attachments_of(self, note: str) -> str:
        """Return the folder into which Obsidian puts the attachments of a note, as a vault path ("" for the root)."""
        path = self.attachment_folder_path
        if path != "." and not path.startswith("./"):
            return path.strip("/")
        parts = (note.rpartition("/")[0], path[2:].strip("/"))
        return "/".join(part for part in parts if part)


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
    app: App = App()
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


def read(root: Path, recorded: Record | None = None, edited: Collection[str] | None = None) -> ObsidianSettings:
    """Read the settings of a vault, and merge them with those that are `recorded`; see `record.agree`."""
    folders = settings_folders(root)
    folder = folders[0] if folders else DEFAULT_FOLDER
    texts = {name: text_of(root, f"{folder}/{name}") for name in FILES}
    mentioned = _mentions(root / folder) if folders else ()
    decoded = {name: _decoded(text) for name, text in texts.items()}
    here = {**local_record(decoded), **({record.MENTIONS: list(mentioned)} if folders else {})}
    agreed = record.agree(here, recorded or {}, edited)
    found = {name: _laid_over(name, value, agreed.record) for name, (value, _) in decoded.items()}
    problems = {
        f"{folder}/{name}": replace(_INVALID, line=at)
        for name in record.KEPT
        if isinstance(at := agreed.record.get(name), int)
    }
    core, templater = _table(found["templates.json"]), _table(found["plugins/templater-obsidian/data.json"])
    return ObsidianSettings(
        folder=folder,
        app=_app(_table(found["app.json"]), f"{folder}/app.json", problems),
        templates=tuple(_template_folders(core, templater, _table(found["daily-notes.json"]))),
        filled=tuple(_filled(templater)),
        prefixes=tuple(_prefixes(_table(found["plugins/dataview/data.json"]))),
        date_format=_text(core, "dateFormat"),
        time_format=_text(core, "timeFormat"),
        periodic=tuple(_periodic(found["daily-notes.json"], _table(found["plugins/periodic-notes/data.json"]))),
        property_types=_property_types(_table(found["types.json"])),
        color_groups=tuple(_color_groups(_table(found["graph.json"]))),
        core_plugins=_core_plugins(found["core-plugins.json"]),
        problems=problems,
        local_problems=_local_problems(folders, decoded, agreed.record),
        mentions=tuple(agreed.record.get(record.MENTIONS, ())),
        record=agreed.record,
        differing=agreed.differing,
        text="\0".join(f"{name}\0{text}" for name, text in (("", folder), *texts.items(), *enumerate(mentioned))),
    )


def _template_folders(core: _Table, templater: _Table, daily: _Table) -> Iterator[str]:
    """Yield the folders of templates that the core plugin, Templater and daily notes name."""
    named = (_text(core, "folder"), _text(templater, "templates_folder"), _text(daily, "template").rpartition("/")[0])
    yield from (folder for folder in named if folder.strip("/ "))


# ---------------------------------------------------------------- names of attachments

_PLACES = ("*", "snippets/*", "themes/*/*", "plugins/*/*")
_READ = frozenset({".json", ".css", ".md", ".txt", ".js", ".yaml", ".yml"})
_LEFT_OUT = re.compile(r"workspace.*\.json|manifest\.json|main\.js", re.IGNORECASE)
"""Recently shown files do not count as used; code and its manifest name no file of the vault."""
_MOST_FILES = 1000
_LARGEST = 2_000_000
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def _mentions(folder: Path) -> tuple[str, ...]:
    """Return the names of attachments in the files of a folder of settings: at most 1,000 files of 2 MB."""
    found: set[str] = set()
    paths = chain.from_iterable(sorted(folder.glob(place)) for place in _PLACES)
    for path in islice((each for each in paths if _is_read(each.name)), _MOST_FILES):
        try:
            status = path.stat()
        except OSError:
            continue
        if S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
            found.update(_mentions_at(path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size)))
    return tuple(sorted(found))


def _is_read(name: str) -> bool:
    return Path(name).suffix.lower() in _READ and _LEFT_OUT.fullmatch(name) is None


@lru_cache(maxsize=1 << 11)
def _mentions_at(path: Path, _stamp: tuple[int, int, int]) -> tuple[str, ...]:
    """Return the names in a file; it is only read again if its stamp changes, because a daemon asks at every look."""
    try:
        text = path.read_text("utf-8-sig", "replace")
    except OSError:
        return ()
    if path.suffix.lower() == ".json":  # each string by itself, so that other values change nothing
        text = "\n\n".join(_STRING.findall(text)) + "\n\n"
    return mentions(text)


def _filled(templater: Mapping[str, Any]) -> Iterator[str]:
    """Yield the folders whose new notes Templater fills; where it uses patterns of names, it may be any."""
    if templater.get("trigger_on_file_creation") is False:
        return
    if templater.get("enable_file_templates") is True and _rows(templater, "file_templates"):
        yield ""
    if templater.get("enable_folder_templates") is not False:
        rows = map(_table, _rows(templater, "folder_templates"))
        yield from (_text(row, "folder").strip("/") for row in rows if _text(row, "template"))


def _prefixes(dataview: Mapping[str, Any]) -> Iterator[str]:
    """Yield the prefixes of inline queries; with an empty prefix, all inline code is a query."""
    named = (dataview.get(key) for key in ("inlineQueryPrefix", "inlineJsQueryPrefix"))
    yield from (prefix for prefix in named if isinstance(prefix, str))


def _local_problems(folders: list[str], decoded: Mapping[str, _Decoded], known: record.Record) -> dict[str, Problem]:
    """Return what is wrong with settings on this device only: no page depends on them, or the record has sound ones."""
    folder = folders[0] if folders else DEFAULT_FOLDER
    wrong = ((name, line) for name, (_, line) in decoded.items() if line is not None)
    lines = {name: line for name, line in wrong if not record.is_broken(known.get(name))}
    found = {f"{folder}/{name}": replace(_INVALID, line=line) for name, line in lines.items()}
    return {**found, folder: _several(folders)} if len(folders) > 1 else found


def _several(folders: list[str]) -> Problem:
    message = "problem.settings.several-folders"
    remedy = "problem.settings.several-folders-fix"
    return Problem("settings-folder", 0, message, remedy, (("folders", tuple(folders)),))


_INVALID = Problem("settings-invalid", 0, "problem.settings.invalid-json", "problem.settings.invalid-json-fix")


def _decoded(text: str | None) -> _Decoded:
    """Decode JSON; None where there is nothing, or nothing that can be read."""
    if text is None or not text.strip():
        return None, None
    try:
        return _writable(json.loads(text)), None
    except (ValueError, RecursionError) as error:
        return None, getattr(error, "lineno", 0)


def local_record(decoded: Mapping[str, _Decoded]) -> Record:
    """Return what to record of this device's files; nothing for files that it lacks."""
    told = {name: decoded[name] for name in record.KEPT}
    there = {name: (value, line) for name, (value, line) in told.items() if value is not None or line is not None}
    return {name: record.kept(name, value) if line is None else line for name, (value, line) in there.items()}


def _laid_over(name: str, value: Any, agreed: Record) -> Any:  # noqa: ANN401
    """Return the contents of a file, with the values that count instead of its own."""
    if name not in agreed or record.is_broken(agreed[name]):
        return None if name in agreed else value
    here = {key: one for key, one in _table(value).items() if key not in record.KEPT[name]}
    return here | agreed[name]


_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What JSON can express but neither a file name nor a text file can contain."""


def _writable(value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value without characters that cannot be written."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(each) for each in value]
    if isinstance(value, dict):
        return {_writable(key): _writable(each) for key, each in value.items()}
    return value


def _table(value: Any) -> dict[str, Any]:  # noqa: ANN401
    return value if isinstance(value, dict) else {}


def _text(settings: Mapping[str, Any], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _rows(settings: Mapping[str, Any], key: str) -> list[Any]:
    value = settings.get(key)
    return value if isinstance(value, list) else []


def _app(settings: Mapping[str, Any], path: str, problems: dict[str, Problem]) -> App:
    """Take each key whose value is of the right kind; the others keep their defaults, and are reported."""
    chosen: dict[str, Any] = {}
    for each in fields(App):
        key = re.sub(r"_(.)", lambda found: found[1].upper(), each.name)
        value = settings.get(key)
        if isinstance(value, list):
            value = tuple(item for item in value if isinstance(item, str))
        if value is None:
            continue
        if isinstance(value, type(each.default)) and (each.type is not LinkFormat or value in get_args(LinkFormat)):
            chosen[each.name] = value
        else:
            message = "problem.settings.setting-invalid"
            remedy = "problem.settings.setting-invalid-fix"
            problems[path] = Problem("settings-invalid", 0, message, remedy, (("setting", key),))
    return App(**chosen)


def _periodic(daily: Any, plugin: Mapping[str, Any]) -> Iterator[PeriodicNotes]:  # noqa: ANN401
    """Give the daily notes of Obsidian itself, and what the plugin Periodic Notes adds."""
    if isinstance(daily, dict):
        yield _period("daily", daily)
    for kind in FORMATS:
        settings = _table(plugin.get(kind))
        if settings.get("enabled") is True and not (kind == "daily" and isinstance(daily, dict)):
            yield _period(kind, settings)


def _period(kind: str, settings: Mapping[str, Any]) -> PeriodicNotes:
    return periodic(kind, _text(settings, "folder"), _text(settings, "format"), _text(settings, "template"))


def _property_types(settings: Mapping[str, Any]) -> dict[str, str]:
    known = _table(settings.get("types"))
    return {name.lower(): kind for name, kind in known.items() if isinstance(kind, str)}


def _color_groups(settings: Mapping[str, Any]) -> Iterator[ColorGroup]:
    for row in map(_table, _rows(settings, "colorGroups")):
        color = _table(row.get("color")).get("rgb")
        if isinstance(color, int):
            yield ColorGroup(_text(row, "query"), f"#{color & 0xFFFFFF:06X}")


def _core_plugins(value: Any) -> dict[str, bool]:  # noqa: ANN401
    """Read which core plugins are on: a list of them in older versions, a table since."""
    if isinstance(value, list):
        return {name: True for name in value if isinstance(name, str)}
    return {name: on for name, on in _table(value).items() if isinstance(on, bool)}
