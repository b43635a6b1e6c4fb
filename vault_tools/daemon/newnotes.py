"""New notes: empty ones that get their template, and those of a day, week … that are made by themselves."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from vault_tools.app import Vault
from vault_tools.authoring import inject
from vault_tools.authoring.create import create
from vault_tools.daemon.done import Done
from vault_tools.dialect.untitled import is_untitled
from vault_tools.errors import VaultToolsError
from vault_tools.graph.names import file_key
from vault_tools.learning.windows import containing
from vault_tools.model.learning import WindowKind
from vault_tools.model.text import say
from vault_tools.settings.targets import targets_of
from vault_tools.store import contents, entries, journal, locales

_EMPTY = frozenset(contents.digest_of(data) for data in (b"", b"\n", b"\r\n", b"\xef\xbb\xbf"))
"""Digests of notes in which nothing is written yet."""
_LATE: Mapping[str, WindowKind] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


class Newcomers:
    """Notes that appeared while the daemon watched and are still empty: each gets a template once.

    A note without its own name yet (`Untitled`) waits until it has one, because templates contain the name.
    """

    def __init__(self) -> None:
        """None has come yet."""
        self._empty: set[str] = set()
        self._emptied: set[str] = set()

    def meet(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Compare what two looks found: digests by path.

        A note that was already empty is not filled, even under another name: if an old empty note is gone, a new one
        counts as the same. A note that had text and becomes empty is not new either: sync programs may remove a note,
        or all of its text, before they write it again.
        """
        self._emptied |= {file_key(path) for path in before if _lost_its_text(path, before, after)}
        arrivals = sorted(path for path in after.keys() - before.keys() if self._is_new(path, after[path]))
        gone = sum(self._was_old_and_empty(path, before[path]) for path in before.keys() - after.keys())
        self._empty = {path for path in self._empty if after.get(path) in _EMPTY}.union(arrivals[gone:])

    def _is_new(self, path: str, digest: str) -> bool:
        """Tell whether a note that appeared is empty, and was never a note with text."""
        return digest in _EMPTY and file_key(path) not in self._emptied

    def _was_old_and_empty(self, path: str, digest: str) -> bool:
        """Tell whether a note that is gone was empty before the daemon began."""
        return digest in _EMPTY and path not in self._empty

    def fill(self, vault: Vault, done: Done, now: datetime, *, calm: bool) -> bool:
        """Give those their template that have rested for as long as the settings say; tell whether any was written."""
        count = sum(self._fill(vault, path, now, done) for path in self._ripe(vault, done, now, calm=calm))
        if count:
            journal.forget_old(vault.root)
        return count > 0

    def _ripe(self, vault: Vault, done: Done, now: datetime, *, calm: bool) -> list[str]:
        """Return the notes that may be filled now; the others are left for later."""
        quiet = vault.settings.inject.quiet
        ripe: list[str] = []
        for path in sorted(self._empty):
            if _is_untitled(path):
                continue
            rest = quiet - entries.age(vault.root, path, now.timestamp())
            if calm and rest <= 0:
                ripe.append(path)
            else:
                done.leave(rest)
        return ripe

    def _fill(self, vault: Vault, path: str, now: datetime, done: Done) -> bool:
        """Fill one note; it is waited for on only where somebody else is at it."""
        self._empty.discard(path)
        if _is_filled_by_templater(vault, path):
            return False
        for step in inject.plan(vault, [path], now, fill_up=False, fresh=True):
            if isinstance(step, inject.LeftNote):
                done.troubles += [say("daemon.note-left", path=path, why=step.why)] if step.fits else []
                continue
            why = inject.carry_out(vault, step, "watch")
            if why is None:
                done.deeds.append(("template", path))
                return True
            if why == inject.CHANGED:
                self._empty.add(path)
                done.busy.append(path)
            else:
                done.troubles.append(say("daemon.note-left", path=path, why=why))
        return False


def _lost_its_text(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Tell whether a note had text at one look and none at the next; an `Untitled` note is always new."""
    return before[path] not in _EMPTY and (path not in after or after[path] in _EMPTY) and not _is_untitled(path)


def _is_untitled(path: str) -> bool:
    return is_untitled(path.rpartition("/")[2].removesuffix(".md"), locales.untitled())


def _is_filled_by_templater(vault: Vault, path: str) -> bool:
    """Tell whether Templater fills the new notes of a folder: two that fill one note spoil it."""
    folders = vault.obsidian.filled
    return any(not folder or file_key(path).startswith(file_key(folder) + "/") for folder in folders)


class Diary:
    """The notes of a day, week … that the settings have made; each is tried until it is there, and then no more."""

    def __init__(self) -> None:
        """None has been made yet."""
        self._made: set[tuple[str, date]] = set()

    def owes(self, vault: Vault, now: datetime) -> bool:
        """Tell whether a note is to be made on this day."""
        return next(self._owed(vault, now), None) is not None

    def make(self, vault: Vault, now: datetime, done: Done) -> None:
        """Make what is owed. Raises OSError where the disk does not take it; it is owed still, then."""
        for word in list(self._owed(vault, now)):
            try:
                made = create(vault, word, None, now, once=True)
            except VaultToolsError as error:
                done.troubles.append(say("daemon.not-created", why=error.sentence))
            else:
                done.deeds += [("note", made.path)] if made.new else []
            self._made.add((word, now.date()))

    def _owed(self, vault: Vault, now: datetime) -> Iterator[str]:
        for word in vault.settings.watch.create:
            if (word, now.date()) not in self._made and _is_due(vault, word, now):
                yield word


def _is_due(vault: Vault, word: str, now: datetime) -> bool:
    """Tell whether it is time for a note: a week's from its day of reflection on, a month's … on its last day."""
    forms = vault.forms.called(word)
    kind = forms[0].form.name if len(forms) == 1 else ""
    if kind == "weekly":
        return now.weekday() >= targets_of(vault.settings).reflection_day
    return kind not in _LATE or containing(_LATE[kind], now.date()).end == now.date()
