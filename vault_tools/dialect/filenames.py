"""File names: which are safe, which no link can contain, and which a sync service gave to a copy of a note."""

import re
import unicodedata
from collections.abc import Iterator
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
    """Return a file name (without suffix) for a new note of any title; None if nothing of the title can be used.

    Also None for a title that starts with a dot: Obsidian would not see the note.
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
    """Tell whether a name contains what no link can contain: `#`, `^`, `[`, `]`, `|`, `:` or `%%`."""
    return _UNLINKABLE.search(name) is not None


def is_hidden(path: str) -> bool:
    """Tell whether Obsidian never sees a path: a part of it starts with a dot. Drafts of a file have such names."""
    return path.startswith(".") or "/." in path


_LONGEST_PATH = 1000
"""The most UTF-8 bytes of a folder's path in a vault; the path of the vault itself comes on top."""


def can_be_folder(path: str) -> bool:
    """Tell whether a path, which may end with a slash, is valid for a folder in a vault on every system."""
    parts = path.removesuffix("/").split("/")
    return len(path.encode("utf-8", "replace")) <= _LONGEST_PATH and all(map(_can_be_name, parts))


def _can_be_name(name: str) -> bool:
    """Tell whether a name is valid for a folder: shown by Obsidian, the same on every system, and not a device name."""
    if not name or name.startswith(".") or name.endswith((".", " ")) or _DEVICE.match(name):
        return False
    if any(unicodedata.category(char) in {"Cc", "Cs"} or char in "\\:" for char in name):
        return False
    return len(name.encode()) <= LONGEST


@dataclass(frozen=True, slots=True)
class Conflict:
    """A copy of a file that changed in two places: the file's name, and the service that gives copies such names."""

    original: str
    service: str


_PLACEHOLDER = re.compile(r"\.(.+)\.icloud", re.DOTALL)
# Only the end of a name is read, so that a long name takes no more time.
_TAIL = 200
# Most names are not those of copies, and one search finds that out.
_SAYS_CONFLICT = re.compile("onflict|[)）]")
_SAYS_COPY = re.compile(r"[ (_][1-9][0-9]?[).]|-")
_SUFFIX = re.compile(r"\.(?!sync-conflict-)[^.\s()（）]{1,40}\Z")
# What may end a name, without parentheses around it.
_ENDINGS = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Za-z]{0,10})?\Z"), "Syncthing"),
    (re.compile(r"_conflict-(?:[^_]{1,80}-)?\d{8}-\d{6}\Z"), "ownCloud"),
    (re.compile(r"_[^_]{1,80}_[A-Z][a-z]{2}-\d{2}-\d{4,6}-\d{4}_(?:Case)?Conflict\Z"), "Synology Drive"),
    (re.compile(r" ?\[conflicted(?: \d{1,4})?\]\Z"), "pCloud"),
)
_SEAFILE = re.compile(r"SFConflict .{1,150} \d{4}(?:-\d{2}){2}(?:-\d{1,2}){3}", re.DOTALL)
_OBSIDIAN = re.compile(r"Conflicted copy (?:.* )?\d{12}", re.DOTALL)
_NEXTCLOUD = re.compile(r"conflicted copy (?:.* )?\d{4}-\d{2}-\d{2} \d{6}", re.DOTALL)
_CLASH = re.compile(r"(?:case|unicode encoding|selective sync|whitespace) conflict(?: \(?\d{1,4}\)?)?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ _]\d{1,2}[\d._:-]{0,12}(?: [AP]M)?)?(?: \(?\d{1,4}\)?)?\Z")
# Dropbox's words, in the languages in which such names were found; a name or a date comes before or after them.
_DROPBOX = (
    "conflicted copy",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
    "conflicterende kopie",
    "modstridende kopi",
    "motstridende kopi",
    "motstridiga kopia",
    "конфліктна копія",
    "salinan konflik",
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
_COUNTED = re.compile(r"(?: ([1-9][0-9]?)| ?\(([1-9][0-9]?)\))\Z")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_PARTS = 6
"""Hyphens that the name of a computer may hold, and one before it."""


def conflict_of(name: str) -> Conflict | None:
    """Read a file name that can only be that of a conflict copy; None for any other name."""
    if not _SAYS_CONFLICT.search(name):
        return None
    stem, suffix = _parted(name)
    for pattern, service in _ENDINGS:
        found = pattern.search(stem, max(0, len(stem) - _TAIL))
        if found and found.start():
            return Conflict(stem[: found.start()] + suffix, service)
    at = _opening(stem)
    original = stem[: max(0, at)].rstrip()
    author = _service(unicodedata.normalize("NFC", stem[at + 1 : -1])) if original else None
    return Conflict(original + suffix, author) if author else None


def maybe_copies_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the names of files that this may be a copy of, the likeliest first, and what its own name adds.

    `Note 2.md`, `Note (1).md`, `Note-DESKTOP-AB12CD3.md` and `Note-Anna’s MacBook Pro.md` are names of copies. People
    give such names to a second note too, so only the contents can tell.
    """
    if not _SAYS_COPY.search(name):
        return
    stem, suffix = _parted(name)
    counted = _COUNTED.search(stem, max(0, len(stem) - _TAIL))
    if counted and stem[: counted.start()].strip():
        yield stem[: counted.start()] + suffix, counted[1] or counted[2]
    at = len(stem)
    for _ in range(_MOST_PARTS):
        at = stem.rfind("-", max(0, len(stem) - _TAIL), at)
        if at < 0:
            return
        if stem[:at].strip() and _LETTER.search(stem, at):
            yield stem[:at].rstrip() + suffix, stem[at + 1 :].strip()


def placeholder_of(name: str) -> str | None:
    """Return the name of the file for which iCloud left a placeholder (`.Note.md.icloud`), since it is elsewhere."""
    found = _PLACEHOLDER.fullmatch(name)
    return found.group(1) if found else None


def _parted(name: str) -> tuple[str, str]:
    """Split a file name from its suffix; a suffix contains no blank and no parenthesis."""
    found = _SUFFIX.search(name, max(0, len(name) - _TAIL))
    return (name[: found.start()], name[found.start() :]) if found and found.start() else (name, "")


def _opening(stem: str) -> int:
    """Return where the parenthesis that closes at the end of a name opens, of any width; -1 if there is none."""
    depth = 0
    for at in range(len(stem) - 1, max(-1, len(stem) - 1 - _TAIL), -1):
        depth += (stem[at] in ")）") - (stem[at] in "(（")
        if depth == 0:
            return at if stem[at] in "(（" else -1
    return -1


def _service(remark: str) -> str | None:
    """Name the service that adds such a remark in parentheses; None if there is none."""
    if _OBSIDIAN.fullmatch(remark):
        return "Obsidian Sync"
    if _NEXTCLOUD.fullmatch(remark):
        return "Nextcloud"
    if _SEAFILE.fullmatch(remark):
        return "Seafile"
    if _CLASH.fullmatch(remark) or _is_dropbox(remark.lower()):
        return "Dropbox"
    return None


def _is_dropbox(remark: str) -> bool:
    """Tell whether a remark is Dropbox's: only its words, or its words and a date at the end."""
    return any(words == remark or (words in remark and _DATE.search(remark.upper())) for words in _DROPBOX)
