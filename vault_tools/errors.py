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


class TakenError(VaultToolsError):
    """A file that somebody else wrote stands where the user asked for an output."""

    def __init__(self, path: str, *, may_force: bool) -> None:
        """Name the file that is left alone; `may_force` where the user may insist."""
        way_out = "choose another file, or say --force to write over it" if may_force else "choose another file"
        super().__init__(f"{path} was not written by vault-tools, so it is left alone: {way_out}")
