"""File names: which are safe to give, which no link can say, and which a sync service gave to a copy of a note."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 240
"""Bytes of UTF-8 that a name may take without its suffix; most file systems end at 255."""

_UNLINKABLE = re.compile(r"[#^\[\]|:]|%%")
_BLANK = re.compile("[\\s\x00-\x1f\x7f-\x9f]+")
_INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_DROPPED = re.compile(r'[*"<>?#^\[\]]|[:|](?=\s|\Z)')
_DASHED = re.compile(r"[\\/:|]")
_COMMENT = re.compile("%%+")
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)


def safe(name: str) -> str | None:
    """Return a file name (without suffix) for a new note of any title; None where nothing of it can be one.

    None too for a title that starts with a dot: Obsidian would not see the note.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", name))
    plain = _COMMENT.sub("%", _DASHED.sub("-", _DROPPED.sub("", plain)))
    plain = unicodedata.normalize("NFC", _BLANK.sub(" ", plain)).lstrip(" ").rstrip(" .")
    if not plain or plain.startswith("."):
        return None
    return _cut(f"_{plain}" if _DEVICE.match(plain) else plain)


def _cut(name: str) -> str:
    """Cut a name to the bytes it may take, at a character."""
    return name.encode()[:LONGEST].decode(errors="ignore").rstrip(" .")


def breaks_links(name: str) -> bool:
    """Tell whether a name holds what no link can say: `#`, `^`, `[`, `]`, `|`, `:` or `%%`."""
    return _UNLINKABLE.search(name) is not None


def is_hidden(path: str) -> bool:
    """Tell whether Obsidian never sees a path: a part of it starts with a dot. Drafts of a file are named so."""
    return path.startswith(".") or "/." in path


_LONGEST_PATH = 1000
"""Bytes of UTF-8 that the path of a folder in a vault may take; the vault's own path comes before it."""


def can_be_folder(path: str) -> bool:
    """Tell whether a path, which may end with a slash, can be that of a folder in a vault, on each system."""
    parts = path.removesuffix("/").split("/")
    return len(path.encode("utf-8", "replace")) <= _LONGEST_PATH and all(map(_can_be_name, parts))


def _can_be_name(name: str) -> bool:
    """Tell whether a folder may have a name: seen by Obsidian, spelled the same everywhere, and no device."""
    if not name or name.startswith(".") or name.endswith((".", " ")) or _DEVICE.match(name):
        return False
    if any(unicodedata.category(char) in {"Cc", "Cs"} or char in "\\:" for char in name):
        return False
    return len(name.encode()) <= LONGEST


@dataclass(frozen=True, slots=True)
class Conflict:
    """A copy made of a file that changed in two places: the file's own name, and the service that names copies so."""

    original: str
    service: str


_PLACEHOLDER = re.compile(r"\.(.+)\.icloud", re.DOTALL)
# Only the end of a name is looked at, so that no name, however long, takes long.
_TAIL = 200
# Most names are no copy's, and one look tells.
_SAYS_CONFLICT = re.compile("conflict-|[)）]")
_SAYS_COPY = re.compile(r" [1-9][0-9]?(?:\.|\Z)|\(|-[0-9A-Zi]|-Mac")
_SUFFIX = re.compile(r"\.(?!sync-conflict-)[^.\s()（）]{1,40}\Z")
_SYNCTHING = re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Za-z]{0,10})?\Z")
_OLD_OWNCLOUD = re.compile(r"_conflict-(?:[^_]{1,80}-)?\d{8}-\d{6}\Z")
_OBSIDIAN = re.compile(r"Conflicted copy (?:.* )?\d{12}", re.DOTALL)
_NEXTCLOUD = re.compile(r"conflicted copy (?:.* )?\d{4}-\d{2}-\d{2} \d{6}", re.DOTALL)
_CLASH = re.compile(r"(?:case|unicode encoding|selective sync|whitespace) conflict(?: \(?\d{1,4}\)?)?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ _]\d{1,2}[\d._:-]{0,12}(?: [AP]M)?)?(?: \(?\d{1,4}\)?)?\Z")
# Dropbox's words in the languages in which such names were met; a name or a date stands before or behind them.
_DROPBOX = (
    "conflicted copy",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
    "cópia em conflito",
    "конфликтующая копия",
    "kopia powodująca konflikt",
    "競合コピー",
    "冲突副本",
    "冲突的副本",
    "衝突複本",
    "衝突的複本",
    "충돌하는 사본",
)
_COUNTED = re.compile(r" (?:[2-9]|[1-9][0-9])\Z")
_BRACKETED = re.compile(r" ?\([1-9][0-9]?\)\Z")
_COMPUTER = re.compile(
    r"""-(?:
      (?:DESKTOP|LAPTOP)-[0-9A-Z]{7,8}|WIN-[0-9A-Z]{11}|[0-9A-Z]{1,12}-PC
      |(?:[^-\s]{1,40}-)?(?:MacBook(?:-Pro|-Air|-Neo)?|MBP|iMac(?:-Pro)?|Mac-(?:mini|Studio|Pro))(?:-(?:von|de|di)-[^-\s]{1,40})?
    )(?:-[1-9][0-9]?)?\Z""",
    re.VERBOSE,
)


