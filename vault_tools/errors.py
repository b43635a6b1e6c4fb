"""What can go wrong outside the notes; each error says on one line what happened, where, and what to do."""

import errno
from collections.abc import Iterable, Mapping

from vault_tools.model.speech import format_english
from vault_tools.model.text import Ref, Say, Term, Value, say, with_more

_LONGEST = 400
"""Characters of a value that quotes what the user wrote."""


class VaultToolsError(Exception):
    """Something outside the notes stops the run. Trouble inside a note is a `Problem` instead."""

    def __init__(self, sentence: Say) -> None:
        """Take the sentence; what it quotes is put on one printable line."""
        self.sentence = _tidied(sentence)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return format_english(self.sentence)


def _tidied(sentence: Say, most: int = 0) -> Say:
    """Return a sentence whose values have no line breaks and control characters; a longer one than `most` is cut."""
    return Say(sentence.id, tuple((name, _on_one_line(each, most)) for name, each in sentence.values))


def _on_one_line(value: Value, most: int) -> Value:
    if isinstance(value, Say):
        return _tidied(value, most)
    if isinstance(value, tuple):
        return tuple(_on_one_line(each, most) for each in value)
    if isinstance(value, (int, Ref, Term)):
        return value
    line = "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in value)
    return line if not most or len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 :]}"


class RefusedError(OSError):
    """A file or lock that vault-tools refuses to use, as the system would; `said` is why."""

    def __init__(self, number: int, sentence: Say, path: str | None = None) -> None:
        """Take the code of the system that comes next, the reason, and the file."""
        self.sentence = sentence
        super().__init__(number, format_english(sentence), path)


def reason(error: OSError | RuntimeError) -> Value:
    """Say why the system refused; a code that few people meet is shown as the system says it.

    RuntimeError is what Python raises for symbolic links that form a loop, and for locks that are not supported.
    """
    if isinstance(error, RefusedError):
        return error.sentence
    if not isinstance(error, OSError):
        return say("system.no-locks") if isinstance(error, NotImplementedError) else say("system.link-loop")
    windows = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    known = windows or _REASONS.get(error.errno or 0)
    return Say(known) if known else str(error.strerror or error)


_REASONS: Mapping[int, str] = {
    getattr(errno, name): id_
    for name, id_ in {
        "EACCES": "system.no-permission",
        "EBUSY": "system.in-use",
        "EDQUOT": "system.no-quota",
        "EEXIST": "system.exists",
        "EFBIG": "system.too-large",
        "EINVAL": "system.not-accepted",
        "EIO": "system.failing-disk",
        "EISDIR": "system.is-folder",
        "ELOOP": "system.link-loop",
        "EMFILE": "system.open-files",
        "ENAMETOOLONG": "system.long-name",
        "ENFILE": "system.open-files",
        "ENODEV": "system.no-drive",
        "ENOENT": "system.not-found",
        "ENOMEM": "system.no-memory",
        "ENOSPC": "system.no-space",
        "ENOTCONN": "system.no-connection",
        "ENOTDIR": "system.not-folder",
        "ENOTEMPTY": "system.not-empty",
        "ENXIO": "system.no-drive",
        "EPERM": "system.not-allowed",
        "EROFS": "system.read-only",
        "ESTALE": "system.no-connection",
        "ETIMEDOUT": "system.timeout",
        "ETXTBSY": "system.in-use",
    }.items()
    if hasattr(errno, name)
}
_WINDOWS: Mapping[int, str] = {
    5: "system.no-permission",
    19: "system.read-only",
    21: "system.no-drive",
    32: "system.in-use",
    33: "system.in-use",
    53: "system.no-connection",
    64: "system.no-connection",
    112: "system.no-space",
    206: "system.long-name",
    1117: "system.failing-disk",
    1314: "system.not-allowed",
}
"""Codes of Windows that its errno does not tell apart, such as a file that another program has open."""


class UnusableVaultError(VaultToolsError):
    """The vault folder is not there, is a file, or cannot be read."""


class SettingsError(VaultToolsError):
    """`vault-tools.toml` contains something that is not valid."""

    def __init__(self, sentence: Say) -> None:
        """Cut the values that are very long: they quote what the user wrote."""
        super().__init__(sentence)
        self.sentence = _tidied(sentence, _LONGEST)


class FamilyError(VaultToolsError):
    """A file that was added to vault-tools is not what its folder holds."""


class NotOursError(VaultToolsError):
    """A page cannot be written because another program's file has its name."""

    def __init__(self, path: str) -> None:
        """Name the file, which is not changed."""
        self.path = path
        super().__init__(say("error.not-ours", path=path))


class NotWrittenError(VaultToolsError):
    """The system refuses a page; it is not changed."""

    def __init__(self, path: str, reason: Value, more: int = 0) -> None:
        """Name the page and the system's reason; `more` pages are refused for the same reason."""
        self.path, self.reason = path, reason
        many = say("error.not-written-many", path=with_more((path,), more), reason=reason)
        super().__init__(many if more else say("error.not-written", path=path, reason=reason))


