"""The link that Obsidian itself would write from one note to another; reading it gives the same file back."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from vault_tools.dialect.filenames import breaks_links
from vault_tools.graph.plain_text import escape_label
from vault_tools.graph.resolve import Resolver
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.parse.inline import whole_link

# A link with `\` finds nothing, and leading blanks are dropped; a link is on one line.
_NEVER = re.compile("\\A\\s|[\\\\\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_MARKDOWN = re.compile(r"[#^]")  # decoded before the link is split, so encoding them does not help
# Obsidian encodes only blanks and backslashes; the rest of these would end the link, or begin something else.
_ENCODED = re.compile(r"[\s\\%()<>\[\]|:`$\x00-\x1f\x7f]|&(?=[#\w]+;)")
_NOT_IN_SUBPATH = re.compile(r"(?:[:#|^\\\s]|%%|\[\[|\]\])+")


class Linktext:
    """Writes links to the files of one vault."""

    def __init__(self, resolver: Resolver) -> None:
        """Take the resolver, which knows every path of the vault."""
        self._resolver = resolver

    def written(
        self,
        target: str,
        source: str,
        form: LinkFormat = "shortest",
        *,
        markdown: bool = False,
        display: str | None = None,
        subpath: str = "",
        embed: bool = False,
    ) -> str | None:
        """Return a link to the file `target` for the note `source`, in the vault's format.

        Where Obsidian's own text would mean another file, more of the path is written.

        Args:
            target: Path of the file.
            source: Path of the note that holds the link.
            form: How much of the path to write.
            markdown: `[text](path)` instead of `[[path]]`.
            display: The text to show; without one, a Markdown link shows the file's name and an embed nothing.
            subpath: "" or `#Heading` or `#^block`, as Obsidian links it.
            embed: Embed the file.

        Returns:
            None if no such link can mean the file: its name, the text to show or the subpath cannot be written in it.
        """
        if _NEVER.search(target + subpath) or _is_unsayable(target, markdown=markdown):
            return None
        label = display or ("" if embed else unicodedata.normalize("NFC", _name(target).removesuffix(".md")))
        mark = "!" if embed else ""
        for linkpath in self._linkpaths(target, source, form, alone=bool(subpath), suffix=markdown):
            link = linkpath + subpath
            text = mark + (_markdown(link, label) if markdown else _wikilink(link, display))
            if self._means(text, target, subpath, source, None if markdown else display):
                return text
        return None

    def _linkpaths(self, target: str, source: str, form: LinkFormat, *, alone: bool, suffix: bool) -> Iterator[str]:
        """Yield linkpaths for a file: first the one that Obsidian would write, then plainer ones."""
        if alone and target == source:
            yield ""
        path = unicodedata.normalize("NFC", target)
        if form == "relative":
            relative = _relative(path, unicodedata.normalize("NFC", source))
            yield from _spelled(relative, suffix=suffix)
            yield from _spelled(f"./{relative}", suffix=suffix)
        if form == "shortest" and len(self._resolver.namesakes(_name(path))) == 1:
            yield from _spelled(_name(path), suffix=suffix)
        yield from _spelled(path, suffix=suffix)
        yield from _spelled(f"/{path}", suffix=suffix)

    def _means(self, text: str, target: str, subpath: str, source: str, display: str | None) -> bool:
        """Tell whether a text is one link that reads as it was meant, and finds the file."""
        link = whole_link(text)
        if link is None or link.subpath != subpath.rstrip():
            return False
        if display and link.display not in {display.strip(), None}:
            return False
        return self._resolver.resolve(link.target, source) == target


def heading_subpath(text: str) -> str:
    """Return the subpath that leads to a heading: characters that no link can contain become blanks."""
    return "#" + _NOT_IN_SUBPATH.sub(" ", text).strip()


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_unsayable(target: str, *, markdown: bool) -> bool:
    """Tell whether a path contains characters that end a link or begin a subpath."""
    return _NOT_IN_MARKDOWN.search(target) is not None if markdown else breaks_links(target)


def _spelled(path: str, *, suffix: bool) -> tuple[str, ...]:
    """Spell a path without the suffix of a note, as wikilinks do, then with it."""
    bare = path.removesuffix(".md")
    return (path,) if suffix or bare == path else (bare, path)


def _relative(path: str, source: str) -> str:
    """Return the relative path to a file from the folder of a note, with `..` for each step up."""
    here, there = source.split("/")[:-1], path.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join([*[".."] * (len(here) - common), *there[common:]])


def _wikilink(link: str, display: str | None) -> str:
    """Write a wikilink; its display text is left out if the link shows the same anyway."""
    return f"[[{link}|{display}]]" if display and display != link else f"[[{link}]]"


def _markdown(link: str, label: str) -> str:
    """Write a Markdown link with a label that cannot break out of it."""
    return f"[{escape_label(label)}]({_encoded(link)})"


def _encoded(destination: str) -> str:
    """Percent-encode what would break a destination; all other characters stay readable, in any script."""
    return _ENCODED.sub(lambda found: quote(found.group(), safe=""), destination)
