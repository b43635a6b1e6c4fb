"""What pages take from Obsidian's settings, recorded beside them for devices that lack these settings.

The record holds only the keys that pages depend on, in one canonical form, so that devices write the same bytes.
To make pages depend on another key, name it in `KEPT`; on another file, give it a row.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vault_tools.dialect.periodic import FORMATS
from vault_tools.ours import RECORD_MARK

KEPT: Mapping[str, tuple[str, ...]] = {
    "app.json": (
        "alwaysUpdateLinks",
        "attachmentFolderPath",
        "newFileFolderPath",
        "newFileLocation",
        "newLinkFormat",
        "showUnsupportedFiles",
        "useMarkdownLinks",
        "userIgnoreFilters",
    ),
    "daily-notes.json": ("folder", "format", "template"),
    "graph.json": ("colorGroups",),
    "templates.json": ("dateFormat", "folder", "timeFormat"),
    "types.json": ("types",),
    "plugins/periodic-notes/data.json": tuple(FORMATS),
    "plugins/templater-obsidian/data.json": ("templates_folder",),
}
MENTIONS = "mentions"
"""In addition to the files: the names of attachments found anywhere in the settings."""
_DEEPEST = 5
"""The deepest nesting; Obsidian writes nothing deeper under these keys."""
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = Mapping[str, Any]
"""For each settings file, by its path below the settings folder: its kept keys, or the line that is not JSON.

Also, under `MENTIONS`, a list of names.
"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The values that count for each file, and the files that are different on this device."""

    record: Record
    differing: tuple[str, ...]


def kept_keys(name: str, value: object) -> Any:  # noqa: ANN401
    """Return what to record of a file's decoded contents; an empty table if it is not a table."""
    table = value if isinstance(value, dict) else {}
    return {key: _shallow(table[key]) for key in KEPT[name] if table.get(key) is not None}


def read(text: str | None) -> Record:
    """Read a record; a foreign or damaged one counts as empty."""
    if text is None or RECORD_MARK not in text:
        return {}
    try:
        return _checked(json.loads(text)["files"])
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {}


def _checked(files: Mapping[str, Any]) -> Record:
    record: dict[str, Any] = {}
    for name, value in files.items():
        if name in KEPT:
            record[name] = value if is_broken(value) else kept_keys(name, value)
    if MENTIONS in files:
        record[MENTIONS] = sorted(map(str, files[MENTIONS]))
    return record


def format_record(record: Record) -> str:
    """Return the text of a record; the same record always gives the same text."""
    files = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    indented = files.replace("\n", "\n  ")
    whole = f'{{\n  {RECORD_MARK},\n  "files": {indented}\n}}\n'
    return _SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", whole)


def agree(local: Record, shared: Record, edited: Collection[str] | None) -> Agreed:
    """Merge the settings of this device with the record that devices share.

    If both have a file and differ, the record counts; otherwise two devices with different settings would overwrite
    each other for ever. But files that were `edited` here count before the record; None, for a command that a person
    runs, means all files. Valid JSON always counts before invalid JSON. A name counts as mentioned if any device
    mentions it.
    """
    ours = {name for name, value in local.items() if _wins(name, value, shared, edited)}
    merged = {**shared, **{name: local[name] for name in ours}}
    names = merged.get(MENTIONS, ()) if edited is None else {*local.get(MENTIONS, ()), *shared.get(MENTIONS, ())}
    merged[MENTIONS] = sorted(names)
    differing = (name for name in local.keys() - ours - {MENTIONS} if _differs(local[name], shared[name]))
    return Agreed({} if merged == {MENTIONS: []} else merged, tuple(sorted(differing)))


def _wins(name: str, value: object, shared: Record, edited: Collection[str] | None) -> bool:
    """Tell whether this device's value of a file counts, and not the recorded one."""
    if name not in shared:
        return True
    if is_broken(value) != is_broken(shared[name]):
        return is_broken(shared[name])
    return edited is None or name in edited


def _differs(value: object, other: object) -> bool:
    """Tell whether two devices have different contents of a file, as far as both or neither are JSON."""
    return is_broken(value) == is_broken(other) and value != other


def is_broken(value: object) -> bool:
    """Tell whether the record of a file only says where it stops being JSON."""
    return isinstance(value, int)


def _shallow(value: object, depth: int = _DEEPEST) -> object:
    """Return a JSON value without parts that are nested too deeply."""
    if not depth:
        return None
    if isinstance(value, dict):
        return {key: _shallow(each, depth - 1) for key, each in value.items()}
    return [_shallow(each, depth - 1) for each in value] if isinstance(value, list) else value
