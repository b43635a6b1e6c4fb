"""A new note from a template: where it goes, what it is called, and what is known of it already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from itertools import count

from vault_tools.app import Vault
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.guard import forbids
from vault_tools.dialect.filenames import LONGEST, safe
from vault_tools.dialect.periodic import FORMATS
from vault_tools.dialect.uri import address
from vault_tools.errors import LiveTextError, UnclearWordError
from vault_tools.forms import Template
from vault_tools.graph.names import file_key, word_key
from vault_tools.store import disk


@dataclass(frozen=True, slots=True)
class Created:
    """A note: its vault path, the address that opens it, and whether it is new or the period had its note already."""

    path: str
    address: str
    new: bool


def create(vault: Vault, word: str, title: str | None, now: datetime, *, once: bool = False) -> Created:
    """Write a new note of a type; `word` names the type or the template in any language.

    Nothing is overwritten. If the name is taken, ` 1` is added to it; but if a period already has its note, that note
    is returned. With `once`, so is every note that is named by its day.

    Raises:
        UnclearWordError: The word means no template or several, or the note needs a title.
        LiveTextError: The title or a setting would put something into the note that a plugin may run.
    """
    template = chosen(vault, word)
    drafts = Drafts(vault, now, fresh=True)
    name = _name(vault, template, title, drafts)
    folder = folder_of(vault, template)
    whole = f"{folder}/{name}" if folder else name
    dated = title is None and (once or template.form.name in FORMATS)
    for path in _free(vault, whole, once=dated):
        if disk.create(vault.root, path, _text(drafts, template, path)):
            return Created(path, address(path=str(vault.root / path)), new=True)
        if dated:
            return Created(path, address(path=str(vault.root / path)), new=False)
    raise AssertionError  # names go on for ever


def _text(drafts: Drafts, template: Template, path: str) -> str:
    """Return what a new note says, if it may say that."""
    text = drafts.text(template, path)
    why = forbids(drafts, template, path, "", text)
    if why is not None:
        raise LiveTextError(path, why)
    return text


def chosen(vault: Vault, word: str) -> Template:
    """Return the template that a word means."""
    found = vault.forms.called(word)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(template.form.name for template in found)
        message = f"{word!r} may mean several templates: say which, {names}"
        raise UnclearWordError(message)
    words = {word_key(known): known for known in vault.forms.words()}
    near = get_close_matches(word_key(word), words, 1, 0.5)
    names = ", ".join(vault.forms.templates)
    message = f"there is no type {word!r}; " + (f"did you mean {words[near[0]]}?" if near else f"there are {names}")
    raise UnclearWordError(message)


def _name(vault: Vault, template: Template, title: str | None, drafts: Drafts) -> str:
    """Return the name of a new note: its title, or the name of the day, week … that it is about."""
    if title is not None:
        name = safe(title)
        if name is None:
            message = f"no note can be called {title!r}: choose another title, one that does not begin with a dot"
            raise UnclearWordError(message)
        return name
    if template.form.name in FORMATS:
        return drafts.name_of(template.form.name, drafts.now.date())
    kind = vault.vocabulary.types.get(template.form.type)
    if kind is not None and kind.role == "log":
        return drafts.now.strftime("%Y-%m-%d")
    message = f"a note of type {template.form.name} needs a title: vault-tools new {template.form.name} TITLE"
    raise UnclearWordError(message)


def folder_of(vault: Vault, template: Template) -> str:
    """Return the folder for new notes of a template, "" for the vault's root.

    It is the one in our settings, that of Obsidian's for notes of such a period, the one where most notes of the type
    lie, or else a plain name.
    """
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
    nodes = [node for node in vault.knowledge.nodes.values() if node.kind == "note" and node.type == template.form.type]
    used = Counter(node.id.rpartition("/")[0] for node in nodes if node.role != "excluded")
    if used:
        return max(sorted(used), key=used.__getitem__)
    return as_spelled(vault, template.folder)


def _all_called(vault: Vault, word: str) -> tuple[Template, ...]:
    return tuple(one for found in vault.forms.called(word) for one in vault.forms.all_of(found.form.type))


def as_spelled(vault: Vault, folder: str) -> str:
    """Return a folder as it is spelled in the vault, if it is there in other capitals."""
    known = {file_key(name): name for name in disk.folders(vault.root)}
    return known.get(file_key(folder), folder)


def _free(vault: Vault, whole: str, *, once: bool) -> Iterator[str]:
    """Yield paths that may be free: the name itself, then with ` 1`, ` 2` …; with capitals no different."""
    folder, _, name = whole.rpartition("/")
    taken = {file_key(known) for known in disk.names(vault.root, folder)}
    for number in count():
        end = f" {number}" if number else ""
        base = name.encode()[: LONGEST - len(end)].decode(errors="ignore")
        if once or file_key(f"{base}{end}.md") not in taken:
            yield f"{folder}/{base}{end}.md" if folder else f"{base}{end}.md"
