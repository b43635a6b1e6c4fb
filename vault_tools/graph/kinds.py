"""The type and role of a note: by its own word, by a rule, or by its place."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from posixpath import basename

from vault_tools.dialect.regex import Reason, UnsupportedPatternError, compiled
from vault_tools.graph.names import file_key, word_key
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Note, Value
from vault_tools.model.vocabulary import Conventions, Period, Vocabulary
from vault_tools.parse.frontmatter import named
from vault_tools.parse.values import meanings

LONGEST_NAME = 40
_ISO_DAY = re.compile(r"(?P<YYYY>\d{4})-(?P<MM>\d{2})-(?P<DD>\d{2})")
_LEAP_YEAR, _CYCLE = 2000, 400  # the calendar repeats after this many years
_LARGEST = {"Q": 4, "M": 12, "w": 53, "W": 53, "D": 31, "DDD": 366}
_SAME = {"MM": "M", "DD": "D", "DDDD": "DDD", "ww": "w", "WW": "W", "YYYY": "Y", "YYYYYY": "Y"}


def is_day(path: str, periods: Iterable[Period]) -> bool:
    """Tell whether a path or linkpath is that of a daily note: by the vault's own format, or an ISO date."""
    return is_dated(path, (period for period in periods if period.kind == "daily"))


def is_dated(path: str, periods: Iterable[Period]) -> bool:
    """Tell whether a path or linkpath is named by a day, week, month … as the vault's settings have it."""
    bare = unicodedata.normalize("NFC", path.removesuffix(".md"))
    return _is_date(_ISO_DAY.fullmatch(basename(bare))) or any(_is_of(bare, period) for period in periods)


def _is_of(bare: str, period: Period) -> bool:
    folder = unicodedata.normalize("NFC", period.folder)
    inside = bare[len(folder) + 1 :] if folder and file_key(bare).startswith(file_key(folder) + "/") else None
    names = {basename(bare), inside} if inside is not None else {bare}
    return any(_is_date(re.fullmatch(period.pattern, name)) for name in names if name)


def _is_date(found: re.Match[str] | None) -> bool:
    """Tell whether a match of a date pattern is a real date; its groups are Moment's tokens."""
    if found is None:
        return False
    said = {_SAME.get(token, token): text for token, text in found.groupdict().items()}
    values = {token: int(text) for token, text in said.items() if text and text.isdecimal()}
    if any(not 1 <= values.get(token, 1) <= most for token, most in _LARGEST.items()):
        return False
    if "M" not in values or "D" not in values:
        return True
    year = values.get("Y", _LEAP_YEAR)
    return values["D"] <= monthrange(_LEAP_YEAR + year % _CYCLE, values["M"])[1]


class Kinds:
    """Gives the type and role of a note for one vocabulary and one vault's conventions."""

    def __init__(self, vocabulary: Vocabulary, conventions: Conventions) -> None:
        """Index the names of every type."""
        self.vocabulary = vocabulary
        self.conventions = conventions
        self._types = {
            word_key(name): kind.name for kind in vocabulary.types.values() for name in (*kind.names, kind.name)
        }
        self._types.update({word_key(name): name for name in vocabulary.types})
        self._excluded = tuple(_filters(conventions.excluded))

    def type_of(self, note: Note) -> str:
        """Return a note's type: its place as a template, its `type`, a rule, a daily note, else `note`."""
        if self._below(note.path, self.conventions.templates):
            return "template"
        written = self._written(named(note.frontmatter or {}, "type"))
        return written or self._ruled(note) or ("daily" if is_day(note.path, self.conventions.periods) else "note")

    def called(self, word: str) -> str:
        """Return the type that a word means, in any language; the word itself if there is no such type."""
        return self._types.get(word_key(word), word)

    def role_of(self, path: str, type_: str) -> str:
        """Return the role of a file: `excluded` where Obsidian's settings hide it, else its type's role."""
        if any(hides(composed(path)) for hides in self._excluded):
            return "excluded"
        kind = self.vocabulary.types.get(type_)
        return kind.role if kind else ""

    def _written(self, value: Value) -> str | None:
        """Read the property `type`; an unknown word is a new type that the user made."""
        first = value[0] if isinstance(value, list) and value else value
        names = [name.strip() for name in meanings(first) if isinstance(name, str)]
        known = next((self._types[key] for key in map(word_key, names) if key in self._types), None)
        return known or next(filter(_is_name, names), None)

    def _ruled(self, note: Note) -> str | None:
        tags = {tag.lower() for tag in (*note.tags, *_own_tags(note))}
        for rule in self.conventions.rules:
            folder = rule.folder and self._below(note.path, (rule.folder,))
            tag = "#" + rule.tag.lower().removeprefix("#")
            tagged = rule.tag and any(name == tag or name.startswith(tag + "/") for name in tags)
            if folder or tagged:
                return self.called(rule.type)
        return None

    def _below(self, path: str, folders: tuple[str, ...]) -> bool:
        key = file_key(path)
        return any(key.startswith(file_key(folder.strip("/")) + "/") for folder in folders if folder.strip("/"))


def _is_name(name: str) -> bool:
    """Tell whether a word may be a user's own type; an unfilled template placeholder is not."""
    return 0 < len(name) <= LONGEST_NAME and "{{" not in name and "<%" not in name


def _own_tags(note: Note) -> Iterator[str]:
    return (tag.name for tag in note.body_tags if not note.is_ours(tag.line))


def unread_filters(entries: Iterable[str]) -> Iterator[tuple[str, Reason]]:
    """Yield Obsidian's excluded-files filters that are not applied, and why."""
    for entry in filter(_is_pattern, entries):
        try:
            compiled(entry[1:-1])
        except UnsupportedPatternError as error:
            yield entry, error.reason


def _filters(entries: Iterable[str]) -> Iterator[Callable[[str], bool]]:
    """Read Obsidian's excluded files: a path prefix, or a regular expression between slashes."""
    for entry in entries:
        if _is_pattern(entry):
            with suppress(UnsupportedPatternError):
                yield compiled(entry[1:-1])
        elif entry:
            yield _starts(entry)


def _is_pattern(entry: str) -> bool:
    return len(entry) > len("//") and entry.startswith("/") and entry.endswith("/")


def _starts(prefix: str) -> Callable[[str], bool]:
    key = file_key(prefix)
    return lambda path: file_key(path).startswith(key)
