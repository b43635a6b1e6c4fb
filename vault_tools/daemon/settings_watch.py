"""The settings of a vault from look to look: what is set, and which of Obsidian's files were edited on this device."""

from pathlib import Path
from typing import NamedTuple

from vault_tools import ours
from vault_tools.store import contents, obsidian
from vault_tools.store.record import Record


class SettingsState(NamedTuple):
    """What a vault is opened with: the text of our settings, that of Obsidian's, and the record beside the pages."""

    ours: str
    obsidian: str
    recorded: Record


class SettingsWatch:
    """The settings of one vault. Each look may raise SettingsError."""

    def __init__(self, root: Path) -> None:
        """Read Obsidian's settings as they are now; none of them is edited."""
        self._root = root
        self._here = obsidian.read(root).record
        self._edited: set[str] = set()

    @property
    def edited(self) -> frozenset[str]:
        """The files of Obsidian's settings that were edited here since the last call of `forget_edits`."""
        return frozenset(self._edited)

    def look(self, recorded: Record) -> SettingsState:
        """Read the settings; `recorded` is the record that is beside the pages by now."""
        local = obsidian.read(self._root)
        here = local.record
        self._edited |= {name for name in here if name in self._here and here[name] != self._here[name]}
        self._here = {**self._here, **here}
        return SettingsState(contents.settings_of(self._root, ours.SETTINGS), local.text, recorded)

    def forget_edits(self) -> None:
        """Forget what was edited: it is recorded by now, and another device may edit it next."""
        self._edited.clear()
