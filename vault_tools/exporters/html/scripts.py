"""The page's scripts: modules in separate files, joined into one that needs no module loader and no build step."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

_IMPORT = re.compile(r"^import \{[^}]*\} from '(\.{1,2}/[\w./-]+\.js)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_SAID = re.compile(r"(?<![\w.])(?:say|count)\(\s*'([\w.-]+)'")


def join_modules(files: Mapping[str, str], first: str) -> str:
    """Return a module and all that it imports, each once and after what it imports, as one strict script.

    `files` are the texts of the modules by their paths. All share one scope: a name is declared in one file only.
    Raises ValueError if a module is missing, if modules import each other in a circle, or if one cannot be joined.
    """
    parts = "\n".join(_bare(name, files[name]) for name in _order(files, first, (), {}))
    return f"(() => {{\n'use strict';\n\n{parts}\n}})();\n"


def imported_paths(name: str, text: str) -> Iterator[str]:
    """Yield the paths of the modules that a module imports, in the order in which it names them."""
    for path in _IMPORT.findall(text):
        yield normpath(join(dirname(name), path))


def _bare(name: str, text: str) -> str:
    """A module without its imports and exports."""
    bare = _EXPORT.sub("", _IMPORT.sub("", text))
    if left := _LEFT.search(bare):
        raise ValueError(f"{name}: cannot be joined, for it says: {left[0]}")
    return bare


def _order(files: Mapping[str, str], name: str, above: tuple[str, ...], done: dict[str, None]) -> Mapping[str, None]:
    """Add a module to those that are `done`, after what it imports, and return them; each is looked at once."""
    if name in above:
        raise ValueError(f"scripts import each other in a circle: {' -> '.join((*above, name))}")
    if name not in files:
        raise ValueError(f"{above[-1] if above else 'the page'} imports {name}, and there is no such script")
    if name not in done:
        for other in imported_paths(name, files[name]):
            _order(files, other, (*above, name), done)
        done[name] = None
    return done


def sentences(files: Mapping[str, str]) -> list[str]:
    """Return the ids of all sentences that the page's scripts say."""
    return sorted({id_ for name, text in files.items() if name.endswith(".js") for id_ in _SAID.findall(text)})
