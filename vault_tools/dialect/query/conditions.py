"""The conditions that a query consists of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vault_tools.dialect.query.searchable import Searchable, SearchText, items, pieces
from vault_tools.model.note import Value

TextTest = Callable[[SearchText], bool]
"""Whether a text is as a word of a query has it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a node, or a piece of text, is found.

    If it reads the text of notes, other conditions are checked before it.
    """

    finds: Callable[[Any], bool]
    reads: bool = False


def all_of(parts: Sequence[Condition]) -> Condition:
    """Return the condition that all of some hold."""
    if len(parts) == 1:
        return parts[0]
    tests = [part.finds for part in sorted(parts, key=lambda part: part.reads)]
    return Condition(lambda node: all(test(node) for test in tests), any(part.reads for part in parts))


def any_of(parts: Sequence[Condition]) -> Condition:
    """Return the condition that at least one of some holds."""
    if len(parts) == 1:
        return parts[0]
    tests = [part.finds for part in sorted(parts, key=lambda part: part.reads)]
    return Condition(lambda node: any(test(node) for test in tests), any(part.reads for part in parts))


def not_(part: Condition) -> Condition:
    """Return the condition that another does not hold."""
    return Condition(lambda node: not part.finds(node), part.reads)


def anywhere(test: TextTest) -> Condition:
    """A word of a query is in a path or in a text; files that are not notes are only found by their path."""
    return Condition(lambda node: (test(node.path) and node.is_text) or test(node.content), reads=True)


def in_piece(test: TextTest) -> Condition:
    """A word behind an operator is in a piece of text."""
    return Condition(test)


def in_any_piece(operator: str, part: Condition) -> Condition:
    """A condition holds for one of the pieces that an operator looks at."""
    finds = part.finds
    reads = operator not in ("path", "file", "tag")
    return Condition(lambda node: any(finds(piece) for piece in pieces(operator, node)), reads)


def has_property(name: str) -> Condition:
    """A node has a property, with any value."""
    return Condition(lambda node: bool(node.values(name)))


def has_empty_property(name: str) -> Condition:
    """A node has a property without a value."""
    return Condition(lambda node: any(value in (None, "", []) for value in node.values(name)))


def has_number(name: str, limit: float, *, above: bool) -> Condition:
    """A node has a property with a number above or below a limit."""
    return Condition(lambda node: any(_is_beyond(value, limit, above=above) for value in node.values(name)))


def has_value(name: str, part: Condition) -> Condition:
    """A condition holds for one item of a property's value."""
    finds = part.finds

    def has(node: Searchable) -> bool:
        return any(finds(item) for value in node.values(name) for item in items(value))

    return Condition(has)


def _is_beyond(value: Value, limit: float, *, above: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value > limit if above else value < limit
