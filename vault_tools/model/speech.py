"""Sentences in the reader's language; the caller decides how the notes in them are shown."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from vault_tools import words as catalogue
from vault_tools.model.text import HOLE, Ref, Say, Term, Text, Value
from vault_tools.words import Words

_CODE = re.compile(r"(`[^`]+`)")
_HARMLESS = re.compile(r"`[^\W_](?:[\w ,.，、()（）'\"/-]|:(?!:))*`")
"""Code with a user's words in it that no plugin takes for a query, a field or a command."""


@dataclass(frozen=True, slots=True)
class _Ours:
    """A piece of a sentence of the catalogue."""

    text: str
    is_code: bool = False


_Piece = Ref | _Ours | str


def format_english(text: Text | Value) -> str:
    """Return a text in English, with the ids of the notes that it mentions."""
    return format_words(text, catalogue.words(), lambda ref: ref.id)


def format_words(text: Text | Value, words: Words, ref: Callable[[Ref], str], quote: Callable[[str], str] = str) -> str:
    """Return a text in the reader's language.

    `ref` draws a mention; `quote` escapes words where they are shown, those of the catalogue and the user's. It gets
    all text between two mentions in one piece: what is harmless piece by piece may not be so together.
    """
    drawn = []
    for is_kept, pieces in groupby(_pieces(text, words), _is_kept):
        if is_kept:
            drawn += [ref(piece) if isinstance(piece, Ref) else _plain(piece) for piece in pieces]
        else:
            drawn.append(quote("".join(map(_plain, pieces))))
    return "".join(drawn)


def _is_kept(piece: _Piece) -> bool:
    return isinstance(piece, Ref) or (isinstance(piece, _Ours) and piece.is_code)


def format_markup(text: Text | Value, words: Words, ref: Callable[[Ref], str], quote: Callable[[str], str]) -> str:
    """Return a text in the reader's language whose sentences are markup already: only the user's words are quoted."""
    pieces = _pieces(text, words)
    return "".join(
        ref(piece) if isinstance(piece, Ref) else piece.text if isinstance(piece, _Ours) else quote(piece)
        for piece in pieces
    )


def _plain(piece: _Piece) -> str:
    return piece.text if isinstance(piece, _Ours) else str(piece)


def _pieces(text: Text | Value, words: Words) -> Iterator[_Piece]:
    """Yield a text piece by piece: mentions, words of the catalogue, and words of the user."""
    if isinstance(text, Say):
        yield from _said(text, words)
    elif isinstance(text, tuple):
        for part in text:
            yield from _pieces(part, words)
    elif isinstance(text, Term):
        yield _term(text, words)
    else:
        yield text if isinstance(text, Ref) else str(text)


def _term(term: Term, words: Words) -> str:
    word = words.get(term.key)
    return word if isinstance(word, str) else term.name


def _said(sentence: Say, words: Words) -> Iterator[_Piece]:
    values = dict(sentence.values)
    for at, part in enumerate(_parts(form(words, sentence.id, values.get("n")))):
        pieces = _filled(part, values, words)
        yield from _as_code(list(pieces), is_plain=len(part) == 1) if at % 2 else pieces


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[tuple[str, ...], ...]:
    """Split a sentence into text and code by turns, and each of these into text and names of values by turns."""
    return tuple(tuple(HOLE.split(part)) for part in _CODE.split(sentence))


def _as_code(pieces: list[_Piece], *, is_plain: bool) -> list[_Piece]:
    """Return code as one piece; as its pieces if a value in it may be more than a word to type."""
    whole = "".join(piece if isinstance(piece, str) else _shown(piece) for piece in pieces)
    return [_Ours(whole, is_code=True)] if is_plain or _HARMLESS.fullmatch(whole) else pieces


def _filled(part: Sequence[str], values: Mapping[str, Value], words: Words) -> Iterator[_Piece]:
    """Yield a part of a sentence with its values."""
    for at, piece in enumerate(part):
        if at % 2 == 0:
            yield from [_Ours(piece)] if piece else []
        elif piece not in values:  # it is no hole, then, but a text that looks like one
            yield f"{{{piece}}}"
        else:
            yield from _value(values[piece], words)


def _shown(piece: Ref | _Ours) -> str:
    """Return a piece as it is in code, which cannot hold a mention."""
    return piece.text if isinstance(piece, _Ours) else "`"


def form(words: Words, id_: str, number: object = None) -> str:
    """Return the sentence of an id: of two forms, the one for this number."""
    entry = words.get(id_, id_)
    if isinstance(entry, str):
        return entry
    return entry["one"] if number == 1 and "one" in entry else entry["other"]


def _value(value: Value, words: Words) -> Iterator[_Piece]:
    for at, item in enumerate(value if isinstance(value, tuple) else (value,)):
        if at:
            yield _Ours(form(words, "common.list-separator"))
        yield from _pieces(item, words)
