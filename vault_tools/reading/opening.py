"""The one way to open a vault: its folder is checked once, its settings are read once, torn notes are repaired once."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from vault_tools import ours
from vault_tools.render import pages
from vault_tools.settings import parsing
from vault_tools.settings.schema import Settings
from vault_tools.store import contents, obsidian, places, record
from vault_tools.store.cache import Cache, folder
from vault_tools.store.heal import Healed, heal
from vault_tools.store.obsidian import ObsidianSettings
from vault_tools.store.record import Record


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """A folder that was checked to be a vault, with the text of its settings.

    `settings_name` is what messages call the file of the settings. `healed` are the notes that were repaired here;
    None if nobody looked for them yet.
    """

    root: Path
    settings_text: str
    settings_name: str = ours.SETTINGS
    healed: tuple[Healed, ...] | None = None

    @classmethod
    def at(cls, path: Path, settings_name: str = ours.SETTINGS) -> Self:
        """Check a folder, and read the text of its settings.

        Raises UnusableVaultError if there is no vault that can be read, SettingsError if its settings cannot be read.
        """
        return cls(places.check(path), contents.settings_of(path, ours.SETTINGS), settings_name)

    def repaired(self) -> Self:
        """Repair the notes that a killed run was writing; whoever changes notes does this first."""
        return replace(self, healed=tuple(heal(self.root)))

    def settings(self) -> Settings:
        """Return the settings; SettingsError says what is wrong in them."""
        return parsing.parse_settings(self.settings_text, self.settings_name)


@dataclass(frozen=True, slots=True)
class OpenVault:
    """What stays the same while a vault is open: its folder, its settings and Obsidian's, and its cache.

    `chosen_day` is the date for which learning is computed, if it is not today. `is_unattended` says that no person
    started this run. `workers` is the number of processes that may parse at the first reading.
    """

    root: Path
    settings: Settings
    obsidian: ObsidianSettings
    cache: Cache
    chosen_day: date | None
    is_unattended: bool
    workers: int

    @property
    def folder(self) -> str:
        """The folder of our pages, as a vault path."""
        return _pages_folder(self.settings)

    @property
    def own_paths(self) -> frozenset[str]:
        """The vault paths of all pages that we write."""
        return ours.paths(self.folder, pages.names())

    @property
    def template_folders(self) -> tuple[str, ...]:
        """The folders of the vault's own templates, as Obsidian's settings or ours name them."""
        return tuple(each for each in (*self.obsidian.templates, self.settings.templates) if each.strip("/ "))

    @property
    def recorded(self) -> Record:
        """The record of Obsidian's settings that is kept beside the pages by now."""
        return _recorded(self.root, self.settings)


def open_vault(
    place: VaultFolder,
    *,
    cache: bool | Path = True,
    settings: Settings | None = None,
    today: date | None = None,
    edited: Collection[str] | None = None,
    workers: int = 1,
) -> OpenVault:
    """Open the vault in a folder; see `Vault.open`."""
    chosen = settings or place.settings()
    return OpenVault(
        root=place.root,
        settings=chosen,
        obsidian=obsidian.read(place.root, _recorded(place.root, chosen), edited),
        cache=Cache.open(place.root, folder() if cache is True else cache or None),
        chosen_day=today,
        is_unattended=edited is not None,
        workers=workers,
    )


def _recorded(root: Path, settings: Settings) -> Record:
    return record.read(contents.text_of(root, f"{_pages_folder(settings)}/{ours.RECORD}"))


def _pages_folder(settings: Settings) -> str:
    return settings.reports.folder.strip("/")
