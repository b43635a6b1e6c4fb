"""A new note from a template: where it goes, what it is called, and what is known of it already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from itertools import chain, count
from posixpath import basename

from vault_tools.app import Vault
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.guard import forbids
from vault_tools.dialect.filenames import LONGEST, safe
from vault_tools.dialect.periodic import FORMATS
from vault_tools.dialect.uri import address
from vault_tools.errors import LiveTextError, UnclearWordError
from vault_tools.forms import Template
from vault_tools.graph.lookup import find_type
from vault_tools.graph.names import file_key, word_key
from vault_tools.model.text import say
from vault_tools.store import entries, output


@dataclass(frozen=True, slots=True)
class Created:
    """A note: its vault path, the address that opens it, and whether it is new or the period had its note already."""

    path: str
    address: str
    new: bool


def create(
    vault: Vault, word: str, title: str | None, now: datetime, *, once: bool = False, language: str = ""
) -> Created:
    """Write a new note of a type; `word` names the type or the template in any language.

    Nothing is overwritten. If the name is taken, ` 1` is added to it; but if a period already has its note, that note
    is returned. With `once`, so is every note that is named by its day. A log that has the bare day as its name, as
    earlier versions named it, is the log of that day. An error names templates in a `language`, or else the vault's.

    Raises:
        UnclearWordError: The word means no template or several, the note needs a title, or a log has its name.
        LiveTextError: The title or a setting would put something into the note that a plugin may run.
    """
    template = chosen(vault, word, language)
    if title is None and not _is_dated(vault, template):
        name = vault.forms.title(template, language)
        raise UnclearWordError(say("error.title-missing", type=name, word=f'"{name}"' if " " in name else name))
    drafts = Drafts(vault, now, fresh=True)
    folder, name = folder_of(vault, template), _name(template, title, drafts)
    dated = title is None and (once or template.form.name in FORMATS)
    earlier = _earlier(drafts, template, folder) if title is None else None
    if dated and earlier is None:
        earlier = _elsewhere(vault, template, _inside(folder, name))
    if earlier is not None:
        return Created(earlier, address(path=str(vault.root / earlier)), new=False)
    path, new = _written(drafts, template, _inside(folder, name), once=dated)
    return Created(path, address(path=str(vault.root / path)), new)


def _written(drafts: Drafts, template: Template, whole: str, *, once: bool) -> tuple[str, bool]:
    """Write a note and return its path, and whether it is new; with `once`, a note of that name is the one."""
    root = drafts.vault.root
    wide = _role(drafts.vault, template) == "log"
    for path in _free(drafts.vault, whole, once=once, wide=wide):
        new = output.create(root, path, _text(drafts, template, path))
        if new or once:
            return path, new
    raise AssertionError  # names go on for ever


def _text(drafts: Drafts, template: Template, path: str) -> str:
    """Return what a new note says, if it may say that."""
    text = drafts.text(template, path)
    why = forbids(drafts, template, path, "", text)
    if why is not None:
        raise LiveTextError(path, why)
    return text


def chosen(vault: Vault, word: str, language: str = "") -> Template:
    """Return the template that a word means; an error names templates in a language, or else the vault's."""
    found = vault.forms.called(word)
    if len(found) == 1:
        return found[0]
    called = tuple(vault.forms.title(template, language) for template in found or vault.forms.templates.values())
    if found:
        raise UnclearWordError(say("error.word-unclear", word=word, names=called))
    if _is_type(vault, word):
        raise UnclearWordError(say("error.type-without-template", word=word, names=called))
    words = {word_key(known): known for known in vault.forms.words()}
    near = get_close_matches(word_key(word), words, 1, 0.5)
    if near:
        raise UnclearWordError(say("error.word-unknown-near", word=word, near=words[near[0]]))
    raise UnclearWordError(say("error.word-unknown", word=word, names=called))


def _is_type(vault: Vault, word: str) -> bool:
    """Tell whether a word is a type that the vault declares, or that some of its notes have."""
    rows = vault.vocabulary.types.values()
    declared = {word_key(name) for row in rows for name in (row.name, row.label, *row.names)}
    return word_key(word) in declared or find_type(vault.knowledge, word) is not None


def _name(template: Template, title: str | None, drafts: Drafts) -> str:
    """Return the name of a new note: its title, or the name of the day, week … that it is about."""
    if title is not None:
        if not title.strip():
            raise UnclearWordError(say("error.title-empty"))
        name = safe(title)
        if name is None:
            raise UnclearWordError(say("error.title-invalid", title=title))
        return name
    if template.form.name in FORMATS:
        return drafts.name_of(template.form.name, drafts.now.date())
    return _day_name(drafts, template)


def _is_dated(vault: Vault, template: Template) -> bool:
    """Tell whether notes of a template are named by a day, week …, so that they need no title."""
    return template.form.name in FORMATS or _is_log(vault, template)


