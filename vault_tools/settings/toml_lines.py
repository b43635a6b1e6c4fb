"""On which line of a TOML text a key is."""

from typing import Any

from vault_tools.settings.toml_mistakes import TomlError
from vault_tools.settings.toml_text import read

KeyPath = tuple[str | int, ...]
"""Where a value is: the names of tables and keys, and the number of an item in a list (from 0)."""
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
