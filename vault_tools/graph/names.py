"""When two names are the same: for Obsidian's files, for headings, and for the words of the vocabulary."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

_BLANKS = re.compile("[\u00a0\u202f]")
_HEADING = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\r\n\s]+")
_DIGITS = re.compile(r"\d+|\.\w{1,5}\Z")  # and the suffix of a file
_NO_LETTERS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[\s_-]+")


def file_key(path: str) -> str:
    """Return a path as Obsidian compares it: NFC, lower case (never case folding), no-break blanks as blanks."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", path)).lower()


@lru_cache(maxsize=1 << 16)
def heading_key(text: str) -> str:
    """Return a heading as links compare it: punctuation and blanks as one blank, lower case (API `stripHeading`)."""
    return _HEADING.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


def word_key(text: str) -> str:
    """Return a word of the vocabulary as it is compared: `Part of`, `part_of` and `part-of` are the same."""
    return _WORD.sub("-", unicodedata.normalize("NFC", text).strip().lower())


class Nearest:
    """Offers the known name closest to a wrong one; asks only its neighbours in the alphabet, from both ends."""

    AROUND = 4
    LONGEST = 200

    def __init__(self, names: Iterable[str], alike: float = 0.6) -> None:
        """Sort the known names, forwards and backwards; what is less `alike` (difflib's ratio) is not offered."""
        self._alike = alike
        self._spelled = {name.lower(): name for name in sorted(names) if len(name) <= self.LONGEST}
        self._forwards = sorted(self._spelled)
        self._backwards = sorted(name[::-1] for name in self._spelled)

    def to(self, name: str) -> str | None:
        """Return the closest known name, or None if none is close; one that differs in its digits alone is another."""
        wanted = name.lower()
        if len(wanted) > self.LONGEST:
            return None
        stem = _stem(wanted)
        around = [near for near in self._around(wanted) if near == wanted or _stem(near) != stem]
        close = get_close_matches(wanted, around, 1, self._alike)
        return self._spelled[close[0]] if close and self._has_words_like(wanted, close[0]) else None

    def _has_words_like(self, wanted: str, near: str) -> bool:
        """Tell whether two names are alike in their letters too: a date that both begin with makes them no kin."""
        return SequenceMatcher(None, _NO_LETTERS.sub("", wanted), _NO_LETTERS.sub("", near)).ratio() >= self._alike

    def _around(self, wanted: str) -> set[str]:
        near = _window(self._forwards, wanted, self.AROUND)
        return {*near, *(name[::-1] for name in _window(self._backwards, wanted[::-1], self.AROUND))}


def _stem(name: str) -> str:
    """Return a name without its digits and suffix."""
    return _DIGITS.sub("", name).strip()


def _window(names: list[str], wanted: str, around: int) -> list[str]:
    at = bisect_left(names, wanted)
    return names[max(0, at - around) : at + around]
