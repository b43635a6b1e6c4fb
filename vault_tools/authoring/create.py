"""A new note from a template, written where nothing is yet."""

from dataclasses import dataclass
from datetime import datetime

from vault_tools.app import Vault
from vault_tools.authoring.choosing import choose_template
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.folders import folder_of, inside
from vault_tools.authoring.guard import forbids
from vault_tools.authoring.new_names import free_paths, is_dated, name_of, role_of
from vault_tools.authoring.todays_note import find_there
from vault_tools.dialect.periodic import FORMATS
from vault_tools.dialect.uri import address
from vault_tools.errors import LiveTextError, UnclearWordError
from vault_tools.forms import Template
from vault_tools.model.text import say
from vault_tools.store import output


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
    template = choose_template(vault, word, language)
    if title is None and not is_dated(vault, template):
        name = vault.forms.title(template, language)
        raise UnclearWordError(say("error.title-missing", type=name, word=f'"{name}"' if " " in name else name))
    drafts = Drafts(vault, now, fresh=True)
    folder = folder_of(vault, template)
    path = inside(folder, name_of(drafts, template, title))
    only_one = title is None and (once or template.form.name in FORMATS)
    there = find_there(drafts, template, folder, path, only_one=only_one) if title is None else None
    if there is not None:
        return Created(there, address(path=str(vault.root / there)), new=False)
    path, new = _write(drafts, template, path, once=only_one)
    return Created(path, address(path=str(vault.root / path)), new)


def _write(drafts: Drafts, template: Template, name: str, *, once: bool) -> tuple[str, bool]:
    """Write a note and return its path, and whether it is new; with `once`, a note of that name is the one."""
    root = drafts.vault.root
    wide = role_of(drafts.vault, template) == "log"
    for path in free_paths(drafts.vault, name, once=once, wide=wide):
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
