"""Templates brought into notes that are there: an empty one gets its type's template, another what it lacks of it.

First a plan is made, then it is carried out, and nothing is written over a change that was made in between.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import dumps

from vault_tools import ours
from vault_tools.app import Vault
from vault_tools.authoring.complete import UnfinishedError, complete
from vault_tools.authoring.draft import Drafts
from vault_tools.authoring.guard import forbids
from vault_tools.dialect.filenames import is_hidden
from vault_tools.dialect.periodic import FORMATS
from vault_tools.errors import NotAmendedError
from vault_tools.forms import Template
from vault_tools.graph.names import file_key
from vault_tools.model.change import Stamp
from vault_tools.model.graph import Node
from vault_tools.model.note import Source
from vault_tools.model.text import Say, Term, say
from vault_tools.parse import merges
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.frontmatter import named
from vault_tools.parse.note import clean
from vault_tools.store import amending, contents, entries


@dataclass(frozen=True, slots=True)
class Change:
    """What a note is to become; `before` is its text as it was read, with its digest."""

    path: str
    template: Template
    before: str
    after: str
    digest: str


@dataclass(frozen=True, slots=True)
class Left:
    """A note that is not changed, and why. `fits` says that it would have been changed otherwise."""

    path: str
    why: Say
    fits: bool = True


def plan(
    vault: Vault, paths: Sequence[str], now: datetime, *, fill_up: bool, fresh: bool = False
) -> Iterator[Change | Left]:
    """Yield what to do with each note: give an empty note its template or, with `fill_up`, add what another one lacks.

    Notes that are `fresh` were just made, so they are about today if their name fits.
    """
    drafts = Drafts(vault, now, fresh)
    for path in paths:
        node = vault.knowledge.nodes.get(path)
        if node is None or node.kind != "note" or not path.lower().endswith(".md"):
            yield Left(path, say("inject.not-a-note"))
        elif node.type == "template":
            yield Left(path, say("inject.is-template"), fits=False)
        else:
            yield _of_note(drafts, node, fill_up=fill_up)


def every_note(vault: Vault) -> list[str]:
    """Return the notes that may be changed without being named: all but those that Obsidian's settings hide."""
    nodes = vault.knowledge.nodes.values()
    return [node.id for node in nodes if node.kind == "note" and node.role not in {"excluded", "template"}]


def _of_note(drafts: Drafts, node: Node, *, fill_up: bool) -> Change | Left:
    """Read one note, and plan for it."""
    template = _of_known(drafts, node) if fill_up else owner(drafts, node.id)
    if template is None:
        asks = not fill_up and _is_blank(node) and not _has_owner(drafts, node.id)
        return Left(node.id, _untyped(drafts.vault, node.id) if asks else say("inject.no-template"), fits=False)
    source = contents.read(drafts.vault.root, node.id, Stamp(0, 0))
    if source.problems:
        return Left(node.id, source.problems[0].said)
    if merges.is_unfinished(clean(source.text)):
        return Left(node.id, say("inject.unfinished-merge"), fits=fill_up)
    if not fill_up and clean(source.text).strip():
        return Left(node.id, say("inject.has-text"), fits=False)
    planned = _change(drafts, source, template)
    if isinstance(planned, Left):
        return planned
    why = _hands_off(drafts, source, template) or forbids(drafts, template, node.id, source.text, planned.after)
    return Left(node.id, why) if why else planned


def _change(drafts: Drafts, source: Source, template: Template) -> Change | Left:
    """Plan what a note is to become."""
    if template.form.problems:
        problem = template.form.problems[0].said
        return Left(source.path, say("inject.template-unreadable", problem=problem))
    empty = not clean(source.text).strip()
    try:
        after = _filled(drafts, source, template) if empty else complete(drafts, source.path, source.text, template)
    except PropertiesError as error:
        return Left(source.path, error.said)
    except UnfinishedError:
        return Left(source.path, say("inject.unclosed-block"))
    if after == source.text:
        return Left(source.path, say("inject.lacks-nothing"), fits=False)
    return Change(source.path, template, source.text, after, source.digest)


def _hands_off(drafts: Drafts, source: Source, template: Template) -> Say | None:
    """Say why a note must not be touched now."""
    if "<%" in source.text or "<%" in template.form.text:
        return say("inject.templater-first")
    quiet = drafts.vault.settings.inject.quiet
    if entries.age(drafts.vault.root, source.path, drafts.now.timestamp()) < quiet:
        return say("inject.just-changed")
    if amending.is_left_as_undone(drafts.vault.root, source.path, source.digest):
        return _UNDONE
    return None


