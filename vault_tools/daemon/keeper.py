"""Keeps one vault current: reads what changed, and writes what differs."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from vault_tools import clock, ours
from vault_tools.app import Vault
from vault_tools.daemon.done import Done
from vault_tools.daemon.newnotes import Diary, Newcomers
from vault_tools.daemon.proposals import Proposals
from vault_tools.daemon.region_turn import RegionTurn
from vault_tools.daemon.settings_watch import SettingsState, SettingsWatch
from vault_tools.errors import VaultAwayError
from vault_tools.graph.names import file_key
from vault_tools.model.text import say
from vault_tools.publishing.pages import owes_reports, refresh_reports
from vault_tools.reading.opening import VaultFolder
from vault_tools.store import places
from vault_tools.store.heal import heal
from vault_tools.words import Words


class Keeper:
    """A vault that is looked at again and again. Each look may raise VaultToolsError or OSError; the next may not."""

    def __init__(self, root: Path, device: str, workers: int = 1) -> None:
        """Read the vault in a folder; many notes are read by this many `workers` (processes)."""
        folder = VaultFolder.at(root)
        self._root = folder.root
        self._device = device
        self._settled = bool(places.settings_folders(self._root))
        self._stay_there()
        self._settings = SettingsWatch(self._root)
        self.vault = self._open(folder.settings_text, workers)
        snapshot = self.vault.snapshot
        self._opened_with = SettingsState(folder.settings_text, snapshot.vault.obsidian.text, snapshot.vault.recorded)
        self._known = dict(snapshot.digests)
        self._lost: set[str] = set()
        self._newcomers = Newcomers()
        self._diary = Diary()
        self._regions = RegionTurn()
        self._proposals = Proposals()

    def close(self) -> None:
        """Let go of the vault."""
        self.vault.close()

    def _open(self, settings_text: str, workers: int = 1) -> Vault:
        name = str(self._root / ours.SETTINGS)
        folder = VaultFolder(self._root, settings_text, name, healed=())  # torn notes wait until the vault is calm
        return Vault.open(folder, workers=workers, edited=self._settings.edited)

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
        earlier, self._known = self._known, dict(self.vault.snapshot.digests)
        self._lost = self._lost_folders(earlier)
        self._newcomers.meet(earlier, self._known)
        return sorted(
            path for path in earlier.keys() | self._known.keys() if earlier.get(path) != self._known.get(path)
        )

    def _lost_folders(self, earlier: Mapping[str, str]) -> set[str]:
        """Return the folders that cannot be read now, although notes in them were read `earlier`."""
        return {
            folder
            for folder in self.vault.snapshot.unreadable
            if folder in self._lost or any(path.startswith(f"{folder}/") for path in earlier)
        }

    def _look_at_settings(self) -> None:
        """Open the vault again if the settings of vault-tools or Obsidian changed, here or in the record."""
        state = self._settings.look(self.vault.snapshot.vault.recorded)
        if state != self._opened_with:
            self._reopen(state)

    def _reopen(self, state: SettingsState) -> None:
        """Begin again with other settings; while they are wrong or cannot be read, the vault stays unchanged."""
        vault = self._open(state.ours)  # only by this process: it has threads by now, and must not be forked
        self.vault.close()
        self.vault, self._opened_with = vault, state

    def now(self) -> datetime:
        """Return the current time in the vault's time zone."""
        return clock.now(self.vault.settings.vault.timezone)

    def is_own(self, path: str) -> bool:
        """Tell whether a path is that of one of our pages; changes of these are no news."""
        return path in self.vault.snapshot.vault.own_paths

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
        vault is calm: a sync program may be in the middle of them. Nor are they while a folder that could be read
        before cannot: the files in it are not gone.
        """
        done = Done()
        done.troubles += (say("daemon.folder-unreadable", folder=folder) for folder in sorted(self._lost))
        if calm and self._repair(done):
            self.vault.look_again()
        if self.is_its_device and not self._lost:
            self._write_notes(done, now, calm=calm)
        if self.is_its_device:
            self._write_pages(done)
        done.troubles += self.vault.snapshot.troubles
        return done

    def _write_notes(self, done: Done, now: datetime, *, calm: bool) -> None:
        """Give new empty notes their templates, then fill regions; what must wait is left for later."""
        watch = self.vault.settings.watch
        if watch.inject and self._newcomers.fill(self.vault, done, now, calm=calm):
            self.look(now)
        if not calm:
            done.leave(0.0)
        elif watch.regions:
            self._known |= self._regions.fill(self.vault, done)  # what we wrote ourselves is no news

    def _repair(self, done: Done) -> bool:
        """Restore the notes that a killed vault-tools process, such as an earlier daemon, was writing."""
        notes = heal(self._root)
        done.deeds += (("put back", note.path) for note in notes if note.state == "put-back")
        done.troubles += (
            say("daemon.torn-note", path=note.path, image=str(note.image)) for note in notes if note.state == "left"
        )
        return bool(notes)

    def _write_pages(self, done: Done) -> None:
        pages = refresh_reports(self.vault.answers)
        done.deeds += (("page", path) for path, state in pages.states.items() if state == "written")
        done.troubles += pages.refused
        if not pages.refused:
            self._settings.forget_edits()
            self._opened_with = self._opened_with._replace(recorded=self.vault.snapshot.vault.recorded)

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

    def proposals(self, words: Words) -> list[str]:
        """Return what is due, in a language."""
        return self._proposals.lines(self.vault, words)
