"""Finds the note that a day already has, so that no second one is created."""

from posixpath import basename

from vault_tools.app import Vault
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.folders import inside, set_folder
from vault_tools.authoring.new_names import is_log
from vault_tools.errors import UnclearWordError
from vault_tools.forms import Template
from vault_tools.graph.names import file_key
from vault_tools.model.graph import Node
from vault_tools.model.text import say
from vault_tools.store import entries


def find_there(drafts: Drafts, template: Template, folder: str, path: str, *, only_one: bool) -> str | None:
    """Return the note that today has of a template; None if there is none.

    With `only_one`, the note counts in any folder; `path` is the one that a new note would have.
    """
    earlier = _log_by_bare_day(drafts, template, folder)
    if earlier is None and only_one:
        return _elsewhere(drafts.vault, template, path)
    return earlier


def _elsewhere(vault: Vault, template: Template, path: str) -> str | None:
    """Return the note of a day that is in another folder, if there is one; None if its name is free.

    A log of another type that has the name is an error: a link by name could then mean either.
    """
    folder, _, name = f"{path}.md".rpartition("/")
    if file_key(name) in map(file_key, entries.names(vault.root, folder)):
        return None
    logs = _logs_called(vault, name)
    same = next((node.id for node in logs if node.type == template.form.type), None)
    if logs and same is None:
        raise UnclearWordError(say("error.name-taken", path=logs[0].id))
    return same


def _logs_called(vault: Vault, name: str) -> list[Node]:
    """Return the logs of a vault that have a name, in any folder."""
    logs = [node for node in vault.knowledge.nodes.values() if node.kind == "note" and node.role == "log"]
    return [node for node in logs if file_key(basename(node.id)) == file_key(name)]


def _log_by_bare_day(drafts: Drafts, template: Template, folder: str) -> str | None:
    """Return today's log if it has the bare day as its name; None if there is none, or it is the daily note."""
    vault, name = drafts.vault, f"{drafts.now:%Y-%m-%d}.md"
    if not is_log(vault, template):
        return None
    there = next((each for each in entries.names(vault.root, folder) if file_key(each) == name), None)
    if there is None:
        return None
    path = inside(folder, there)
    node = vault.knowledge.nodes.get(path)
    type_ = "note" if node is None else node.type
    if type_ == template.form.type:
        return path
    says_nothing = type_ in {"note", "daily"} and file_key(path) != file_key(_daily(drafts))
    return path if says_nothing else None


def _daily(drafts: Drafts) -> str:
    """Return the path of today's daily note, as the settings have it."""
    template = drafts.vault.forms.templates["daily"]
    folder = set_folder(drafts.vault, template)
    name = drafts.name_of("daily", drafts.now.date())
    return inside(template.folder if folder is None else folder, name) + ".md"
