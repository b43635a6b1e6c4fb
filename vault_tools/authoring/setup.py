"""Sets up a vault: writes our note templates, and settings that explain themselves.

Obsidian's own settings are read and never written, not even the types of properties, and not even where there are none
yet: nobody can tell whether the app runs (perhaps on another device, with a sync service between), and it writes these
files again at any time from what it has in memory. It guesses the kind of a property from its first value; the few that
it cannot guess are named to the user instead.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vault_tools import ours, shipped
from vault_tools.app import Vault
from vault_tools.authoring import notes_language
from vault_tools.authoring.folders import as_spelled
from vault_tools.forms import Forms, Template
from vault_tools.graph.names import file_key
from vault_tools.model.change import Page
from vault_tools.model.text import Say, say
from vault_tools.store import contents, entries, output

FOLDERS = {"en": "Templates", "zh": "模板"}
"""The template folder that is proposed where none is set."""
_OFFERED = re.compile(r"^#templates = .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be written, what is there already and stays, and what to do next."""

    pages: tuple[Page, ...]
    kept: tuple[str, ...]
    steps: tuple[Say, ...]


def setup(vault: Vault, language: str) -> Setup:
    """Plan a vault's set-up in a language (`en` or `zh`); nothing is written."""
    own_folder = next(iter(vault.snapshot.vault.template_folders), "").strip("/ ")
    folder = own_folder or as_spelled(vault, FOLDERS.get(language, FOLDERS["en"]))
    forms = vault.forms.in_language(language)
    templates = _template_pages(forms, folder)
    settings = Page(ours.SETTINGS, _settings(language, "" if own_folder else folder))
    there = _paths_there(vault, folder)
    pages = [page for page in (*templates, settings) if file_key(page.path) not in there]
    kept = {page.path for page in (*templates, settings) if file_key(page.path) in there}
    kept |= {template.path for template in forms.templates.values() if template.path}
    steps = (_why_there(vault, folder, is_set=bool(own_folder)), *_steps(vault, forms, folder))
    return Setup(tuple(pages), tuple(sorted(kept)), tuple(filter(None, steps)))


def _template_pages(forms: Forms, folder: str) -> list[Page]:
    """Return the files of the templates that the vault has none of its own for."""
    templates = [template for template in forms.templates.values() if not template.path]
    return [Page(f"{folder}/{template.label}.md", template.form.text) for template in templates]


def _paths_there(vault: Vault, folder: str) -> set[str]:
    """Return the keys of the files that are there already: in the template folder, and the settings."""
    there = {file_key(f"{folder}/{name}") for name in entries.names(vault.root, folder)}
    has_settings = contents.digest_at(vault.root, ours.SETTINGS) is not None
    return there | {file_key(ours.SETTINGS)} if has_settings else there


def _why_there(vault: Vault, folder: str, *, is_set: bool) -> Say | None:
    """Say why the templates go into this folder; None if it is a new one."""
    if is_set and any(each.strip("/ ") for each in vault.obsidian.templates):
        return say("init.folder-of-obsidian", folder=folder)
    if is_set:
        return say("init.folder-of-settings", folder=folder)
    return say("init.folder-there", folder=folder) if folder in entries.folders(vault.root) else None


def language_of(vault: Vault) -> str:
    """Return the language of a set-up that names none: that of the vault's settings, else that of its notes.

    The language of the system does not count: another device may have another one.
    """
    own = _own_language(vault)
    if not own:
        return notes_language.language_of(vault.notes)
    return shipped.nearest_language(own, ("en", *shipped.note_languages())) or "en"


def _own_language(vault: Vault) -> str:
    """Return the language that the vault's settings name; "" if they name none."""
    language: str = tomllib.loads(contents.settings_of(vault.root, ours.SETTINGS)).get("language", "")
    return language


def about_language(vault: Vault, language: str, command: str) -> Say:
    """Say why a set-up that names no language has this one, and with which command it has another."""
    if _own_language(vault):
        return say("init.as-set", command=command)
    if language == "zh":
        return say("init.chinese-by-notes", command=command)
    return say("init.english-by-notes" if vault.notes else "init.english-by-default", command=command)


def carry_out(vault: Vault, page: Page) -> bool:
    """Write one of the files; False if there is one of that name by now."""
    return output.create(vault.root, page.path, page.text)


def _settings(language: str, folder: str) -> str:
    """Return the text of the settings; the template folder is set there if Obsidian does not know it."""
    text = shipped.translated("settings/{}.toml", language)
    return _OFFERED.sub(f'templates = "{folder}"', text) if folder else text


def _steps(vault: Vault, forms: Forms, folder: str) -> Iterator[Say]:
    """Say what to do next, in four lines at most."""
    if not vault.obsidian.templates:
        yield say("init.templates-plugin", folder=folder)
    numbers = sorted(_untyped(vault, forms.templates.values()))
    if numbers:
        yield say("init.number-properties", names=tuple(numbers))
    yield say(
        "init.ignore-page",
        line=f"/{vault.folder}/{ours.GRAPH_PAGE}" if vault.folder else f"/{ours.GRAPH_PAGE}",
    )
    yield say("init.first-entry")


def _untyped(vault: Vault, templates: Iterable[Template]) -> set[str]:
    """Return the properties that hold numbers but have no such type in Obsidian: an empty one shows no type."""
    fields = {field.name for one in templates for field in one.form.fields if field.kind == "number"}
    return {name for name in fields if name.lower() not in vault.obsidian.property_types}
