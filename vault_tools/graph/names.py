"""When two names are the same: for Obsidian's files, for headings, and for the words of the vocabulary."""

import re
import unicodedata

_BLANKS = re.compile("[\u00a0\u202f]")
_HEADING = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\r\n\s]+")
_WORD = re.compile(r"[\s_-]+")


def file_key(path: str) -> str:
    """Return a path as Obsidian compares it: NFC, lower case (never case folding), no-break blanks as blanks."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", path)).lower()


def heading_key(text: str) -> str:
    """Return a heading as links compare it: punctuation and blanks as one blank, lower case (API `stripHeading`)."""
    return _HEADING.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


def word_key(text: str) -> str:
    """Return a word of the vocabulary as it is compared: `Part of`, `part_of` and `part-of` are the same."""
    return _WORD.sub("-", unicodedata.normalize("NFC", text).strip().lower())
