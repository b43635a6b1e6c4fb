"""What is said to the reader: sentences of ours that can be translated, and mentions of notes in them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of a node in a text, to be drawn as a link where the node is a file."""

    id: str
    label: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of ours: its English text, with `{name}` where a value stands.

    A value is a mention, a number, another sentence, a text of the user's (shown as it is), or a tuple of these
    (a list with commas). `one` is said instead where the value `n` is 1.
    """

    text: str
    values: tuple[tuple[str, "Value"], ...] = ()
    one: str = ""


Value = str | int | Ref | Say | tuple["Value", ...]
Text = tuple[str | Ref | Say, ...]
"""Running text: sentences of ours, mentions, and strings, which are shown as they are and never translated."""
Words = Mapping[str, str]
"""A language: the English text of each sentence, and what is said instead."""


def say(text: str, /, **values: Value) -> Say:
    """Return a sentence with its values: `say("needed by {goal}", goal=Ref("Goal.md"))`."""
    return Say(text, tuple(values.items()))


def count(one: str, many: str, /, n: int, **values: Value) -> Say:
    """Return a sentence about a number of things: `count("{n} note", "{n} notes", 3)`."""
    return Say(many, (("n", n), *values.items()), one)
