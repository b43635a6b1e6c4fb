"""Files that are no notes and are searched for names of attachments: other text files, and what the settings skip."""

import re

from vault_tools import ours
from vault_tools.dialect.mentions import mentions
from vault_tools.store import entries
from vault_tools.store.marks import is_marked

_KEY = "/"
"""Precedes the vault path of a file that is only searched for names; it may be read as a note another time."""
_HEAD = 8192
"""The characters in which a file must show that it is no text, or that it is ours."""
_NO_TEXT = re.compile(
    r"\.(?:avif|bmp|gif|heic|ico|jpe?g|png|psd|tiff?|webp|3gp|aac|aiff?|flac|m4[abv]|mkv|mov|mp[34]|mpe?g|og[agv]|opus|wav"
    r"|webm|wma|avi|pdf|docx?|xlsx?|pptx?|od[pst]|epub|mobi|azw3|djvu|pages|numbers|key|zip|gz|bz2|xz|zst|7z|rar|tar|dmg"
    r"|iso|jar|exe|dll|so|dylib|bin|dat|db|sqlite3?|parquet|pyc|class|o|a|woff2?|ttf|otf|eot|wasm)\Z",
    re.IGNORECASE,
)


def may_name(path: str) -> bool:
    """Tell whether to search a file for names: it is not a note, and its suffix is that of a text file."""
    return not entries.is_note(path) and _NO_TEXT.search(path) is None


def key_of(path: str) -> str:
    """Return the key of a file that is only searched for names; that of a note is its path."""
    return _KEY + path


def path_of(key: str) -> str:
    """Return the vault path of a file by its key."""
    return key.removeprefix(_KEY)


def is_for_names(key: str) -> bool:
    """Tell by its key whether a file is only searched for names and is not a note here."""
    return key.startswith(_KEY)


def names_in(text: str) -> tuple[str, ...]:
    """Return what a text names; nothing if it is no text, or lists every file because we wrote it."""
    head = text[:_HEAD]
    if "\0" in head or any(is_marked(head, mark) for mark in ours.LISTING_MARKS):
        return ()
    return mentions(text)
