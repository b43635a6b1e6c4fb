"""Sentences in the reader's language, with whatever they mention drawn by whoever shows them."""

import re
from collections.abc import Callable

from vault_tools.model.text import Ref, Say, Text, Value, Words

_HOLE = re.compile(r"\{(\w+)\}")


def translated(text: str, words: Words) -> str:
    """Return one of our own words or titles in the reader's language; English where it has none."""
    return words.get(text, text)


def spoken(text: Text | Value, words: Words, ref: Callable[[Ref], str], quote: Callable[[str], str] = str) -> str:
    """Return a text in the reader's language.

    `ref` draws a mention; `quote` makes words harmless where they are shown, ours and the user's alike.
    """
    if isinstance(text, Ref):
        return ref(text)
    if isinstance(text, Say):
        return _said(text, words, ref, quote)
    if isinstance(text, tuple):
        return "".join(spoken(part, words, ref, quote) for part in text)
    return quote(str(text))


def _said(said: Say, words: Words, ref: Callable[[Ref], str], quote: Callable[[str], str]) -> str:
    values = dict(said.values)
    chosen = said.one if said.one and values.get("n") == 1 else said.text
    pieces = _HOLE.split(words.get(chosen) or (words.get(said.text) or chosen))
    comma = translated(", ", words)

    def shown(name: str) -> str:
        value = values[name]
        if isinstance(value, tuple):
            return quote(comma).join(spoken(item, words, ref, quote) for item in value)
        return spoken(value, words, ref, quote)

    return "".join(shown(piece) if at % 2 else quote(piece) for at, piece in enumerate(pieces))
