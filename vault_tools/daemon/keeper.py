"""Keeps one vault current: reads what changed, and writes what differs."""

from datetime import datetime
from pathlib import Path

from vault_tools import clock, ours
from vault_tools.app import Vault
from vault_tools.daemon.done import Done
from vault_tools.daemon.newnotes import Diary, Newcomers
from vault_tools.errors import VaultAwayError
from vault_tools.graph.names import file_key
from vault_tools.model.finding import Finding
from vault_tools.model.outcome import UNFINISHED
from vault_tools.model.speech import spoken
from vault_tools.model.text import say
from vault_tools.model.visible import visible
from vault_tools.publishing.pages import owes_reports, refresh_reports
from vault_tools.reading.opening import VaultFolder
from vault_tools.store import contents, obsidian, places
from vault_tools.store.heal import heal
from vault_tools.store.record import Record
from vault_tools.words import Words

RETRY = 60.0
"""Seconds after which a note is tried again that the system kept from being written."""


class Keeper:
    """A vault that is looked at again and again. Each look may raise VaultToolsError or OSError; the next may not."""

    def __init__(self, root: Path, device: str, workers: int = 1) -> None:
        """Read the vault in a folder; many notes are read by this many `workers` (processes)."""
        folder = VaultFolder.at(root)
        self._root = folder.root
        self._device = device
        self._settled = bool(places.settings_folders(self._root))
        self._stay_there()
        self._edited: set[str] = set()
        local = obsidian.read(self._root)
        self._texts, self._said = (folder.settings_text, local.text), local.record
        self.vault = self._open(self._texts, workers)
        self._recorded = self.vault.snapshot.vault.recorded
        self._filled_for = ""
        self._unmerged: list[str] = []
        self._known = dict(self.vault.snapshot.digests)
        self._lost: set[str] = set()
        self._newcomers = Newcomers()
        self._diary = Diary()
        self._proposed: tuple[str, list[str]] = ("", [])

    def close(self) -> None:
        """Let go of the vault."""
        self.vault.close()

    def _open(self, texts: tuple[str, str], workers: int = 1) -> Vault:
        name = str(self._root / ours.SETTINGS)
        folder = VaultFolder(self._root, texts[0], name, healed=())  # torn notes wait until the vault is calm
        return Vault.open(folder, workers=workers, edited=frozenset(self._edited))

    def _settings(self) -> tuple[tuple[str, str], Record]:
        """Return the texts of our settings and Obsidian's, and what to record of Obsidian's on this device."""
        local = obsidian.read(self._root)
        return (contents.settings_of(self._root, ours.SETTINGS), local.text), local.record

    # ------------------------------------------------------------ looking

    def stay(self) -> None:
        """Raise VaultAwayError where the vault is not there any more, UnusableVaultError where it cannot be read."""
        places.check(self._root)
        self._stay_there()

    def _stay_there(self) -> None:
        if not places.is_there(self._root, settled=self._settled):
            raise VaultAwayError(str(self._root))

    def look(self, now: datetime) -> list[str]:
        """Read what changed since the last look, and return the paths of notes that are new, other, or gone.

        A vault that is not there any more raises, so that nothing is taken for deleted.
        """
        self.stay()
        self._look_at_settings()
        self.vault.look_again(now.date())
        self.stay()
        known, found = self._known, self.vault.snapshot.digests
        self._lost = {
            folder
            for folder in self.vault.snapshot.unreadable
            if folder in self._lost or any(path.startswith(f"{folder}/") for path in known)
        }
        self._known = dict(found)
        self._newcomers.meet(known, found)
        return sorted(path for path in known.keys() | found.keys() if known.get(path) != found.get(path))

    def _look_at_settings(self) -> None:
        """Open the vault again if the settings of vault-tools or Obsidian changed, here or in the record."""
        (texts, said), recorded = self._settings(), self.vault.snapshot.vault.recorded
        self._edited |= {name for name in said if name in self._said and said[name] != self._said[name]}
        self._said = {**self._said, **said}
        if texts != self._texts or recorded != self._recorded:
            self._reopen(texts)
            self._recorded = recorded

    def now(self) -> datetime:
        """Return the current time in the vault's time zone."""
        return clock.now(self.vault.settings.vault.timezone)

    def is_own(self, path: str) -> bool:
        """Tell whether a path is that of a report page; changes of these are no news."""
        return path in self.vault.snapshot.vault.own_paths

    def _reopen(self, texts: tuple[str, str]) -> None:
        """Begin again with other settings; while they are wrong or cannot be read, the vault stays unchanged."""
        vault = self._open(texts)  # only by this process: it has threads by now, and must not be forked
        self.vault.close()
        self.vault, self._texts = vault, texts

    # ------------------------------------------------------------ working

    def prepare(self) -> None:
        """Work out what `work` will write, if nothing changes until then."""
        if owes_reports(self.vault.snapshot):
            _ = self.vault.answers.pages

    @property
    def is_its_device(self) -> bool:
        """Tell whether this device may write notes and pages; if no device is named, every device may."""
        named = self.vault.settings.watch.device
        return not named or file_key(named) == file_key(self._device)

    def work(self, now: datetime, *, calm: bool) -> Done:
        """Give new empty notes their templates, fill regions, and write the pages that differ.

        Regions come first, since pages name lines of notes, which a region may move. Notes are not changed until the
        vault is calm: a sync program may be in the middle of them. So are they while a folder that could be read before
        cannot: the files in it are not gone.
        """
        done = Done()
        watch = self.vault.settings.watch
        done.troubles += (say("daemon.folder-unreadable", folder=folder) for folder in sorted(self._lost))
        touches = self.is_its_device and not self._lost
        if calm and self._heal(done):
            self.vault.look_again()
        if touches and watch.inject and self._newcomers.fill(self.vault, done, now, calm=calm):
            self.look(now)
        if touches and watch.regions and calm:
            self._fill(done)
        if self.is_its_device:
            self._write_pages(done)
        done.troubles += self.vault.snapshot.troubles
        if touches and not calm:
            done.leave(0.0)
        return done

    def _heal(self, done: Done) -> bool:
        """Restore the notes that a killed vault-tools process, such as an earlier daemon, was writing."""
        found = heal(self._root)
        done.deeds += (("put back", healed.path) for healed in found if healed.state == "put-back")
        done.troubles += (
            say("daemon.torn-note", path=healed.path, image=str(healed.image))
            for healed in found
            if healed.state == "left"
        )
        return bool(found)

    def _write_pages(self, done: Done) -> None:
        pages = refresh_reports(self.vault.answers)
        done.deeds += (("page", path) for path, state in pages.states.items() if state == "written")
        done.troubles += pages.refused
        if not pages.refused:  # what was edited is recorded by now: another device may edit it next
            self._edited.clear()
            self._recorded = self.vault.snapshot.vault.recorded

    def _fill(self, done: Done) -> None:
        """Fill regions, unless only regions changed: then another device has already filled them.

        Each round reports unfinished merges.
        """
        wanted = self.vault.snapshot.fingerprint_without_regions
        if wanted != self._filled_for:
            self._refill(done, wanted)
        done.troubles += (say("daemon.unfinished-merge", path=path) for path in self._unmerged)

    def _refill(self, done: Done, wanted: str) -> None:
        """Fill regions; `wanted` is the fingerprint of everything that they depend on."""
        refilled = self.vault.refresh_regions(by="watch")
        done.deeds += (("region", path) for path in refilled.those("written"))
        done.troubles += refilled.refused
        if refilled.refused:
            done.leave(RETRY)
        done.busy += refilled.those("changed-meanwhile")
        self._unmerged = refilled.those(UNFINISHED)
        self._known |= refilled.digests  # what we wrote ourselves is no news
        self._filled_for = "" if refilled.refused or done.busy else wanted

    # ------------------------------------------------------------ notes made by themselves

    def owes_notes(self, now: datetime) -> bool:
        """Tell whether this device has notes to make on this day that it has not tried to make yet."""
        return self._makes_notes and self._diary.owes(self.vault, now)

    def make_notes(self, now: datetime, done: Done) -> None:
        """Make the notes of this day, week … that the settings name; one that is there already is left as it is."""
        if self._makes_notes and not self._lost:
            self._diary.make(self.vault, now, done)

    @property
    def _makes_notes(self) -> bool:
        return bool(self.vault.settings.watch.device) and self.is_its_device

    # ------------------------------------------------------------ what is proposed

    def proposals(self, words: Words) -> list[str]:
        """Return what is due, in a language; it is only worked out again if anything has changed."""
        if self._proposed[0] != self.vault.snapshot.fingerprint:
            lines = [self._proposal(each, words) for each in self.vault.findings["due"]]
            self._proposed = (self.vault.snapshot.fingerprint, lines)
        return self._proposed[1]

    def _proposal(self, due: Finding, words: Words) -> str:
        name = self.vault.linker.name
        why, step = (spoken(text, words, name) for text in (due.why, due.step))
        return visible(spoken(say("daemon.proposal", note=name(due.subject), why=why, step=step), words, name))
