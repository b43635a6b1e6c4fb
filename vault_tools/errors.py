"""What can go wrong outside the notes; each error's text is one line that says what to do."""


class VaultToolsError(Exception):
    """Something outside the notes stops the run. Trouble inside a note is a `Problem` instead."""


class UnusableVaultError(VaultToolsError):
    """The vault folder is not there, is a file, or cannot be read."""


class SettingsError(VaultToolsError):
    """`vault-tools.toml` says something that cannot be meant."""


class NotOursError(VaultToolsError):
    """A file stands where a page of ours would go, and somebody else wrote it."""

    def __init__(self, path: str) -> None:
        """Name the file that is left alone."""
        super().__init__(
            f"{path} was not written by vault-tools, so it is left alone: "
            "rename it, or choose another folder with [reports] folder in vault-tools.toml"
        )


class OutsideVaultError(VaultToolsError):
    """A note would be written where it is no part of the vault."""

    def __init__(self, path: str) -> None:
        """Name the place that is left alone."""
        super().__init__(
            f"{path} would lie outside the vault, or where Obsidian does not see it: choose another folder"
        )


class UnclearWordError(VaultToolsError):
    """A word of the user's means no note template, or several; or there is no name for a note."""
