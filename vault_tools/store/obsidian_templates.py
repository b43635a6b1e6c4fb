"""What Obsidian's settings say about new notes: where templates lie, who fills them, and notes named by a date."""

from collections.abc import Iterator
from typing import Any

from vault_tools.dialect.periodic import FORMATS, PeriodicNotes, periodic
from vault_tools.store.obsidian_json import Table, rows, table, text


def template_folders(core: Table, templater: Table, daily: Table) -> Iterator[str]:
    """Yield the folders of templates that the core plugin, Templater and daily notes name."""
    folders = (text(core, "folder"), text(templater, "templates_folder"), text(daily, "template").rpartition("/")[0])
    yield from (folder for folder in folders if folder.strip("/ "))


def folders_to_fill(templater: Table) -> Iterator[str]:
    """Yield the folders whose new notes Templater fills; where it uses patterns of names, it may be any."""
    if templater.get("trigger_on_file_creation") is False:
        return
    if templater.get("enable_file_templates") is True and rows(templater, "file_templates"):
        yield ""
    if templater.get("enable_folder_templates") is not False:
        for row in map(table, rows(templater, "folder_templates")):
            if text(row, "template"):
                yield text(row, "folder").strip("/")


def periodic_notes(daily: Any, plugin: Table) -> Iterator[PeriodicNotes]:  # noqa: ANN401
    """Yield the daily notes of Obsidian itself, and what the plugin Periodic Notes adds."""
    has_daily = isinstance(daily, dict)
    if has_daily:
        yield _notes_of("daily", daily)
    for kind in FORMATS:
        settings = table(plugin.get(kind))
        if settings.get("enabled") is True and not (kind == "daily" and has_daily):
            yield _notes_of(kind, settings)


def _notes_of(kind: str, settings: Table) -> PeriodicNotes:
    return periodic(kind, text(settings, "folder"), text(settings, "format"), text(settings, "template"))
