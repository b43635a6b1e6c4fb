"""Files that links cannot reach because of characters in their names, and better names for them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from posixpath import splitext
from urllib.parse import quote

from vault_tools.dialect.filenames import breaks_links, safe
from vault_tools.graph.candidates import MOST
from vault_tools.graph.names import file_key
from vault_tools.model.note import Link
from vault_tools.parse.inline import scan
from vault_tools.parse.inline.destinations import split_destination

_SIGNS = re.compile(r"[#^\[\]|\\]|%%|\A\s|\s\Z")
_GOES_ON = re.compile(r"[#|]")
_BLANKS = re.compile(r"\s+")
_DEEPEST = 8
"""How many folders of a path, and headings behind a name, are tried."""
_ENOUGH = 100
_Read = tuple[str, str, str | None]
"""How a link is read: linkpath and subpath as they are compared, and the text to show."""


class Unreachable:
    """The files of a vault that links cannot name, by how a link with their name is read.

    `[[C# notes]]` is read as the heading `notes` of a note `C`, `[[a|b]]` as a link to `a`. For a name with brackets,
    a part of it is read as the link: such a link means the file only if the whole name is around it.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        """Take every path of the vault."""
        self._whole: dict[_Read, dict[str, None]] = {}
        self._parts: dict[_Read, dict[str, str]] = {}
        for path in paths:
            if signs(path):
                self._take(path)

    def meant(self, link: Link, around: Sequence[str]) -> tuple[str, ...]:
        """Return some files that a link would mean if links could name them; a heading may follow the name.

        `around` are the parts of its note with nested brackets (see `dialect.mentions`).
        """
        if not (self._whole or self._parts) or link.syntax == "canvas":
            return ()
        target, subpath, displays = _bare(link.target), link.subpath, (*_displays(link),)
        for _ in range(_DEEPEST):
            for display in displays:
                key = (target, _key(subpath), display)
                found = tuple(islice(chain(self._whole.get(key, ()), self._around(key, around)), MOST))
                if found:
                    return found
            if not subpath:
                break
            subpath = subpath.rpartition("#")[0]
        return ()

    def _around(self, key: _Read, around: Sequence[str]) -> Iterator[str]:
        """Yield the files whose whole names are in a note, around the text that is read as a link."""
        for path, name in islice(self._parts.get(key, {}).items(), _ENOUGH):
            if any(name in text for text in around):
                yield path

    def _take(self, path: str) -> None:
        for name in _names(unicodedata.normalize("NFC", path)):
            text = f"[[{name}]]"
            for link in scan(text).links:
                key = (_bare(link.target), _key(link.subpath), None if link.display is None else _key(link.display))
                if (link.start, link.end) == (0, len(text)):
                    self._whole.setdefault(key, {})[path] = None
                else:
                    known = self._parts.setdefault(key, {})
                    known[path] = min(known.get(path, _key(name)), _key(name), key=len)
            target, subpath = split_destination(quote(name))
            if subpath:
                self._whole.setdefault((_bare(target), _key(subpath), None), {})[path] = None


def _displays(link: Link) -> Iterator[str | None]:
    """Yield the texts after the first bar of a link that may be a part of the name; a heading may follow."""
    if link.display is not None:
        text = _key(link.display.replace("\\|", "|"))
        yield text
        yield from (text[: found.start()] for found in islice(_GOES_ON.finditer(text), _DEEPEST))
    yield None


def signs(path: str) -> tuple[str, ...]:
    """Return the parts of a path that prevent links to it, each once: characters, or a space around a name."""
    stems = (part for part in path.removesuffix(".md").split("/"))
    return tuple(dict.fromkeys(found.group() for stem in stems for found in _SIGNS.finditer(stem)))


def is_unreachable(path: str) -> bool:
    """Tell whether no link can contain the name of a file, without its folders."""
    name = path.rpartition("/")[2].removesuffix(".md")
    text = f"[[{name}]]"
    read = [(link.target, link.start, link.end) for link in scan(text).links] if signs(name) else []
    return bool(signs(name)) and ("\\" in name or read != [(name, 0, len(text))])


def better(path: str, is_free: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return what to rename so that links can reach a path: the path of a file or folder, and its new name.

    No file in the same folder has the new name. None if links can reach the path already, or if no such name is found.
    """
    parts = path.split("/")
    wrong = [at for at in range(len(parts)) if signs(parts[at])]
    if not wrong:
        return None
    at = wrong[-1]
    stem, suffix = splitext(parts[at]) if at == len(parts) - 1 else (parts[at], "")
    for each in dict.fromkeys(map(safe, (stem, *(_SIGNS.sub(mark, stem) for mark in "-_")))):
        name = f"{each}{suffix}"
        if each and not signs(name) and not breaks_links(name) and is_free("/".join([*parts[:at], name])):
            return "/".join(parts[: at + 1]), name
    return None


def _names(path: str) -> Iterator[str]:
    """Yield the possible names of a file in a link: its path, and each short end of it that links cannot contain."""
    parts = path.split("/")
    for many in dict.fromkeys((*range(1, min(len(parts), _DEEPEST) + 1), len(parts))):
        name = "/".join(parts[-many:])
        if signs(name):
            yield name
            if name.endswith(".md"):
                yield name[:-3]


def _bare(target: str) -> str:
    return _key(target).removesuffix(".md")


def _key(text: str) -> str:
    return _BLANKS.sub(" ", file_key(text)).strip()
