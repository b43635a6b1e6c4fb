"""A query, read into a condition."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vault_tools.dialect.query.conditions import (
    Condition,
    TextTest,
    all_of,
    any_of,
    anywhere,
    has_empty_property,
    has_number,
    has_property,
    has_value,
    in_any_piece,
    in_piece,
    not_,
)
from vault_tools.dialect.query.tokens import Tokens, without_escapes
from vault_tools.dialect.regex import UnsupportedPatternError, compiled
from vault_tools.model.normal_form import composed

_LONGEST = 2_000
_DEEPEST = 30

_PROPERTY = re.compile(r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^:]*))\s*(?::(?P<value>.*))?', re.DOTALL)
_COMPARED = re.compile(r"\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*", re.ASCII)


class _UnknownError(Exception):
    """A query that is not understood."""


def parse(query: str) -> Condition | None:
    """Read a query; None for one that is empty or not understood."""
    if not query.strip() or len(query) > _LONGEST:
        return None
    try:
        return _QueryParser(Tokens(composed(query))).whole()
    except _UnknownError:
        return None


@dataclass(slots=True)
class _QueryParser:
    """Reads a query, or the part after an operator: `leaf` makes a condition of a test of one word."""

    tokens: Tokens
    leaf: Callable[[TextTest], Condition] = anywhere
    cased: bool = False
    of_tags: bool = field(default=False, init=False)
    depth: int = 0

    def whole(self) -> Condition:
        """Read the whole query; an extra bracket at the end is ignored."""
        condition = self._alternatives()
        if self.tokens.rest.strip(" )"):
            raise _UnknownError
        return condition

    def _alternatives(self) -> Condition:
        """Read up to a closing bracket or the end: all words must be found, or all after an OR."""
        alternatives: list[list[Condition]] = [[]]
        while (kind := self.tokens.next_kind()) is not None and kind != "close":
            if kind == "either":
                self.tokens.take()
                alternatives.append([])
            else:
                alternatives[-1].append(self._term())
        parts = [all_of(terms) for terms in alternatives if terms]
        if not parts:
            raise _UnknownError
        return any_of(parts)

    def _term(self) -> Condition:
        """Read one word, or what takes its place."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _UnknownError
        kind, text = self.tokens.take()
        if kind not in _TERMS:
            raise _UnknownError
        condition = _TERMS[kind](self, text)
        self.depth -= 1
        return condition

    # Each of these reads the rest of a term, given its first token; see `_TERMS`.

    def negation(self, _minus: str) -> Condition:
        return not_(self._term())

    def group(self, _bracket: str) -> Condition:
        condition = self._alternatives()
        if self.tokens.next_kind() is not None:
            self.tokens.take()
        return condition

    def operation(self, text: str) -> Condition:
        """Read what an operator searches for; each piece that the operator looks at is tested."""
        operator = text.removesuffix(":")
        if operator in ("match-case", "ignore-case"):
            return self._with_case(cased=operator == "match-case")
        if self.leaf is not anywhere:
            raise _UnknownError
        self.leaf, self.of_tags = in_piece, operator == "tag"
        term = self._term()
        self.leaf, self.of_tags = anywhere, False
        return in_any_piece(operator, term)

    def _with_case(self, *, cased: bool) -> Condition:
        before, self.cased = self.cased, cased
        term = self._term()
        self.cased = before
        return term

    def phrase(self, text: str) -> Condition:
        return self.leaf(self._contains(without_escapes(text)))

    def word(self, text: str) -> Condition:
        return self.leaf(self._contains(text))

    def _contains(self, text: str) -> TextTest:
        """Make a test for a text anywhere; for tags, the tag itself or one above it."""
        if self.of_tags:
            tag = text.lower().removeprefix("#").rstrip("/")
            return lambda piece: piece.low == tag or piece.low.startswith(f"{tag}/")
        if self.cased:
            return lambda piece: text in piece.raw
        low = text.lower()
        return lambda piece: low in piece.low

    def pattern(self, text: str) -> Condition:
        try:
            matches = compiled(text, cased=self.cased, by_line=True)
        except UnsupportedPatternError:
            raise _UnknownError from None
        return self.leaf(lambda piece: matches(piece.raw))

    def property_term(self, text: str) -> Condition:
        """Read `[name]` or `[name:value]`; a value is compared with each item of a list."""
        parts = _PROPERTY.fullmatch(text)
        if parts is None or self.leaf is not anywhere:
            raise _UnknownError
        quoted = parts["quoted"]
        name = (parts["bare"] if quoted is None else without_escapes(quoted)).strip().lower()
        value = parts["value"]
        return has_property(name) if value is None else self._property_value(name, value)

    def _property_value(self, name: str, value: str) -> Condition:
        if value.strip().lower() == "null":
            return has_empty_property(name)
        compared = _COMPARED.fullmatch(value)
        if compared is not None:
            return has_number(name, float(compared[2]), above=compared[1] == ">")
        return has_value(name, _QueryParser(Tokens(value), in_piece, self.cased, self.depth).whole())


_TERMS: Mapping[str, Callable[[_QueryParser, str], Condition]] = {
    "minus": _QueryParser.negation,
    "open": _QueryParser.group,
    "operator": _QueryParser.operation,
    "phrase": _QueryParser.phrase,
    "pattern": _QueryParser.pattern,
    "property": _QueryParser.property_term,
    "word": _QueryParser.word,
}
"""How each kind of token that begins a term is read."""
