"""When two names are the same: for Obsidian's files, for headings, and for the words of the vocabulary."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BLANKS = re.compile("[\u00a0\u202f]")
_HEADING = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\r\n\s]+")
_WORD = re.compile(r"[\s_-]+")


def file_key(path: str) -> str:
    """Return a path as Obsidian compares it: NFC, lower case (never case folding), no-break blanks as blanks."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", path)).lower()


def paths_called(paths: Iterable[str], name: str) -> list[str]:
    """Return the paths that a name means: those that are it, with or without `.md`, or else the only file called so."""
    keys = {file_key(name), file_key(f"{name}.md")}
    each = list(dict.fromkeys(paths))
    same_path = [path for path in each if file_key(path) in keys]
    if same_path:
        return same_path
    same_name = [path for path in each if file_key(path.rpartition("/")[2]) in keys]
    return same_name if len(same_name) == 1 else []


@lru_cache(maxsize=1 << 16)
def heading_key(text: str) -> str:
    """Return a heading as links compare it: punctuation and blanks as one blank, lower case (API `stripHeading`)."""
    return _HEADING.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


@lru_cache(maxsize=1 << 14)
def word_key(text: str) -> str:
    """Return a word of the vocabulary as it is compared: `Part of`, `part_of`, `ｐａｒｔ－ｏｆ` are the same."""
    return _WORD.sub("-", unicodedata.normalize("NFKC", text).strip().lower())
