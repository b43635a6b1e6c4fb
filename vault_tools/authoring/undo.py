"""What we changed in a vault's notes, and taking it back at the writer's word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vault_tools.errors import NotAmendedError
from vault_tools.graph.names import paths_called
from vault_tools.model.text import Say, say
from vault_tools.store import amending, contents, entries, journal
from vault_tools.store.journal import Change

State = Literal["ready", "later", "undone", "edited", "gone", "undo"]
"""`ready`: can be undone; `later`: can be, after a newer change of that note; `undone`: was undone; `edited`: the note
is another one since; `gone`: there is no such note; `undo`: it took a change back itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """A change that we made, and whether it can be taken back now."""

    change: Change
    state: State

    @property
    def is_open(self) -> bool:
        """Tell whether it was not undone and is not an undo."""
        return self.state not in {"undone", "undo"}


def history(root: Path) -> list[Row]:
    """Return what we changed in a vault's notes, as far as it is kept, the newest first."""
    changes = journal.changes(root)
    undone = {change.undoes for change in changes}
    unfinished = set(journal.unfinished(root))
    would_be: dict[str, str | None] = {}
    rows = []
    for change in changes:
        if change.name in unfinished:
            continue
        state = _state(root, change, undone, would_be)
        if state in {"ready", "later"}:
            would_be[change.path] = change.before
        rows.append(Row(change, state))
    return rows


def _state(root: Path, change: Change, undone: set[str], would_be: dict[str, str | None]) -> State:
    """Tell what can be done about a change; `would_be` are the digests of notes once newer changes are taken back."""
    if change.undoes:
        return "undo"
    if change.name in undone:
        return "undone"
    state: State = "later" if change.path in would_be else "ready"
    digest = would_be[change.path] if state == "later" else contents.digest_at(root, change.path)
    if digest == change.after:
        return state
    return "edited" if entries.exists(root, change.path) else "gone"


def chosen(rows: Sequence[Row], names: Sequence[str], last: int | None, since: int | None) -> list[Row]:
    """Return the changes to be taken back, the newest first.

    The newest `last`, or those not older than `since` (in nanoseconds), of the notes with these names or of all; if
    only names are given, the newest of each; if nothing is said, the newest of all that can be.
    """
    if not names and last is None and since is None:
        left = [row for row in rows if row.is_open]
        return ([row for row in left if row.state == "ready"] or left)[:1]
    groups = [_of(rows, name) for name in names] or [list(rows)]
    found: list[Row] = []
    for group in groups:
        fit = [row for row in group if row.is_open and (since is None or row.change.at >= since)]
        most = last if last is not None else 1 if since is None else len(fit)
        found += [row for row in fit[:most] if row not in found]
    return sorted(found, key=lambda row: row.change.name, reverse=True)


def passed_over(rows: Iterable[Row], chosen: Row) -> list[Row]:
    """Return the newer changes that cannot be taken back any more."""
    return [row for row in rows if row.is_open and row.change.name > chosen.change.name]


def named(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """Return the changes of the notes with these names, in their order; all of them, if none is named."""
    wanted = [row for name in names for row in _of(rows, name)]
    return [row for row in rows if row in wanted] if names else list(rows)


def _of(rows: Sequence[Row], name: str) -> list[Row]:
    """Return the changes of the note with a path; or else, if there is one only, of that name."""
    paths = paths_called((row.change.path for row in rows), name)
    return [row for row in rows if row.change.path in paths]


def before(root: Path, change: Change) -> str | None:
    """Return what a note was before a change; None if it is not kept any more, or its image is not whole."""
    found = journal.read(root, change.name)
    if found is None or contents.digest_of(found[1]) != change.before:
        return None
    return found[1].decode("utf-8", "replace")


def take_back(root: Path, change: Change) -> Say | None:
    """Put a note back as it was before a change, byte for byte, if it is still as the change left it.

    It stays so until its writer changes it. Where that cannot be, nothing is done, and the reason is returned.
    """
    image = str(journal.image_of(root, change))
    text = before(root, change)
    if text is None:
        return say("undo.not-kept-whole", image=image)
    if not entries.exists(root, change.path):
        return say("undo.gone", image=image)
    try:
        state = amending.amend(root, change.path, change.after, text, "undo", change.name)
    except NotAmendedError as error:
        return error.said
    if state == "refused":
        return say("inject.refused")
    if state == "changed-meanwhile":
        return say(
            "undo.edited-since",
            image=image,
        )
    return None
