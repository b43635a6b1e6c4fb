"""A better name for a file or folder that no link can reach."""

from collections.abc import Callable, Iterator
from posixpath import splitext

from vault_tools.dialect.filenames import breaks_links, safe
from vault_tools.graph.unreachable import SIGNS, signs


def better_name(path: str, is_free: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return what to rename so that links can reach a path: the path of a file or folder, and its new name.

    No file in the same folder has the new name. None if links can reach the path already, or if no such name is found.
    """
    parts = path.split("/")
    wrong = [at for at, part in enumerate(parts) if signs(part)]
    if not wrong:
        return None
    at = wrong[-1]
    for name in _names(parts[at], is_file=at == len(parts) - 1):
        if not signs(name) and not breaks_links(name) and is_free("/".join([*parts[:at], name])):
            return "/".join(parts[: at + 1]), name
    return None


def _names(name: str, *, is_file: bool) -> Iterator[str]:
    """Yield names like another one: without the wrong signs, or with `-` or `_` instead; a file keeps its suffix."""
    stem, suffix = splitext(name) if is_file else (name, "")
    stems = dict.fromkeys(map(safe, (stem, *(SIGNS.sub(mark, stem) for mark in "-_"))))
    return (f"{each}{suffix}" for each in stems if each)