def conflict_of(name: str) -> Conflict | None:
    """Read a file name that by itself says that it is a conflict copy; None for any other name."""
    if not _SAYS_CONFLICT.search(name):
        return None
    stem, suffix = _parted(name)
    for pattern, service in ((_SYNCTHING, "Syncthing"), (_OLD_OWNCLOUD, "ownCloud")):
        found = pattern.search(stem, max(0, len(stem) - _TAIL))
        if found and found.start():
            return Conflict(stem[: found.start()] + suffix, service)
    at = _opening(stem)
    original = stem[: max(0, at)].rstrip()
    author = _service(unicodedata.normalize("NFC", stem[at + 1 : -1])) if original else None
    return Conflict(original + suffix, author) if author else None


def maybe_conflict_of(name: str) -> Conflict | None:
    """Read a name that may be a conflict copy's: it is one if its original stands beside it, with much the same text.

    `Note 2.md` (iCloud), `Note (1).md` (Google Drive) and `Note-DESKTOP-AB12CD3.md` (OneDrive) are such names.
    """
    if not _SAYS_COPY.search(name):
        return None
    stem, suffix = _parted(name)
    for pattern, service in ((_COUNTED, "iCloud"), (_BRACKETED, "Google Drive"), (_COMPUTER, "OneDrive")):
        found = pattern.search(stem, max(0, len(stem) - _TAIL))
        if found and stem[: found.start()].strip():
            return Conflict(stem[: found.start()] + suffix, service)
    return None


def placeholder_of(name: str) -> str | None:
    """Return the name of the file for which iCloud left a placeholder (`.Note.md.icloud`), since it is elsewhere."""
    found = _PLACEHOLDER.fullmatch(name)
    return found.group(1) if found else None


def _parted(name: str) -> tuple[str, str]:
    """Part a file name from its suffix; what holds a blank or a parenthesis is none."""
    found = _SUFFIX.search(name, max(0, len(name) - _TAIL))
    return (name[: found.start()], name[found.start() :]) if found and found.start() else (name, "")


def _opening(stem: str) -> int:
    """Return where the parenthesis, of whatever width, opens that closes at the end of a name; -1 where none does."""
    depth = 0
    for at in range(len(stem) - 1, max(-1, len(stem) - 1 - _TAIL), -1):
        depth += (stem[at] in ")）") - (stem[at] in "(（")
        if depth == 0:
            return at if stem[at] in "(（" else -1
    return -1


def _service(remark: str) -> str | None:
    """Name the service that adds such a remark in parentheses; None where none does."""
    if _OBSIDIAN.fullmatch(remark):
        return "Obsidian Sync"
    if _NEXTCLOUD.fullmatch(remark):
        return "Nextcloud"
    if _CLASH.fullmatch(remark) or _is_dropbox(remark.lower()):
        return "Dropbox"
    return None


def _is_dropbox(remark: str) -> bool:
    """Tell whether a remark is Dropbox's: its words alone, or with a date at the end."""
    return any(words == remark or (words in remark and _DATE.search(remark.upper())) for words in _DROPBOX)
