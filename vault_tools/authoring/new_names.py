"""What a new note is called: its title, or the day, week … that it is about; and the next name that is free."""

from collections.abc import Iterator
from itertools import count
from posixpath import basename

from vault_tools.app import Vault
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.folders import inside
from vault_tools.dialect.filenames import LONGEST, safe
from vault_tools.dialect.periodic import FORMATS
from vault_tools.errors import UnclearWordError
from vault_tools.forms import Template
from vault_tools.graph.names import file_key
from vault_tools.model.text import say
from vault_tools.store import entries


def name_of(drafts: Drafts, template: Template, title: str | None) -> str:
    """Return the name of a new note: its title, or the name of the day, week … that it is about."""
    if title is not None:
        return _name_of_title(title)
    if template.form.name in FORMATS:
        return drafts.name_of(template.form.name, drafts.now.date())
    return _name_of_day(drafts, template)


def _name_of_title(title: str) -> str:
    """Return the name of a file for a title; UnclearWordError if no file can have it."""
    if not title.strip():
        raise UnclearWordError(say("error.title-empty"))
    name = safe(title)
    if name is None:
        raise UnclearWordError(say("error.title-invalid", title=title))
    return name


def is_dated(vault: Vault, template: Template) -> bool:
    """Tell whether notes of a template are named by a day, week …, so that they need no title."""
    return template.form.name in FORMATS or is_log(vault, template)


def is_log(vault: Vault, template: Template) -> bool:
    """Tell whether notes of a template are logs of a day beside the daily note."""
    return role_of(vault, template) == "log" and template.form.name not in FORMATS


def role_of(vault: Vault, template: Template) -> str:
    """Return the role of a template's type; "" if it has none."""
    kind = vault.vocabulary.types.get(template.form.type)
    return "" if kind is None else kind.role


def _name_of_day(drafts: Drafts, template: Template) -> str:
    """Return the name of today's log: the day with a word behind it, so that no other note of the day is called so."""
    taken = {file_key(basename(drafts.name_of(kind, drafts.now.date()))) for kind in FORMATS}
    for other in drafts.vault.forms.templates.values():
        if not is_log(drafts.vault, other):
            continue
        name = next(name for name in _names_of_log(drafts, other) if file_key(name) not in taken)
        if other == template:
            return name
        taken.add(file_key(name))
    raise AssertionError  # the template is one of the vault's


def _names_of_log(drafts: Drafts, template: Template) -> Iterator[str]:
    """Yield names for today's log: the day with the template's word, its label, then that with 2, 3 and so on."""
    day = f"{drafts.now:%Y-%m-%d}"
    yield f"{day} {template.dated}"
    yield f"{day} {template.label}"
    for number in count(2):
        yield f"{day} {template.label} {number}"


def free_paths(vault: Vault, whole: str, *, once: bool, wide: bool) -> Iterator[str]:
    """Yield paths that may be free: the name itself, then with ` 1`, ` 2` …; with capitals no different.

    With `wide`, the name of a note in any other folder is taken too: a link by name could mean either.
    """
    folder, _, name = whole.rpartition("/")
    taken: set[str] = set() if once else _taken(vault, folder, wide=wide)
    for number in count():
        file = _numbered(name, number)
        if file_key(file) not in taken:
            yield inside(folder, file)


def _taken(vault: Vault, folder: str, *, wide: bool) -> set[str]:
    """Return the keys of the names in a folder; with `wide`, of all notes of the vault too."""
    taken = {file_key(name) for name in entries.names(vault.root, folder)}
    if wide:
        taken |= {file_key(basename(node.id)) for node in vault.knowledge.nodes.values() if node.kind == "note"}
    return taken


def _numbered(name: str, number: int) -> str:
    """Return the name of a file with a number behind it, cut to the longest that a file can have; 0 adds none."""
    end = f" {number}" if number else ""
    base = name.encode()[: LONGEST - len(end)].decode(errors="ignore")
    return f"{base}{end}.md"