def _filled(drafts: Drafts, source: Source, template: Template) -> str:
    """Return the template for an empty note, in the line ends that its blank lines have."""
    text = clean(drafts.text(template, source.path))
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in source.text else text)


def carry_out(vault: Vault, change: Change, by: str = "inject") -> Say | None:
    """Write a change; where that cannot be, the note is as it was, and the reason is returned.

    `by` says who does it, for the journal.
    """
    try:
        state = amending.amend(vault.root, change.path, change.digest, change.after, by)
    except NotAmendedError as error:
        return error.said
    if state == "refused":
        return say("inject.refused")
    if state == "left-as-undone":
        return _UNDONE
    return CHANGED if state == "changed-meanwhile" else None


CHANGED = say("inject.changed-meanwhile")
_UNDONE = say("inject.left-as-undone")


# ---------------------------------------------------------------- whose note it is


def owner(drafts: Drafts, path: str) -> Template | None:
    """Return the template of the notes in a note's folder, as our settings, Obsidian's, or a rule have it."""
    vault = drafts.vault
    settings = sorted(vault.settings.folders.items(), key=lambda row: -len(row[1]))
    for word, folder in settings:
        if _below(path, folder):
            return _one_of(drafts, path, vault.forms.called(word))
    for notes in vault.obsidian.periodic:
        if drafts.is_of(notes, path):
            return vault.forms.templates.get(notes.kind)
    for rule in vault.settings.rules:
        if rule.folder and _below(path, rule.folder):
            return _one_of(drafts, path, vault.forms.called(rule.type))
    return None


def _is_blank(node: Node) -> bool:
    return node.note is not None and not node.note.words and node.note.frontmatter is None


def _has_owner(drafts: Drafts, path: str) -> bool:
    """Tell whether a note's folder belongs to a type, which may have no template."""
    vault = drafts.vault
    folders = [*vault.settings.folders.values(), *(rule.folder for rule in vault.settings.rules if rule.folder)]
    return any(_below(path, folder) for folder in folders)


def _untyped(vault: Vault, path: str) -> Say:
    """Say how a note's folder gets a type: the lines of the settings, with a type as an example."""
    folder = path.rpartition("/")[0]
    if not folder:
        return say("inject.no-folder")
    word = Term("type", _EXAMPLE)
    key = vault.speak((word,))
    line = f"{key if _BARE.fullmatch(key) else dumps(key, ensure_ascii=False)} = {dumps(folder, ensure_ascii=False)}"
    if "folders" in tomllib.loads(contents.settings_of(vault.root, ours.SETTINGS)):
        return say("inject.folder-untyped-line", type=word, lines=f"\n{line}")
    return say("inject.folder-untyped", type=word, lines=f"\n[folders]\n{line}")


_EXAMPLE = "knowledge"
_BARE = re.compile("[A-Za-z0-9_-]+")


def _below(path: str, folder: str) -> bool:
    return not is_hidden(path) and file_key(path).startswith(file_key(folder.strip("/")) + "/")


def _one_of(drafts: Drafts, path: str, templates: tuple[Template, ...]) -> Template | None:
    """Choose among the templates of a type by the period in the note's name."""
    if len(templates) < 2:  # noqa: PLR2004
        return templates[0] if templates else None
    kind = drafts.kind_of(path)
    return next((template for template in templates if template.form.name == kind), None)


def _of_known(drafts: Drafts, node: Node) -> Template | None:
    """Return the template of a note whose type is known: by its own word, its period, or the sections that it has."""
    forms = drafts.vault.forms
    templates = forms.all_of(node.type)
    if len(templates) < 2:  # noqa: PLR2004
        return templates[0] if templates else owner(drafts, node.id)
    values = (node.note.frontmatter if node.note else None) or {}
    word = named(values, "type")
    called = forms.called(word) if isinstance(word, str) else ()
    if len(called) == 1 and called[0] in templates and called[0].form.name != node.type:
        return called[0]
    period = next((value for name, value in values.items() if forms.meaning(name) == "period"), None)
    kinds = (drafts.kind_of(node.id), drafts.kind_of(str(period)))
    dated = next((one for kind in kinds for one in templates if one.form.name == kind), None)
    return dated or _most_alike(drafts, node, [one for one in templates if one.form.name not in FORMATS])


def _most_alike(drafts: Drafts, node: Node, templates: list[Template]) -> Template | None:
    """Return the template with the most of a note's sections; if no section tells, the one called like the type."""
    heading = drafts.vault.forms.heading
    has = {heading(each.text) for each in node.note.headings} if node.note else set()

    def shared(one: Template) -> tuple[int, bool]:
        return len({heading(section.text) for section in one.form.sections} & has), one.form.name == node.type

    return max(templates, key=shared, default=None)