class NotAmendedError(VaultToolsError):
    """A note that was to be changed cannot be written; it is not changed."""

    def __init__(self, path: str, reason: Value, more: int = 0) -> None:
        """Name the note and the system's reason; `more` notes are refused for the same reason."""
        self.path, self.reason = path, reason
        many = say("error.not-amended-many", path=with_more((path,), more), reason=reason)
        super().__init__(many if more else say("error.not-amended", path=path, reason=reason))


_RETRIED: Mapping[str, str] = {
    "error.not-written": "error.not-written-yet",
    "error.not-written-many": "error.not-written-many-yet",
    "error.not-amended": "error.not-amended-yet",
    "error.not-amended-many": "error.not-amended-many-yet",
}


def retried(sentence: Say) -> Say:
    """Return an error as the daemon says it, which tries again by itself."""
    values = tuple((name, retried(each) if isinstance(each, Say) else each) for name, each in sentence.values)
    return Say(_RETRIED.get(sentence.id, sentence.id), values)


class StateError(NotAmendedError):
    """The user's state folder cannot be used, so the step that needs it is not done."""

    def __init__(self, place: object, reason: Value, so: Say) -> None:
        """Name the folder or file and the system's reason, and say what is not done because of it (`so`)."""
        VaultToolsError.__init__(self, say("error.no-state", place=str(place), reason=reason, so=so))


def by_cause(errors: Iterable[VaultToolsError]) -> list[Say]:
    """Return one sentence per cause; files that the system refuses for the same reason share one."""
    groups: dict[object, list[VaultToolsError]] = {}
    for error in errors:
        reason = getattr(error, "reason", "")
        groups.setdefault((type(error), reason) if reason else id(error), []).append(error)
    return [_together(first, len(rest)) for first, *rest in groups.values()]


def _together(error: VaultToolsError, more: int) -> Say:
    if more and isinstance(error, (NotWrittenError, NotAmendedError)):
        return type(error)(error.path, error.reason, more).sentence
    return error.sentence


class ReadOnlyError(VaultToolsError):
    """Something would be written into a vault that must not change."""

    def __init__(self, path: str) -> None:
        """Name what is not written."""
        super().__init__(say("error.read-only", path=path))


class OutputError(VaultToolsError):
    """The folder that the user named for the pages cannot take them."""


class SpoiledNoteError(VaultToolsError):
    """The disk failed while a note was written, and again when the old text was put back."""

    def __init__(self, path: str, image: object) -> None:
        """Name the note, and the file that keeps its old text."""
        super().__init__(say("error.spoiled-note", path=path, image=str(image)))


class OutsideVaultError(VaultToolsError):
    """A note would be written where it is no part of the vault."""

    def __init__(self, path: str) -> None:
        """Name the place where nothing is written."""
        super().__init__(say("error.outside-vault", path=path))


class WatchedError(VaultToolsError):
    """Another daemon watches the vault already."""

    def __init__(self, root: str, pid: int | None) -> None:
        """Name the vault, and the process if it is known."""
        known = say("error.watched", root=root, pid=str(pid))
        super().__init__(known if pid else say("error.watched-unknown", root=root))


class VaultAwayError(UnusableVaultError):
    """The vault was there, and is not now: its drive was taken out, or its folder moved."""

    def __init__(self, root: str) -> None:
        """Name the folder that is empty or gone."""
        super().__init__(say("error.vault-away", root=root))


class UnclearWordError(VaultToolsError):
    """A word means no note template, or several; or there is no name for a note."""


class LiveTextError(VaultToolsError):
    """A new note would contain code that a plugin may run and that is not in its template."""

    def __init__(self, path: str, reason: Value) -> None:
        """Name the note that is not created, and say why."""
        super().__init__(say("error.live-text", path=path, reason=reason))


class NoteTakenError(VaultToolsError):
    """The file that the user named for an output is a note, or would become one."""

    def __init__(self, path: str, *, is_there: bool) -> None:
        """Name the note; it is not changed if it is there, and else not created."""
        super().__init__(say("error.note-taken", path=path) if is_there else say("error.would-be-note", path=path))


class TakenError(VaultToolsError):
    """The file that the user named for an output is there, and vault-tools did not write it."""

    def __init__(self, path: str, *, may_force: bool) -> None:
        """Name the file, which is not changed; `may_force` where the user may insist."""
        super().__init__(say("error.taken-force", path=path) if may_force else say("error.taken", path=path))


class UnsayableError(VaultToolsError):
    """A path contains what the file of a service cannot express."""

    def __init__(self, path: str, reason: Value) -> None:
        """Name the path, and what in it cannot be expressed."""
        super().__init__(say("error.unsayable", path=path, reason=reason))


class NoSupervisorError(VaultToolsError):
    """Nothing on this system can run a service for this user."""

    def __init__(self, reason: Value, instead: Value) -> None:
        """Give the system's answer, and what to do instead."""
        super().__init__(say("error.no-supervisor", reason=reason, instead=instead))


class ForeignServiceError(VaultToolsError):
    """A service of the same name is there, and vault-tools did not write it."""

    def __init__(self, name: str) -> None:
        """Name what is not changed."""
        super().__init__(say("error.foreign-service", name=name))


class ServiceStepError(VaultToolsError):
    """A command that installs or removes a service failed."""

    def __init__(self, command: str, answer: Value) -> None:
        """Give the command and its answer."""
        super().__init__(say("error.service-step", command=command, answer=answer))
