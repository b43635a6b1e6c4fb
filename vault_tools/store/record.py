"""What the pages take from Obsidian's settings, recorded beside them: a device that lacks these settings reads it.

The record holds only the keys that pages depend on, in one canonical form, so that devices write the same bytes.
To make pages depend on another key, name it in `KEPT`; on another file, give it a row.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vault_tools.dialect.periodic import FORMATS

FILE = "obsidian.json"
MARK = '"generated-by": "vault-tools"'
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
"""Beside the files: the names of attachments that stand anywhere in the settings."""
_DEEPEST = 5
"""Lists and tables in each other: what is deeper is nothing that Obsidian writes under these keys."""
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = Mapping[str, Any]
"""For each file of settings, by its path below the settings' folder: its kept keys, or the line that is no JSON.

And under `MENTIONS` a list of names.
"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What counts of each file, and the files that say something else on this device."""

    record: Record
    differing: tuple[str, ...]


def kept(name: str, value: object) -> Any:  # noqa: ANN401
    """Return what is recorded of a file's decoded contents; of what is no table, an empty one."""
    table = value if isinstance(value, dict) else {}
    return {key: _shallow(table[key]) for key in KEPT[name] if table.get(key) is not None}


def read(text: str | None) -> Record:
    """Read a record; what is none of ours, or damaged, holds nothing."""
    try:
        told = json.loads(text or "")
        files = told["files"] if MARK in (text or "") else {}
        known = {name: value for name, value in files.items() if name in KEPT}
        found = {name: value if is_broken(value) else kept(name, value) for name, value in known.items()}
        return found | ({MENTIONS: sorted(map(str, files[MENTIONS]))} if MENTIONS in files else {})
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {}


def written(record: Record) -> str:
    """Return a record as it is written: the same record gives the same text."""
    files = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    indented = files.replace("\n", "\n  ")
    whole = f'{{\n  {MARK},\n  "files": {indented}\n}}\n'
    return _SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", whole)


def agree(local: Record, recorded: Record, edited: Collection[str] | None) -> Agreed:
    """Lay the settings of this device and the record over each other.

    Where both know a file and differ, the record counts: else two devices with settings of their own would take turns
    for ever. But what was `edited` here counts before it, and with None, as where a person runs a command, all does.
    So does what can be read before what could not. A name that any device mentions is mentioned.
    """
    unread = {name for name in local if name not in recorded or is_broken(recorded[name]) > is_broken(local[name])}
    meant = {name for name in local if edited is None or (name in edited and not is_broken(local[name]))}
    wins = unread | meant
    differing = (name for name in local if name not in {*wins, MENTIONS} and local[name] != recorded[name])
    both = {**recorded, **{name: local[name] for name in wins}}
    names = both.get(MENTIONS, []) if edited is None else {*local.get(MENTIONS, []), *recorded.get(MENTIONS, [])}
    whole = {**both, MENTIONS: sorted(names)}
    return Agreed(whole if names or len(whole) > 1 else {}, tuple(sorted(differing)))


def is_broken(recorded: object) -> bool:
    """Tell whether what is recorded of a file says only where it is no JSON."""
    return isinstance(recorded, int)


def _shallow(value: object, depth: int = _DEEPEST) -> object:
    """Return a value of JSON without what lies too deep in it."""
    if not depth:
        return None
    if isinstance(value, dict):
        return {key: _shallow(each, depth - 1) for key, each in value.items()}
    return [_shallow(each, depth - 1) for each in value] if isinstance(value, list) else value
