"""The folder for a new note, from the settings, from Obsidian, or from where similar notes are."""

from collections import Counter

from vault_tools.app import Vault
from vault_tools.forms import Template
from vault_tools.graph.names import file_key, word_key
from vault_tools.store import entries


def inside(folder: str, name: str) -> str:
    """Return the path of a name in a folder; "" is the vault's root."""
    return f"{folder}/{name}" if folder else name


def folder_of(vault: Vault, template: Template) -> str:
    """Return the folder for new notes of a template, "" for the vault's root.

    It is the one in our settings, that of Obsidian's for notes of such a period, the one where most notes of the type
    lie, or else a plain name.
    """
    folder = set_folder(vault, template)
    if folder is not None:
        return folder
    nodes = [node for node in vault.knowledge.nodes.values() if node.kind == "note" and node.type == template.form.type]
    used = Counter(node.id.rpartition("/")[0] for node in nodes if node.role != "excluded")
    if used:
        return max(sorted(used), key=used.__getitem__)
    return as_spelled(vault, template.folder)


def set_folder(vault: Vault, template: Template) -> str | None:
    """Return the folder that our settings or Obsidian's set for notes of a template; None if they set none."""
    set_ = {word_key(name): folder for name, folder in vault.settings.folders.items()}
    for word, folder in set_.items():
        if vault.forms.called(word) == (template,):
            return folder.strip("/")
    for word, folder in set_.items():
        if template in _all_called(vault, word):
            return folder.strip("/")
    for notes in vault.obsidian.periodic:
        if notes.kind == template.form.name:
            return notes.folder
    return None


def _all_called(vault: Vault, word: str) -> tuple[Template, ...]:
    return tuple(one for template in vault.forms.called(word) for one in vault.forms.all_of(template.form.type))


def as_spelled(vault: Vault, folder: str) -> str:
    """Return a folder as it is spelled in the vault, if it is there in other capitals."""
    names_by_key = {file_key(name): name for name in entries.folders(vault.root)}
    return names_by_key.get(file_key(folder), folder)
