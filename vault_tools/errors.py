"""What can go wrong outside the notes; each error's text is one line that says what to do."""

from collections.abc import Iterable

_LONGEST = 1000
"""Characters of a line that quotes what the user wrote."""


class VaultToolsError(Exception):
    """Something outside the notes stops the run. Trouble inside a note is a `Problem` instead."""


class UnusableVaultError(VaultToolsError):
    """The vault folder is not there, is a file, or cannot be read."""


class SettingsError(VaultToolsError):
    """`vault-tools.toml` says something that cannot be meant."""

    def __init__(self, text: str) -> None:
        """Put the text on one printable line, and cut it if it is very long."""
        line = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))
        super().__init__(line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}")


class NotOursError(VaultToolsError):
    """A file stands where a page of ours would go, and somebody else wrote it."""

    def __init__(self, path: str) -> None:
        """Name the file that is left alone."""
        self.path = path
        super().__init__(
            f"{path} was not written by vault-tools, so it is left alone: "
            "rename it, or choose another folder with [reports] folder in vault-tools.toml"
        )


class NotWrittenError(VaultToolsError):
    """The system refuses a page of ours; it is as it was."""

    def __init__(self, path: str, reason: str, more: int = 0) -> None:
        """Name the page and the system's reason; `more` pages are refused for the same reason."""
        self.path, self.reason = path, reason
        super().__init__(
            f"{_and_more(path, more)} could not be written ({reason}) and {_is_as_it_was(more)}: "
            "close it in other programs, or see to it that it may be written; it is tried again"
        )


class NotAmendedError(VaultToolsError):
    """A note that was to be changed cannot be written; it is as it was."""

    def __init__(self, path: str, reason: str, more: int = 0) -> None:
        """Name the note and the system's reason; `more` notes are refused for the same reason."""
        self.path, self.reason = path, reason
        super().__init__(
            f"{_and_more(path, more)} could not be changed ({reason}) and {_is_as_it_was(more)}: "
            "see to it that it may be written, then it is tried again"
        )


class StateError(NotAmendedError):
    """The user's state folder cannot be used, so the step that needs it is not done."""

    def __init__(self, place: object, reason: str, so: str) -> None:
        """Name the folder or file and the system's reason, and say what is not done because of it (`so`)."""
        VaultToolsError.__init__(
            self,
            f"{place} cannot be used ({reason}), so {so}: make sure that you can write there, "
            "or set XDG_STATE_HOME to a folder that you can write to",
        )


def _and_more(path: str, more: int) -> str:
    return f"{path} and {more} more" if more else path


def _is_as_it_was(more: int) -> str:
    return "are as they were" if more else "is as it was"


def by_cause(errors: Iterable[VaultToolsError]) -> list[str]:
    """Return one line per cause; files that the system refuses for the same reason share a line."""
    groups: dict[object, list[VaultToolsError]] = {}
    for error in errors:
        reason = getattr(error, "reason", "")
        groups.setdefault((type(error), reason) if reason else id(error), []).append(error)
    return [_together(first, len(rest)) for first, *rest in groups.values()]


def _together(error: VaultToolsError, more: int) -> str:
    if more and isinstance(error, (NotWrittenError, NotAmendedError)):
        return str(type(error)(error.path, error.reason, more))
    return str(error)


class ReadOnlyError(VaultToolsError):
    """Something would be written into a vault that must not change."""

    def __init__(self, path: str) -> None:
        """Name what is not written."""
        super().__init__(f"{path} is in the vault, and --read-only does not allow writing there")


class OutputError(VaultToolsError):
    """The folder that the user named for the pages cannot take them."""


class SpoiledNoteError(VaultToolsError):
    """The disk failed while a note was written, and again when it was to be put back."""

    def __init__(self, path: str, image: object) -> None:
        """Name the note, and the file that keeps what it was."""
        super().__init__(f"{path} was written in part only: below its first line, {image} holds the note as it was")


class OutsideVaultError(VaultToolsError):
    """A note would be written where it is no part of the vault."""

    def __init__(self, path: str) -> None:
        """Name the place that is left alone."""
        super().__init__(
            f"{path} would lie outside the vault, or where Obsidian does not see it: choose another folder"
        )


class WatchedError(VaultToolsError):
    """Another daemon watches the vault already."""

    def __init__(self, root: str, pid: int | None) -> None:
        """Name the vault, and the process if it is known."""
        process = f" (process {pid})" if pid else ""
        super().__init__(f"{root} is watched already{process}: `vault-tools status` tells of it; stop that one first")


class VaultAwayError(UnusableVaultError):
    """The vault was there, and is not now: its drive was taken out, or its folder moved."""

    def __init__(self, root: str) -> None:
        """Name the folder that is empty or gone."""
        super().__init__(
            f"{root} is gone or empty, as when its drive is not connected: nothing is written until it is back"
        )


class UnclearWordError(VaultToolsError):
    """A word of the user's means no note template, or several; or there is no name for a note."""


class LiveTextError(VaultToolsError):
    """A new note would contain code that a plugin may run and that is not in its template."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the note that is not created, and say why."""
        shown = "".join(char if char.isprintable() else "?" for char in path)
        super().__init__(f"{shown} was not created: {reason}")


class NoteTakenError(VaultToolsError):
    """A note stands where the user asked for an output, or the output would be one."""

    def __init__(self, path: str, *, is_there: bool) -> None:
        """Name the note, which is left alone if it is there, and else is not made."""
        known = "is a note of the vault, so it is left alone" if is_there else "would be a note of the vault"
        super().__init__(f"{path} {known}: choose another file")


class TakenError(VaultToolsError):
    """A file that somebody else wrote stands where the user asked for an output."""

    def __init__(self, path: str, *, may_force: bool) -> None:
        """Name the file that is left alone; `may_force` where the user may insist."""
        way_out = "choose another file, or say --force to write over it" if may_force else "choose another file"
        super().__init__(f"{path} was not written by vault-tools, so it is left alone: {way_out}")


class UnsayableError(VaultToolsError):
    """A path holds what the file of a service has no spelling for."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the path, and what in it cannot be said."""
        shown = "".join(char if char.isprintable() else "?" for char in path)
        super().__init__(f"{shown} cannot be written into a service ({reason}): rename the folder")


class NoSupervisorError(VaultToolsError):
    """There is nothing here that could run a service for this user."""

    def __init__(self, reason: str, instead: str) -> None:
        """Say what the system said, and what to do instead."""
        super().__init__(f"services cannot be run here ({reason}): {instead}")


class ForeignServiceError(VaultToolsError):
    """Somebody else's service stands where ours would go."""

    def __init__(self, name: str) -> None:
        """Name what is left alone."""
        super().__init__(f"{name} was not written by vault-tools, so it is left alone: move it away, and try again")


class ServiceStepError(VaultToolsError):
    """A command that installs or removes a service failed."""

    def __init__(self, command: str, said: str) -> None:
        """Give the command and what it said."""
        super().__init__(f"`{command}` failed ({said}): mend that, and try again; `vault-tools service status` tells")
