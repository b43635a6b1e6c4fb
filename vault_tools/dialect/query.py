"""Which nodes an Obsidian search finds, as far as the groups of its graph need it.

Words, "phrases", `-`, OR and parentheses; `path:`, `file:`, `content:`, `tag:`, `line:`, `block:`, `section:`, `task:`
and similar; `[property]` and `[property:value]`. A /regular expression/ runs in linear time; lookaround is not
supported. A search that is not understood finds nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vault_tools.dialect.regex import UnsupportedPatternError, compiled
from vault_tools.model.graph import Node
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Value

_LONGEST = 2_000
_DEEPEST = 30

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<minus>-(?=[^\s)]))
      | (?P<open>\()
      | (?P<close>\))
      | (?P<operator>(?:file|path|content|match-case|ignore-case|tag|line|block|section|task|task-todo|task-done):)
      | "(?P<phrase>(?:[^"\\]|\\.)*)(?:"|\Z)
      | /(?P<pattern>(?:[^/\\]|\\.)+)/
      | \[(?P<property>(?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]
      | (?P<either>OR(?![^\s()]))
      | (?P<word>[^\s()"\[\]][^\s()"]*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_PROPERTY = re.compile(r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^:]*))\s*(?::(?P<value>.*))?', re.DOTALL)
_COMPARED = re.compile(r"\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*", re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HEADING = re.compile(r"^(?=#{1,6}[ \t])", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_TASK = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\][ \t].*", re.MULTILINE)


def first_found(queries: Sequence[str], nodes: Sequence[Node], text: Callable[[str], str]) -> list[int]:
    """Return for each node the number, from 1, of the first query that finds it; 0 where none does.

    `text` gives the text of a note by its path; it is called only if a query needs it.
    """
    searches = [(number, wanted) for number, query in enumerate(queries, 1) if (wanted := _search(query)) is not None]
    if not searches:
        return [0 for _ in nodes]
    return [_first(searches, _seen(node, text)) for node in nodes]


def is_understood(query: str) -> bool:
    """Tell whether the search finds the same as in Obsidian; an empty query finds nothing there either."""
    return not query.strip() or _search(query) is not None


def _first(searches: Iterable[tuple[int, "_Search"]], seen: "_Seen") -> int:
    return next((number for number, wanted in searches if wanted.finds(seen)), 0)


class _Text:
    """A text that is searched, with and without capitals; an accent and its letter are one character."""

    def __init__(self, text: str) -> None:
        self.raw = composed(text)

    @cached_property
    def low(self) -> str:
        return self.raw.lower()


class _Seen:
    """What a search looks at: all of a file, the name of a tag, and nothing of a missing note."""

    def __init__(self, path: str, tags: Iterable[str], frontmatter: dict[str, Value], read: Callable[[], str]) -> None:
        self.path, self.name = _Text(path), _Text(path.rpartition("/")[2])
        self.tags = [_Text(tag.removeprefix("#")) for tag in tags]
        self.frontmatter = frontmatter
        self._read = read

    @cached_property
    def content(self) -> _Text:
        return _Text(self._read())


def _seen(node: Node, text: Callable[[str], str]) -> _Seen:
    if node.kind == "tag":
        return _Seen("", [node.title], {}, str)
    if node.kind == "missing":
        return _Seen("", (), {}, str)
    if node.note is None:
        return _Seen(node.id, (), {}, str)
    note = node.note
    return _Seen(node.id, note.every_tag, note.frontmatter or {}, lambda: text(note.path))


# ---------------------------------------------------------------- what is wanted

_Finds = Callable[[Any], bool]
"""Whether a node, or a piece of text, is found."""
_Test = Callable[[_Text], bool]


class _UnknownError(Exception):
    """A search that is not understood."""


@dataclass(frozen=True, slots=True)
class _Search:
    """A condition, and whether it reads the text of notes: the others are checked before it."""

    finds: _Finds
    reads: bool = False


def _all(parts: Sequence[_Search]) -> _Search:
    if len(parts) == 1:
        return parts[0]
    tests = [part.finds for part in sorted(parts, key=lambda part: part.reads)]
    return _Search(lambda seen: all(test(seen) for test in tests), any(part.reads for part in parts))


def _any(parts: Sequence[_Search]) -> _Search:
    if len(parts) == 1:
        return parts[0]
    tests = [part.finds for part in sorted(parts, key=lambda part: part.reads)]
    return _Search(lambda seen: any(test(seen) for test in tests), any(part.reads for part in parts))


def _not(part: _Search) -> _Search:
    return _Search(lambda seen: not part.finds(seen), part.reads)


def _anywhere(test: _Test) -> _Search:
    """A word of a search is in a path or in a text; files that are not notes are only found by their path."""
    return _Search(lambda seen: (test(seen.path) and _is_read(seen)) or test(seen.content), reads=True)


def _is_read(seen: _Seen) -> bool:
    return seen.path.low.endswith((".md", ".canvas"))


def _here(test: _Test) -> _Search:
    return _Search(test)


def _pieces(operator: str, seen: _Seen) -> Iterable[_Text]:
    """The pieces that an operator looks at, one by one."""
    if operator == "path":
        return [seen.path]
    if operator == "file":
        return [seen.name]
    if operator == "tag":
        return seen.tags
    return map(_Text, _parts(operator, seen.content.raw)) if operator != "content" else [seen.content]


def _parts(operator: str, text: str) -> Iterator[str]:
    if operator == "line":
        yield from text.splitlines()
    elif operator == "block":
        yield from _BLANK.split(text)
    elif operator == "section":
        yield from _HEADING.split(text)
    else:
        wanted = {"task-todo": " ".__eq__, "task-done": " ".__ne__}.get(operator, bool)
        yield from (found[0] for found in _TASK.finditer(text) if wanted(found[1]))


# ---------------------------------------------------------------- reading a query


def _search(query: str) -> _Search | None:
    """Read a query; None for one that is empty or not understood."""
    if not query.strip() or len(query) > _LONGEST:
        return None
    try:
        return _Reader(composed(query)).whole()
    except _UnknownError:
        return None


@dataclass(slots=True)
class _Reader:
    """Reads a query, or the part after an operator: `leaf` makes a condition of a test of one word."""

    query: str
    leaf: Callable[[_Test], _Search] = _anywhere
    cased: bool = False
    of_tags: bool = False
    depth: int = 0
    at: int = field(default=0, init=False)

    def whole(self) -> _Search:
        """Read the whole query; an extra bracket at the end is ignored."""
        found = self._alternatives()
        if self.query[self.at :].strip(" )"):
            raise _UnknownError
        return found

    def _next(self, *, take: bool = True) -> re.Match[str] | None:
        found = _TOKEN.match(self.query, self.at)
        if found is not None and take:
            self.at = found.end()
        return found

    def _alternatives(self) -> _Search:
        """Read up to a closing bracket or the end: all words must be found, or all after an OR."""
        either: list[_Search] = []
        together: list[_Search] = []
        while (token := self._next(take=False)) is not None and token.lastgroup != "close":
            if token.lastgroup == "either":
                self._next()
                either, together = [*either, *([_all(together)] if together else [])], []
            else:
                together.append(self._term())
        parts = [*either, *([_all(together)] if together else [])]
        if not parts:
            raise _UnknownError
        return _any(parts)

    def _term(self) -> _Search:
        """Read one word, or what takes its place."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _UnknownError
        found = self._meant(self._next())
        self.depth -= 1
        return found

    def _meant(self, token: re.Match[str] | None) -> _Search:
        if token is None or token.lastgroup is None:
            raise _UnknownError
        text = token[token.lastgroup]
        found: _Search | None = None
        match token.lastgroup:
            case "minus":
                found = _not(self._term())
            case "open":
                found = self._bracketed()
            case "operator":
                found = self._operated(text[:-1])
            case "phrase":
                found = self.leaf(self._has(_ESCAPED.sub(r"\1", text)))
            case "pattern":
                found = self.leaf(self._like(text))
            case "property" if self.leaf is _anywhere:
                found = self._property(text)
            case "word":
                found = self.leaf(self._has(text))
        if found is None:
            raise _UnknownError
        return found

    def _bracketed(self) -> _Search:
        found = self._alternatives()
        closing = self._next(take=False)
        if closing is not None:
            self._next()
        return found

    def _operated(self, operator: str) -> _Search:
        """Read what an operator searches for; each piece that the operator looks at is tested."""
        if operator in ("match-case", "ignore-case"):
            before, self.cased = self.cased, operator == "match-case"
            found = self._term()
            self.cased = before
            return found
        if self.leaf is not _anywhere:
            raise _UnknownError
        self.leaf, self.of_tags = _here, operator == "tag"
        wanted = self._term().finds
        self.leaf, self.of_tags = _anywhere, False
        reads = operator not in ("path", "file", "tag")
        return _Search(lambda seen: any(wanted(piece) for piece in _pieces(operator, seen)), reads)

    def _has(self, wanted: str) -> _Test:
        """A test for text anywhere; for tags, the tag itself or one above it."""
        if self.of_tags:
            tag = wanted.lower().removeprefix("#").rstrip("/")
            return lambda text: text.low == tag or text.low.startswith(f"{tag}/")
        if self.cased:
            return lambda text: wanted in text.raw
        low = wanted.lower()
        return lambda text: low in text.low

    def _like(self, pattern: str) -> _Test:
        try:
            wanted = compiled(pattern, cased=self.cased, by_line=True)
        except UnsupportedPatternError:
            raise _UnknownError from None
        return lambda text: wanted(text.raw)

    def _property(self, text: str) -> _Search:
        """Read `[name]` or `[name:value]`; a value is compared with each item of a list."""
        found = _PROPERTY.fullmatch(text)
        if found is None:
            raise _UnknownError
        quoted = found["quoted"]
        name = (found["bare"] if quoted is None else _ESCAPED.sub(r"\1", quoted)).strip().lower()
        value = found["value"]
        if value is None:
            return _Search(lambda seen: bool(_values(seen, name)))
        if value.strip().lower() == "null":
            return _Search(lambda seen: any(value in (None, "", []) for value in _values(seen, name)))
        compared = _COMPARED.fullmatch(value)
        if compared is not None:
            more, limit = compared[1] == ">", float(compared[2])
            return _Search(lambda seen: any(_is_beyond(value, limit, more=more) for value in _values(seen, name)))
        wanted = _Reader(value, _here, self.cased, depth=self.depth).whole().finds
        return _Search(lambda seen: any(map(wanted, (item for value in _values(seen, name) for item in _items(value)))))


def _values(seen: _Seen, name: str) -> list[Value]:
    return [value for key, value in seen.frontmatter.items() if composed(str(key)).lower() == name]


def _items(value: Value) -> Iterator[_Text]:
    """The texts of a property's value, item by item."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, list | tuple):
            left += item
        elif isinstance(item, dict):
            left += item.values()
        elif item is not None:
            yield _Text(str(item).lower() if isinstance(item, bool) else str(item))


def _is_beyond(value: Value, limit: float, *, more: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value > limit if more else value < limit