def _is_log(vault: Vault, template: Template) -> bool:
    """Tell whether notes of a template are logs of a day beside the daily note."""
    return _role(vault, template) == "log" and template.form.name not in FORMATS


def _role(vault: Vault, template: Template) -> str:
    kind = vault.vocabulary.types.get(template.form.type)
    return "" if kind is None else kind.role


def _elsewhere(vault: Vault, template: Template, whole: str) -> str | None:
    """Return the note of a day that is in another folder, if there is one; None if its name is free.

    A log of another type that has the name is an error: a link by name could then mean either.
    """
    folder, _, name = f"{whole}.md".rpartition("/")
    if file_key(name) in map(file_key, entries.names(vault.root, folder)):
        return None
    logs = (node for node in vault.knowledge.nodes.values() if node.kind == "note" and node.role == "log")
    alike = [node for node in logs if file_key(basename(node.id)) == file_key(name)]
    same = next((node.id for node in alike if node.type == template.form.type), None)
    if alike and same is None:
        raise UnclearWordError(say("error.name-taken", path=alike[0].id))
    return same


def _day_name(drafts: Drafts, template: Template) -> str:
    """Return the name of today's log: the day with a word behind it, so that no other note of the day is called so."""
    day = f"{drafts.now:%Y-%m-%d}"
    taken = {file_key(basename(drafts.name_of(kind, drafts.now.date()))) for kind in FORMATS}
    for other in drafts.vault.forms.templates.values():
        if not _is_log(drafts.vault, other):
            continue
        words = chain((other.dated, other.label), (f"{other.label} {number}" for number in count(2)))
        name = next(name for name in (f"{day} {word}" for word in words) if file_key(name) not in taken)
        if other == template:
            return name
        taken.add(file_key(name))
    raise AssertionError  # the template is one of the vault's


def _earlier(drafts: Drafts, template: Template, folder: str) -> str | None:
    """Return today's log if it has the bare day as its name; None if there is none, or it is the daily note."""
    vault, name = drafts.vault, f"{drafts.now:%Y-%m-%d}.md"
    if not _is_log(vault, template):
        return None
    there = next((each for each in entries.names(vault.root, folder) if file_key(each) == name), None)
    if there is None:
        return None
    path = _inside(folder, there)
    node = vault.knowledge.nodes.get(path)
    type_ = node.type if node is not None else "note"
    says_nothing = type_ in {"note", "daily"} and file_key(path) != file_key(_daily(drafts))
    return path if type_ == template.form.type or says_nothing else None


def _daily(drafts: Drafts) -> str:
    """Return the path of today's daily note, as the settings have it."""
    template = drafts.vault.forms.templates["daily"]
    folder = _set_folder(drafts.vault, template)
    name = drafts.name_of("daily", drafts.now.date())
    return _inside(template.folder if folder is None else folder, name) + ".md"


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def folder_of(vault: Vault, template: Template) -> str:
    """Return the folder for new notes of a template, "" for the vault's root.

    It is the one in our settings, that of Obsidian's for notes of such a period, the one where most notes of the type
    lie, or else a plain name.
    """
    folder = _set_folder(vault, template)
    if folder is not None:
        return folder
    nodes = [node for node in vault.knowledge.nodes.values() if node.kind == "note" and node.type == template.form.type]
    used = Counter(node.id.rpartition("/")[0] for node in nodes if node.role != "excluded")
    if used:
        return max(sorted(used), key=used.__getitem__)
    return as_spelled(vault, template.folder)


def _set_folder(vault: Vault, template: Template) -> str | None:
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
    return tuple(one for found in vault.forms.called(word) for one in vault.forms.all_of(found.form.type))


def as_spelled(vault: Vault, folder: str) -> str:
    """Return a folder as it is spelled in the vault, if it is there in other capitals."""
    known = {file_key(name): name for name in entries.folders(vault.root)}
    return known.get(file_key(folder), folder)


def _free(vault: Vault, whole: str, *, once: bool, wide: bool) -> Iterator[str]:
    """Yield paths that may be free: the name itself, then with ` 1`, ` 2` …; with capitals no different.

    With `wide`, the name of a note in any other folder is taken too: a link by name could mean either.
    """
    folder, _, name = whole.rpartition("/")
    taken = {file_key(known) for known in entries.names(vault.root, folder)}
    if wide:
        taken |= {file_key(basename(node.id)) for node in vault.knowledge.nodes.values() if node.kind == "note"}
    for number in count():
        end = f" {number}" if number else ""
        base = name.encode()[: LONGEST - len(end)].decode(errors="ignore")
        if once or file_key(f"{base}{end}.md") not in taken:
            yield f"{folder}/{base}{end}.md" if folder else f"{base}{end}.md"
