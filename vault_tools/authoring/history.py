"""What we changed in a vault's notes, and which changes can be undone now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vault_tools.graph.names import paths_called
from vault_tools.store import contents, entries, journal
from vault_tools.store.journal import Change

State = Literal["ready", "later", "undone", "edited", "gone", "undo"]
"""`ready`: can be undone; `later`: can be, after a newer change of that note; `undone`: was undone; `edited`: the note
is another one since; `gone`: there is no such note; `undo`: it took a change back itself."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A change that we made, and whether it can be taken back now."""

    change: Change
    state: State

    @property
    def is_open(self) -> bool:
        """Tell whether it was not undone and is not an undo."""
        return self.state not in {"undone", "undo"}


def history(root: Path) -> list[HistoryRow]:
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
        rows.append(HistoryRow(change, state))
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


def choose(rows: Sequence[HistoryRow], names: Sequence[str], last: int | None, since: int | None) -> list[HistoryRow]:
    """Return the changes to be taken back, the newest first.

    The newest `last`, or those not older than `since` (in nanoseconds), of the notes with these names or of all; if
    only names are given, the newest of each; if nothing is said, the newest of all that can be.
    """
    if not names and last is None and since is None:
        return _newest(rows)
    groups = [_of(rows, name) for name in names] if names else [list(rows)]
    chosen = {row.change.name: row for group in groups for row in _newest_of(group, last, since)}
    return [chosen[name] for name in sorted(chosen, reverse=True)]


def _newest(rows: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Return the newest change that can be taken back; if none can, the newest that was not, to say why it cannot."""
    left = [row for row in rows if row.is_open]
    ready = [row for row in left if row.state == "ready"]
    return (ready or left)[:1]


def _newest_of(rows: Sequence[HistoryRow], last: int | None, since: int | None) -> list[HistoryRow]:
    """Return the newest `last` changes since a moment; without a number, all since the moment, or else only one."""
    fit = [row for row in rows if row.is_open and (since is None or row.change.at >= since)]
    if last is not None:
        return fit[:last]
    return fit if since is not None else fit[:1]


def passed_over(rows: Iterable[HistoryRow], oldest: HistoryRow) -> list[HistoryRow]:
    """Return the newer changes that cannot be taken back any more."""
    return [row for row in rows if row.is_open and row.change.name > oldest.change.name]


def rows_called(rows: Sequence[HistoryRow], names: Sequence[str]) -> list[HistoryRow]:
    """Return the changes of the notes with these names, in their order; all of them, if none is named."""
    if not names:
        return list(rows)
    called = [row for name in names for row in _of(rows, name)]
    return [row for row in rows if row in called]


def _of(rows: Sequence[HistoryRow], name: str) -> list[HistoryRow]:
    """Return the changes of the note with a path; or else, if there is one only, of that name."""
    paths = paths_called((row.change.path for row in rows), name)
    return [row for row in rows if row.change.path in paths]
