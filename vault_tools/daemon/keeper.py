"""Keeps one vault current: reads what changed, and writes what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from vault_tools import config
from vault_tools.app import Vault
from vault_tools.authoring import inject
from vault_tools.authoring.create import create
from vault_tools.errors import VaultAwayError, VaultToolsError
from vault_tools.graph.names import file_key
from vault_tools.learning.windows import containing
from vault_tools.model.learning import WindowKind
from vault_tools.render.speech import spoken
from vault_tools.store import disk, journal, obsidian
from vault_tools.store.heal import heal

_LATE: Mapping[str, WindowKind] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


@dataclass(slots=True)
class Done:
    """What was done in a vault: (deed, vault path) for each file written, and a line for each that could not be.

    `again` says in how many seconds what was left for later may be done: a note was too fresh, or the vault not calm.
    """

    deeds: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    again: float | None = None

    def leave(self, seconds: float) -> None:
        """Leave something for later."""
        self.again = seconds if self.again is None else min(self.again, seconds)


class Keeper:
    """A vault that is looked at again and again. Each look may raise VaultToolsError or OSError; the next may not."""

    def __init__(self, root: Path, device: str, workers: int = 1) -> None:
        """Read the vault in a folder."""
        self._root = disk.check(root)
        self._device = device
        self._workers = workers
        self._settled = bool(disk.settings_folders(self._root))
        self._stay()
        self._texts = self._settings()
        self.vault = self._open()
        self._known = dict(self.vault.digests)
        self._new: set[str] = set()
        self._made: set[tuple[str, date]] = set()
        self._proposed = ""
        self.proposals: list[str] = []

    def close(self) -> None:
        """Let go of the vault."""
        self.vault.close()

    def _open(self) -> Vault:
        settings = config.parse(self._texts[0], str(self._root / config.FILE))
        return Vault.open(self._root, settings=settings, workers=self._workers)

    def _settings(self) -> tuple[str, str]:
        return disk.settings_of(self._root, config.FILE), obsidian.read(self._root).text

    # ------------------------------------------------------------ looking

    def look(self, now: datetime) -> list[str]:
        """Read what changed since the last look, and return the paths of notes that are new, other, or gone.

        Raises VaultAwayError where the vault is not there any more, so that nothing is taken for deleted.
        """
        self._stay()
        texts = self._settings()
        if texts != self._texts:
            self._reopen(texts)
        self.vault.look_again(now.date())
        self._stay()
        known, found = self._known, self.vault.digests
        self._known = dict(found)
        self._new = {path for path in (*self._new, *(found.keys() - known.keys())) if path in found}
        return sorted(path for path in known.keys() | found.keys() if known.get(path) != found.get(path))

    def _stay(self) -> None:
        disk.check(self._root)
        if not disk.is_there(self._root, settled=self._settled):
            raise VaultAwayError(str(self._root))

    def is_own(self, path: str) -> bool:
        """Tell whether a path is that of a page of ours; what becomes of one is no news."""
        return path in self.vault.own_pages

    def _reopen(self, texts: tuple[str, str]) -> None:
        """Begin anew with other settings; while they are wrong, the vault is left as it is."""
        config.parse(texts[0], str(self._root / config.FILE))
        self._texts = texts
        self.vault.close()
        self.vault = self._open()

    # ------------------------------------------------------------ working

    def prepare(self) -> None:
        """Work out what `work` will write, if nothing changes until then."""
        if self.vault.owes_pages:
            _ = self.vault.reports

    @property
    def may_touch_notes(self) -> bool:
        """Tell whether notes are this device's business; pages always are."""
        named = self.vault.settings.watch.device
        return not named or file_key(named) == file_key(self._device)

    def work(self, now: datetime, *, calm: bool) -> Done:
        """Give new empty notes their templates, write what pages differ, and fill regions.

        Notes are left alone until the vault is calm: a sync program may be in the middle of them.
        """
        done = Done()
        watch = self.vault.settings.watch
        touches = self.may_touch_notes
        if calm:
            self._heal(done)
        if touches and watch.inject:
            self._inject(done, now, calm=calm)
        pages = self.vault.refresh_pages()
        self._propose()
        done.deeds += (("page", path) for path, state in pages.states.items() if state == "written")
        done.troubles += pages.refused
        if touches and watch.regions and calm:
            self._fill(done)
        if touches and not calm:
            done.leave(0.0)
        return done

    def _heal(self, done: Done) -> None:
        """Put back the notes that a process of ours was killed over, this daemon's forerunner for one."""
        for healed in heal(self._root):
            if healed.state == "put-back":
                done.deeds.append(("put back", healed.path))
            else:
                done.troubles.append(
                    f"{healed.path} was left as it is, though a writing of it was cut short: "
                    f"below its first line, {healed.image} holds what it was"
                )
        if done.deeds:
            self.vault.look_again()

    def _inject(self, done: Done, now: datetime, *, calm: bool) -> None:
        empty = [path for path in sorted(self._new) if self._known[path] in _EMPTY]
        left = {path: self._quiet - disk.age(self._root, path, now.timestamp()) for path in empty}
        ripe = [path for path in empty if calm and left[path] <= 0]
        self._new = {path for path in empty if path not in ripe}
        for path in self._new:
            done.leave(left[path])
        wanted = [path for path in ripe if not self._is_filled_elsewhere(path)]
        for step in inject.plan(self.vault, wanted, now, fill_up=False) if wanted else ():
            if isinstance(step, inject.Left):
                continue
            why = inject.carry_out(self.vault, step, "watch")
            if why is None:
                done.deeds.append(("template", step.path))
            else:
                done.troubles.append(f"{step.path}: {spoken(why, {}, lambda ref: ref.id)}")
        if done.deeds:
            journal.forget_old(self._root)
            self.look(now)

    @property
    def _quiet(self) -> float:
        return self.vault.settings.inject.quiet

    def _is_filled_elsewhere(self, path: str) -> bool:
        """Tell whether Templater fills the new notes of a folder: two that fill one note spoil it."""
        folders = self.vault.obsidian.filled
        return any(not folder or file_key(path).startswith(file_key(folder) + "/") for folder in folders)

    def _fill(self, done: Done) -> None:
        refilled = self.vault.refresh_regions(by="watch")
        done.deeds += (("region", path) for path, state in refilled.states.items() if state == "written")
        done.troubles += refilled.refused
        if "changed-meanwhile" in refilled.states.values():
            done.leave(0.0)

    # ------------------------------------------------------------ notes made by themselves

    def owes_notes(self, now: datetime) -> bool:
        """Tell whether this device has notes to make on this day that it has not tried to make yet."""
        return next(self._owed(now), None) is not None

    def make_notes(self, now: datetime, done: Done) -> None:
        """Make the notes of this day, week … that the settings name; one that is there already is left as it is."""
        for word in list(self._owed(now)):
            self._made.add((word, now.date()))
            try:
                made = create(self.vault, word, None, now, once=True)
            except VaultToolsError as error:
                done.troubles.append(f"[watch] create: {error}")
                continue
            if made.new:
                done.deeds.append(("note", made.path))

    def _owed(self, now: datetime) -> Iterator[str]:
        watch = self.vault.settings.watch
        if watch.device and self.may_touch_notes:
            yield from (
                word for word in watch.create if (word, now.date()) not in self._made and self._is_due(word, now)
            )

    def _is_due(self, word: str, now: datetime) -> bool:
        """Tell whether it is time for a note: a week's from its day of reflection on, a month's … on its last day."""
        forms = self.vault.forms.called(word)
        kind = forms[0].form.name if len(forms) == 1 else ""
        if kind == "weekly":
            return now.weekday() >= config.targets(self.vault.settings).reflection_day
        return kind not in _LATE or containing(_LATE[kind], now.date()).end == now.date()

    # ------------------------------------------------------------ what is proposed

    def _propose(self) -> None:
        """Put what is due in the reader's words, if anything has changed."""
        if self._proposed == self.vault.fingerprint:
            return
        self._proposed = self.vault.fingerprint
        speak, name = self.vault.speak, self.vault.linker.name
        self.proposals = [
            f"{name(each.subject)}: {speak(each.why)}; {speak(each.step)}" for each in self.vault.findings["due"]
        ]


_EMPTY = frozenset(disk.digest_of(data) for data in (b"", b"\n", b"\r\n", b"\xef\xbb\xbf"))
"""Digests of notes in which nothing is written yet."""
