"""Fills existing notes from templates: an empty note gets all of its template, another what it lacks.

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
from vault_tools.authoring.ownership import has_owner, owner, template_of_known
from vault_tools.errors import NotAmendedError
from vault_tools.forms import Template
from vault_tools.model.change import Stamp
from vault_tools.model.graph import Node
from vault_tools.model.note import Source
from vault_tools.model.text import Say, Term, say
from vault_tools.parse import merges
from vault_tools.parse.edit import PropertiesError
from vault_tools.parse.note import clean
from vault_tools.store import amending, contents, entries

CHANGED = say("inject.changed-meanwhile")
_UNDONE = say("inject.left-as-undone")
_EXAMPLE = "knowledge"
"""The type in the line of settings that is offered for a folder."""
_BARE = re.compile("[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What a note is to become; `before` is its text as it was read, with its digest."""

    path: str
    template: Template
    before: str
    after: str
    digest: str


@dataclass(frozen=True, slots=True)
class LeftNote:
    """A note that is not changed, and why. `fits` says that it would have been changed otherwise."""

    path: str
    why: Say
    fits: bool = True


def plan(
    vault: Vault, paths: Sequence[str], now: datetime, *, fill_up: bool, fresh: bool = False
) -> Iterator[PlannedChange | LeftNote]:
    """Yield what to do with each note: give an empty note its template or, with `fill_up`, add what another one lacks.

    Notes that are `fresh` were just made, so they are about today if their name fits.
    """
    drafts = Drafts(vault, now, fresh)
    for path in paths:
        node = vault.knowledge.nodes.get(path)
        if node is None or node.kind != "note" or not path.lower().endswith(".md"):
            yield LeftNote(path, say("inject.not-a-note"))
        elif node.type == "template":
            yield LeftNote(path, say("inject.is-template"), fits=False)
        else:
            yield _of_note(drafts, node, fill_up=fill_up)


def every_note(vault: Vault) -> list[str]:
    """Return the notes that may be changed without being named: all but those that Obsidian's settings hide."""
    nodes = vault.knowledge.nodes.values()
    return [node.id for node in nodes if node.kind == "note" and node.role not in {"excluded", "template"}]


def _of_note(drafts: Drafts, node: Node, *, fill_up: bool) -> PlannedChange | LeftNote:
    """Read one note, and plan for it."""
    template = template_of_known(drafts, node) if fill_up else owner(drafts, node.id)
    if template is None:
        return _without_template(drafts, node, fill_up=fill_up)
    source = contents.read(drafts.vault.root, node.id, Stamp(0, 0))
    unfit = _unfit(source, fill_up=fill_up)
    if unfit is not None:
        return unfit
    change = _change(drafts, source, template)
    if isinstance(change, LeftNote):
        return change
    why = _hands_off(drafts, source, template) or forbids(drafts, template, node.id, source.text, change.after)
    return LeftNote(node.id, why) if why else change


def _without_template(drafts: Drafts, node: Node, *, fill_up: bool) -> LeftNote:
    """Leave a note that no template is for; where an empty note lies in a folder without a type, say how to set it."""
    may_be_set = not fill_up and _is_blank(node) and not has_owner(drafts, node.id)
    why = _untyped(drafts.vault, node.id) if may_be_set else say("inject.no-template")
    return LeftNote(node.id, why, fits=False)


def _unfit(source: Source, *, fill_up: bool) -> LeftNote | None:
    """Leave a note that cannot be read, is half merged, or has text already; None if it can be changed."""
    if source.problems:
        return LeftNote(source.path, source.problems[0].sentence)
    if merges.is_unfinished(clean(source.text)):
        return LeftNote(source.path, say("inject.unfinished-merge"), fits=fill_up)
    if not fill_up and clean(source.text).strip():
        return LeftNote(source.path, say("inject.has-text"), fits=False)
    return None


def _change(drafts: Drafts, source: Source, template: Template) -> PlannedChange | LeftNote:
    """Plan what a note is to become."""
    if template.form.problems:
        problem = template.form.problems[0].sentence
        return LeftNote(source.path, say("inject.template-unreadable", problem=problem))
    empty = not clean(source.text).strip()
    try:
        after = _filled(drafts, source, template) if empty else complete(drafts, source.path, source.text, template)
    except PropertiesError as error:
        return LeftNote(source.path, error.sentence)
    except UnfinishedError:
        return LeftNote(source.path, say("inject.unclosed-block"))
    if after == source.text:
        return LeftNote(source.path, say("inject.lacks-nothing"), fits=False)
    return PlannedChange(source.path, template, source.text, after, source.digest)


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


def carry_out(vault: Vault, change: PlannedChange, by: str = "inject") -> Say | None:
    """Write a change; where that cannot be, the note is as it was, and the reason is returned.

    `by` says who does it, for the journal.
    """
    try:
        state = amending.amend(vault.root, change.path, change.digest, change.after, by)
    except NotAmendedError as error:
        return error.sentence
    if state == "refused":
        return say("inject.refused")
    if state == "left-as-undone":
        return _UNDONE
    return CHANGED if state == "changed-meanwhile" else None


def _is_blank(node: Node) -> bool:
    return node.note is not None and not node.note.words and node.note.frontmatter is None


def _untyped(vault: Vault, path: str) -> Say:
    """Say how a note's folder gets a type: the lines of the settings, with a type as an example."""
    folder = path.rpartition("/")[0]
    if not folder:
        return say("inject.no-folder")
    word = Term("type", _EXAMPLE)
    line = f"{_toml_key(vault.format_text((word,)))} = {dumps(folder, ensure_ascii=False)}"
    if "folders" in tomllib.loads(contents.settings_of(vault.root, ours.SETTINGS)):
        return say("inject.folder-untyped-line", type=word, lines=f"\n{line}")
    return say("inject.folder-untyped", type=word, lines=f"\n[folders]\n{line}")


def _toml_key(name: str) -> str:
    """Return a name as TOML writes a key."""
    return name if _BARE.fullmatch(name) else dumps(name, ensure_ascii=False)
