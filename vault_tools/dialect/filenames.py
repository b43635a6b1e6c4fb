"""File names: which are safe, which Obsidian never sees, and which no link can contain."""

import re
import unicodedata

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


_PLACEHOLDER = re.compile(r"\.(.+)\.icloud", re.DOTALL)
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


def placeholder_of(name: str) -> str | None:
    """Return the name of the file for which iCloud left a placeholder (`.Note.md.icloud`), since it is elsewhere."""
    placeholder = _PLACEHOLDER.fullmatch(name)
    return placeholder.group(1) if placeholder else None
