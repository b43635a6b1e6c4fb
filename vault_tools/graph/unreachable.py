"""Files that links cannot reach because of characters in their names, and the links that mean them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import quote

from vault_tools.graph.candidates import MOST
from vault_tools.graph.names import file_key
from vault_tools.model.note import Link
from vault_tools.parse.inline import scan
from vault_tools.parse.inline.destinations import split_destination

SIGNS = re.compile(r"[#^\[\]|\\]|%%|\A\s|\s\Z")
"""What prevents links to a file, if it is in a part of its path."""
_GOES_ON = re.compile(r"[#|]")
_BLANKS = re.compile(r"\s+")
_DEEPEST = 8
"""How many folders of a path, and headings behind a name, are tried."""
_ENOUGH = 100
_LinkKey = tuple[str, str, str | None]
"""How a link is read: linkpath and subpath as they are compared, and the text to show."""


class Unreachable:
    """The files of a vault that links cannot name, by how a link with their name is read.

    `[[C# notes]]` is read as the heading `notes` of a note `C`, `[[a|b]]` as a link to `a`. For a name with brackets,
    a part of it is read as the link: such a link means the file only if the whole name is around it.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        """Take every path of the vault."""
        self._whole: dict[_LinkKey, dict[str, None]] = {}
        self._parts: dict[_LinkKey, dict[str, str]] = {}
        for path in paths:
            if signs(path):
                self._take(path)

    def paths_meant(self, link: Link, texts: Sequence[str]) -> tuple[str, ...]:
        """Return some files that a link would mean if links could name them; a heading may follow the name.

        `texts` are the parts of its note with nested brackets (see `dialect.mentions`).
        """
        if not (self._whole or self._parts) or link.syntax == "canvas":
            return ()
        for key in _keys(link):
            files = tuple(islice(chain(self._whole.get(key, ()), self._named_in(texts, key)), MOST))
            if files:
                return files
        return ()

    def _named_in(self, texts: Sequence[str], key: _LinkKey) -> Iterator[str]:
        """Yield the files whose whole names are in a note, around the text that is read as a link."""
        for path, name in islice(self._parts.get(key, {}).items(), _ENOUGH):
            if any(name in text for text in texts):
                yield path

    def _take(self, path: str) -> None:
        for name in _names(unicodedata.normalize("NFC", path)):
            self._take_wikilinks(path, name)
            target, subpath = split_destination(quote(name))
            if subpath:
                self._whole.setdefault((_bare(target), _key(subpath), None), {})[path] = None

    def _take_wikilinks(self, path: str, name: str) -> None:
        """Enter a file by the links as which a wikilink with its name is read: all of the name, or parts of it."""
        text = f"[[{name}]]"
        for link in scan(text).links:
            key = (_bare(link.target), _key(link.subpath), None if link.display is None else _key(link.display))
            if (link.start, link.end) == (0, len(text)):
                self._whole.setdefault(key, {})[path] = None
            else:
                names = self._parts.setdefault(key, {})
                names[path] = min(names.get(path, _key(name)), _key(name), key=len)


def _keys(link: Link) -> Iterator[_LinkKey]:
    """Yield how a link may be read, with a shorter and shorter subpath: each heading behind the name may be cut off."""
    target, subpath, displays = _bare(link.target), link.subpath, tuple(_displays(link))
    for _ in range(_DEEPEST):
        yield from ((target, _key(subpath), display) for display in displays)
        if not subpath:
            break
        subpath = subpath.rpartition("#")[0]


def _displays(link: Link) -> Iterator[str | None]:
    """Yield the texts after the first bar of a link that may be a part of the name; a heading may follow."""
    if link.display is not None:
        text = _key(link.display.replace("\\|", "|"))
        yield text
        yield from (text[: end.start()] for end in islice(_GOES_ON.finditer(text), _DEEPEST))
    yield None


def signs(path: str) -> tuple[str, ...]:
    """Return the parts of a path that prevent links to it, each once: characters, or a space around a name."""
    stems = path.removesuffix(".md").split("/")
    return tuple(dict.fromkeys(sign.group() for stem in stems for sign in SIGNS.finditer(stem)))


def is_unreachable(path: str) -> bool:
    """Tell whether no link can contain the name of a file, without its folders."""
    name = path.rpartition("/")[2].removesuffix(".md")
    if not signs(name):
        return False
    text = f"[[{name}]]"
    links = [(link.target, link.start, link.end) for link in scan(text).links]
    return "\\" in name or links != [(name, 0, len(text))]


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
