"""Whether a note still has the name that Obsidian gave it: `Untitled`, `未命名 2`."""

import re
from collections.abc import Collection
from unicodedata import normalize

_NUMBER = re.compile(r" \d+$")


def key(name: str) -> str:
    """Return a name in the form in which names are compared: NFC and without case."""
    return normalize("NFC", name).casefold()


def is_untitled(name: str, words: Collection[str]) -> bool:
    """Tell whether a name without folder and suffix is one of some words (see `key`), or a word with a number."""
    known = key(name)
    return known in words or _NUMBER.sub("", known) in words
