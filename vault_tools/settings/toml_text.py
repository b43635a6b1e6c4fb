"""TOML as a person writes it: read, with a sentence for each kind of mistake; and the line on which a key is."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from vault_tools.model.text import Say, say

KeyPath = tuple[str | int, ...]
"""Where a value is: the names of tables and keys, and the number of an item in a list (from 0)."""


class TomlError(ValueError):
    """A text is not TOML; `why` says what is wrong, and `line` and `column` (1-based) where, 0 if it is everywhere."""

    def __init__(self, why: Say, line: int = 0, column: int = 0) -> None:
        """Take what is wrong, and where."""
        self.why, self.line, self.column = why, line, column
        super().__init__(why)


_QUOTED = re.compile(r'"""(?s:.*?)(?:"""|\Z)|"(?>(?:[^"\\\n]|\\.)*)"?|\'[^\'\n]*+\'?|#[^\n]*+')
_LONG_KEY = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]{0,9}+\.[ \t]{0,9}+){64}")
"""A key with more parts than anybody writes: the time and the memory that `tomllib` needs grow with their square."""


def read(text: str) -> dict[str, Any]:
    """Return what a TOML text contains. Raises TomlError."""
    if _LONG_KEY.search(_QUOTED.sub("q", text)):
        raise TomlError(say("settings.toml-long-key"))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explained(str(error), text) from None
    except RecursionError:
        raise TomlError(say("settings.toml-deep")) from None
    except ValueError:  # Python converts no number of thousands of digits
        raise TomlError(say("settings.toml-long-number")) from None


# ---------------------------------------------------------------- what is wrong

_PLACE = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)\Z")
_KINDS: Mapping[str, str] = {
    r"Expected '='": "settings.toml-no-equals",
    r"Expected newline|Invalid date": "settings.toml-after-value",
    r"Invalid statement|Invalid initial character": "settings.toml-no-statement",
    r"Cannot overwrite|Cannot declare|Cannot mutate|Cannot redefine|Duplicate": "settings.toml-twice",
    r"Unclosed array": "settings.toml-open-list",
    r"Unclosed inline table": "settings.toml-open-table",
    r"Expected '\]": "settings.toml-open-header",
    r"Unterminated|Illegal character '\\n'|Expected [\"']": "settings.toml-open-text",
    r"Unescaped|Invalid hex|Escaped": "settings.toml-backslash",
    r"Invalid value": "settings.toml-value",
    r"Illegal character|Found invalid": "settings.toml-character",
}
"""What `tomllib` says of each kind of mistake, as regular expressions, and the sentence for it."""
_WIDE = re.compile("[“”‘’＝：，［］]")


def _explained(said: str, text: str) -> TomlError:
    found = _PLACE.search(said)
    lines = text.split("\n")
    last = len(text.rstrip().split("\n"))
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (last, len(lines[last - 1]) + 1)
    written = lines[line - 1] if line <= len(lines) else ""
    return TomlError(_why(said, written, column), line, column)


_HEADER = re.compile(r"[ \t]*+(?:\[[^\[\]]++\]|\[\[[^\[\]]++\]\])[ \t]*+")
_OF_KEYS = frozenset({"settings.toml-no-equals", "settings.toml-no-statement", "settings.toml-open-header"})
"""The mistakes that a key without quotes may lead to."""
_WORD = r"[^\s.=\[\]{},\"'#]++"
_BARE = rf"{_WORD}(?>(?:[ \t]++{_WORD})*)(?:(?=[ \t]*+[.=\]])(?P<is_key>))?"
_KEY = re.compile(f"{_QUOTED.pattern}|{_BARE}")
"""Text in quotes, or words without quotes; these are a key, as it is meant, if a sign that ends a key follows."""


def _why(said: str, line: str, column: int) -> Say:
    """Say what is wrong in a line, and where it is known, what to write instead."""
    kind = kind_of(said)
    before, rest = line[: column - 1], line[column - 1 :]
    if _WIDE.search(_QUOTED.sub("", line)):
        return say("settings.toml-wide")
    if kind == "settings.toml-after-value" and "=" in rest and _HEADER.fullmatch(before):
        return say("settings.toml-after-header", table=before.strip(), rest=rest.strip())
    fixed = _KEY.sub(_in_quotes, line)
    if kind in _OF_KEYS and not rest[:1].isascii() and fixed != line:
        return say("settings.toml-bare-key", line=fixed.strip())
    return Say(kind)


def _in_quotes(found: re.Match[str]) -> str:
    """Return a key with the quotes that it needs in TOML: only ASCII letters, digits, `-` and `_` need none."""
    return found[0] if found["is_key"] is None or found[0].isascii() else f'"{found[0]}"'


def kind_of(said: str) -> str:
    """Return the id of the sentence for what `tomllib` says."""
    return next((id_ for pattern, id_ in _KINDS.items() if re.match(pattern, said)), "settings.toml-unknown")


# ---------------------------------------------------------------- where a key is

_LARGEST = 50_000
"""Characters of a text in which keys are looked for."""
_MOST_TRIES = 100
"""How often a part of the text is read to find one key."""


def line_of(text: str, path: KeyPath) -> int:
    """Return the line (1-based) on which the value at a path begins; 0 if it is unknown."""
    names = [part for part in path if isinstance(part, str)]
    if not names or len(text) > _LARGEST:
        return 0
    lines, tries = text.split("\n"), _MOST_TRIES
    for at in (at for at, line in enumerate(lines) if names[-1] in line):
        data, read_times = _first(lines, at, tries)
        tries -= read_times
        if _has(data, path):
            return at + 1
    return 0


def _first(lines: list[str], at: int, most: int) -> tuple[dict[str, Any], int]:
    """Return what a text contains up to the end of the statement that a line begins, and how often it was read."""
    ends = range(at + 1, min(at + most, len(lines)) + 1)
    for tries, end in enumerate(ends, 1):
        try:
            return read("\n".join(lines[:end])), tries
        except TomlError:
            continue
    return {}, len(ends)


def _has(data: object, path: KeyPath) -> bool:
    for part in path:
        if isinstance(part, int):
            if not isinstance(data, list) or len(data) <= part:
                return False
            data = data[part]
        else:
            if not isinstance(data, dict) or part not in data:
                return False
            data = data[part]
    return True
