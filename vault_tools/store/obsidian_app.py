"""What `app.json` says: the settings of Obsidian itself."""

import re
from dataclasses import Field, dataclass, fields
from typing import Any, get_args

from vault_tools.model.note import Problem
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.store.obsidian_json import Table


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


def app_of(settings: Table) -> tuple[App, Problem | None]:
    """Take each key whose value is of the right kind; the others keep their defaults, and the last is reported."""
    chosen: dict[str, Any] = {}
    problem = None
    for each in fields(App):
        key = re.sub(r"_(.)", lambda letter: letter[1].upper(), each.name)
        value = settings.get(key)
        if isinstance(value, list):
            value = tuple(item for item in value if isinstance(item, str))
        if value is None:
            continue
        if _fits(each, value):
            chosen[each.name] = value
        else:
            problem = _problem(key)
    return App(**chosen), problem


def _fits(field: Field[Any], value: object) -> bool:
    if not isinstance(value, type(field.default)):
        return False
    return field.type is not LinkFormat or value in get_args(LinkFormat)


def _problem(key: str) -> Problem:
    message = "problem.settings.setting-invalid"
    return Problem("settings-invalid", 0, message, "problem.settings.setting-invalid-fix", (("setting", key),))
