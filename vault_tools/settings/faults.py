"""How a mistake in settings is reported: its place in the file, what is there, and what is allowed instead."""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vault_tools.errors import SettingsError
from vault_tools.model.text import Say, Value, say
from vault_tools.settings import toml_text
from vault_tools.settings.toml_text import KeyPath

_PLAIN = re.compile(r"[\w-]+")
_LONGEST = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file: the name to show and its text; and lists of choices in the order in which to show them."""

    where: str
    text: str
    orders: tuple[tuple[str, ...], ...] = ()

    def at(self, path: KeyPath) -> Say:
        """Say where a key is: the file, the line if it is known, and the key as it is written."""
        line = toml_text.line_of(self.text, path) or toml_text.line_of(self.text, path[:-1])
        if line:
            return say("settings.at-line", where=self.where, line=str(line), key=format_key_path(path))
        return say("settings.at", where=self.where, key=format_key_path(path))

    def wrong(self, path: KeyPath, value: object, expected: Value, near: str = "") -> SettingsError:
        """Say that a value does not fit, and what does."""
        at, text = self.at(path), format_value(value)
        if near:
            return SettingsError(say("settings.wrong-near", at=at, value=text, expected=expected, near=near))
        return SettingsError(say("settings.wrong", at=at, value=text, expected=expected))

    def unknown(self, path: KeyPath, keys: Iterable[str]) -> SettingsError:
        """Say that a key does not exist, and which does."""
        names, at = tuple(keys), self.at(path)
        near = nearest(str(path[-1]), names)
        if near:
            return SettingsError(say("settings.unknown-near", at=at, near=near))
        return SettingsError(say("settings.unknown", at=at, known=names))


def format_key_path(path: KeyPath) -> str:
    """Return a path as one writes it in the file: `[reports] limit`, `[types.book] color`, `[[rules]] #2 folder`."""
    if len(path) == 1:
        return _part(path[0])
    tables = [_part(part) for part in path[:-1] if isinstance(part, str)]
    if isinstance(path[-1], int):
        whole = f"[{'.'.join(tables[:-1])}] " if tables[:-1] else ""
        return f"{whole}{tables[-1]} #{path[-1] + 1}"
    numbers = [part + 1 for part in path[:-1] if isinstance(part, int)]
    head = f"[[{'.'.join(tables)}]] #{numbers[0]}" if numbers else f"[{'.'.join(tables)}]"
    return f"{head} {_part(path[-1])}"


def _part(name: str | int) -> str:
    return str(name) if _PLAIN.fullmatch(str(name)) else json.dumps(name, ensure_ascii=False)


def format_value(value: object) -> str:
    """Return a value as TOML writes it, cut where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # Python writes no number of thousands of digits
        return "…"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def nearest(word: str, words: Iterable[str]) -> str:
    """Return the word of several that is most like this one; "" if none is."""
    return next(iter(difflib.get_close_matches(word, list(words), 1, 0.5)), "")
