"""What is wrong in a text that is not TOML: a sentence for each kind of mistake, and what to write instead."""

import re
from collections.abc import Mapping

from vault_tools.model.text import Say, say

QUOTED = re.compile(r'"""(?s:.*?)(?:"""|\Z)|"(?>(?:[^"\\\n]|\\.)*)"?|\'[^\'\n]*+\'?|#[^\n]*+')
"""Text in quotes, and comments."""


class TomlError(ValueError):
    """A text is not TOML; `why` says what is wrong, and `line` and `column` (1-based) where, 0 if it is everywhere."""

    def __init__(self, why: Say, line: int = 0, column: int = 0) -> None:
        """Take what is wrong, and where."""
        self.why, self.line, self.column = why, line, column
        super().__init__(why)


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


def explain(message: str, text: str) -> TomlError:
    """Return the error for what `tomllib` says of a text."""
    place = _PLACE.search(message)
    lines = text.split("\n")
    last = len(text.rstrip().split("\n"))
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (last, len(lines[last - 1]) + 1)
    wrong = lines[line - 1] if line <= len(lines) else ""
    return TomlError(_why(message, wrong, column), line, column)


_HEADER = re.compile(r"[ \t]*+(?:\[[^\[\]]++\]|\[\[[^\[\]]++\]\])[ \t]*+")
_OF_KEYS = frozenset({"settings.toml-no-equals", "settings.toml-no-statement", "settings.toml-open-header"})
"""The mistakes that a key without quotes may lead to."""
_WORD = r"[^\s.=\[\]{},\"'#]++"
_BARE = rf"{_WORD}(?>(?:[ \t]++{_WORD})*)(?:(?=[ \t]*+[.=\]])(?P<is_key>))?"
_KEY = re.compile(f"{QUOTED.pattern}|{_BARE}")
"""Text in quotes, or words without quotes; these are a key, as it is meant, if a sign that ends a key follows."""


def _why(message: str, line: str, column: int) -> Say:
    """Say what is wrong in a line, and where it is known, what to write instead."""
    kind = kind_of(message)
    before, rest = line[: column - 1], line[column - 1 :]
    if _WIDE.search(QUOTED.sub("", line)):
        return say("settings.toml-wide")
    if kind == "settings.toml-after-value" and "=" in rest and _HEADER.fullmatch(before):
        return say("settings.toml-after-header", table=before.strip(), rest=rest.strip())
    fixed = _KEY.sub(_in_quotes, line)
    if kind in _OF_KEYS and not rest[:1].isascii() and fixed != line:
        return say("settings.toml-bare-key", line=fixed.strip())
    return Say(kind)


def _in_quotes(key: re.Match[str]) -> str:
    """Return a key with the quotes that it needs in TOML: only ASCII letters, digits, `-` and `_` need none."""
    return key[0] if key["is_key"] is None or key[0].isascii() else f'"{key[0]}"'


def kind_of(message: str) -> str:
    """Return the id of the sentence for what `tomllib` says."""
    return next((id_ for pattern, id_ in _KINDS.items() if re.match(pattern, message)), "settings.toml-unknown")
