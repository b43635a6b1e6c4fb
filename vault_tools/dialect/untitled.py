"""Whether a note has a name of its own yet, or still the one that Obsidian gave it: `Untitled`, `未命名 2`."""

import re
from collections.abc import Collection
from unicodedata import normalize

_NUMBER = re.compile(r" \d+$")


def key(name: str) -> str:
    """Return a name as names are compared: composed, and without regard to capitals."""
    return normalize("NFC", name).casefold()


def is_untitled(name: str, words: Collection[str]) -> bool:
    """Tell whether a name, without folder and suffix, is one of some words (see `key`), or one with a number."""
    known = key(name)
    return known in words or _NUMBER.sub("", known) in words
