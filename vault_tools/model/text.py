"""Text for the reader: sentences of the catalogue, and mentions of notes in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

HOLE = re.compile(r"\{(\w+)\}")
"""The place of a value in a sentence."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a node in a text, shown as a link if the node is a file.

    `label` is shown instead of its title: a text of the user, or a sentence of the catalogue.
    """

    id: str
    label: "str | Say | Term" = ""
    line: int = 0


TermKind = Literal["type", "relation", "property", "stage", "mode", "status", "outcome", "key", "system"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary: a note type, a relation, a value (stage, mode, status, outcome), or a property.

    A `key` is the name of a property as people type it, a `property` the kind of its values, and `system` a reason that
    the system gives. A term is shown by the word of the reader's language, or by its name if there is none.
    """

    kind: TermKind
    name: str

    @property
    def key(self) -> str:
        """Its id in the catalogue; never that of a sentence."""
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence by its id in the catalogue, with a value for each `{name}` in it.

    A value is a mention, a number, a word of the vocabulary, another sentence, a text of the user (shown unchanged),
    or a tuple of these (a list with commas). The value `n` decides between the forms for one and for more.
    """

    id: str
    values: tuple[tuple[str, "Value"], ...] = ()


Value = str | int | Ref | Term | Say | tuple["Value", ...]
Text = tuple[str | Ref | Term | Say, ...]
"""Running text: sentences, mentions, and strings, which are shown as they are and never translated."""


def say(id_: str, /, **values: Value) -> Say:
    """Return a sentence with its values: `say("demand.needed-by", goal=Ref("Goal.md"))`."""
    return Say(id_, tuple(values.items()))


def listing(items: Sequence[Value], most: int) -> Value:
    """Return a list with at most `most` items, and the number of omitted ones."""
    return with_more(tuple(items[:most]), max(0, len(items) - most))


def with_more(items: tuple[Value, ...], more: int) -> Value:
    """Return a list, with the number of omitted items if there are any."""
    return say("common.list-more", list=items, n=more) if more else items


def quotes(text: Text | Value) -> bool:
    """Tell whether a text contains words of the user besides the names of notes, types and relations.

    A stage or a mode counts as a word of the user.
    """
    if isinstance(text, str):
        return bool(text)
    if isinstance(text, Ref):
        return quotes(text.label)
    if isinstance(text, Term):
        return text.kind in ("stage", "mode")
    if isinstance(text, Say):
        return any(quotes(value) for _, value in text.values)
    return isinstance(text, tuple) and any(map(quotes, text))


def mentions(text: Text | Value) -> Iterator[Ref]:
    """Yield the mentions of a text, in order."""
    if isinstance(text, Ref):
        yield text
    elif isinstance(text, Say):
        for _, value in text.values:
            yield from mentions(value)
    elif isinstance(text, tuple):
        for part in text:
            yield from mentions(part)
