"""Names of attachments in Obsidian's settings, snippets and plugin data: what they name is in use."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from stat import S_ISREG

from vault_tools.dialect.mentions import mentions

_PLACES = ("*", "snippets/*", "themes/*/*", "plugins/*/*")
_READ = frozenset({".json", ".css", ".md", ".txt", ".js", ".yaml", ".yml"})
_LEFT_OUT = re.compile(r"workspace.*\.json|manifest\.json|main\.js", re.IGNORECASE)
"""Recently shown files do not count as used; code and its manifest name no file of the vault."""
_MOST_FILES = 1000
_LARGEST = 2_000_000
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def mentions_below(folder: Path) -> tuple[str, ...]:
    """Return the names of attachments in the files of a folder of settings: at most 1,000 files of 2 MB."""
    names: set[str] = set()
    for path in islice(_files(folder), _MOST_FILES):
        try:
            status = path.stat()
        except OSError:
            continue
        if S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
            names.update(_mentions_at(path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size)))
    return tuple(sorted(names))


def _files(folder: Path) -> Iterator[Path]:
    paths = chain.from_iterable(sorted(folder.glob(place)) for place in _PLACES)
    return (path for path in paths if path.suffix.lower() in _READ and _LEFT_OUT.fullmatch(path.name) is None)


@lru_cache(maxsize=1 << 11)
def _mentions_at(path: Path, _stamp: tuple[int, int, int]) -> tuple[str, ...]:
    """Return the names in a file; it is only read again if its stamp changes, because a daemon asks at every look."""
    try:
        text = path.read_text("utf-8-sig", "replace")
    except OSError:
        return ()
    if path.suffix.lower() == ".json":  # each string by itself, so that other values change nothing
        text = "\n\n".join(_STRING.findall(text)) + "\n\n"
    return mentions(text)
