"""Obsidian's filters of excluded files: a path prefix, or a regular expression between slashes."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from vault_tools.dialect.regex import PatternFault, UnsupportedPatternError, compiled
from vault_tools.graph.names import file_key


def filters(entries: Iterable[str]) -> Iterator[Callable[[str], bool]]:
    """Yield for each filter that can be run a function that tells whether it excludes a path."""
    for entry in entries:
        if _is_pattern(entry):
            with suppress(UnsupportedPatternError):
                yield compiled(entry[1:-1])
        elif entry:
            yield _starts_with(entry)


def unusable_filters(entries: Iterable[str]) -> Iterator[tuple[str, PatternFault]]:
    """Yield the filters that cannot be run, and why."""
    for entry in filter(_is_pattern, entries):
        try:
            compiled(entry[1:-1])
        except UnsupportedPatternError as error:
            yield entry, error.reason


def _is_pattern(entry: str) -> bool:
    return len(entry) > len("//") and entry.startswith("/") and entry.endswith("/")


def _starts_with(prefix: str) -> Callable[[str], bool]:
    key = file_key(prefix)
    return lambda path: file_key(path).startswith(key)
