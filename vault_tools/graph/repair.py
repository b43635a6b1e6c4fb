"""The exact text that repairs a broken link: a link to the file that is meant, or what the link shows as plain text."""

import json
import re
from collections.abc import Collection, Mapping
from posixpath import basename

from vault_tools.graph.linktext import Linktext
from vault_tools.graph.names import file_key
from vault_tools.graph.plain_text import plain_label, plain_text
from vault_tools.graph.resolve import Resolver
from vault_tools.model.note import Link
from vault_tools.model.vocabulary import LinkFormat
from vault_tools.parse.inline.wikilinks import shown_text

_SIZE = re.compile(r"(?:\A|\|)\s*\d+(?:x\d+)?\s*\Z")  # of a picture: `300`, `caption|640x480`
_BAR = re.compile(r"(?<!\\)\|")
_TITLE = re.compile(
    r"""((?<!\s)\s[\s>]*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))\s*\)\Z""", re.DOTALL
)
_LONGEST_TITLE = 1200


class Repairs:
    """Writes links of one vault again, so that they lead to another file, heading or block."""

    def __init__(self, resolver: Resolver, form: LinkFormat, aliased: Mapping[str, Collection[str]]) -> None:
        """Take the vault's resolver and link format, and the notes that have an alias, by the alias (see `bare`)."""
        self._links = Linktext(resolver)
        self._form = form
        self._aliased = aliased

    def link(self, note: str, link: Link, path: str, subpath: str) -> str | None:
        """Return the text of a link in a note that leads to a file; None if no link can.

        A link to an alias still shows the alias. The text and title of a Markdown link stay.
        """
        if link.syntax == "canvas":
            return json.dumps(path, ensure_ascii=False)[1:-1]
        text = self._links.written(
            path,
            note,
            self._form,
            markdown=link.syntax == "markdown",
            display=self._display(link, path),
            subpath=subpath,
            embed=link.embed,
        )
        if text and link.syntax == "markdown":
            return _with_same_label(link, text)
        return _BAR.sub(r"\\|", text) if text and link.cell else text

    def _display(self, link: Link, path: str) -> str | None:
        if link.display is None and not link.embed and path in self._aliased.get(bare(basename(link.target)), ()):
            return basename(link.target)
        return link.display


def plain(link: Link) -> tuple[str, ...]:
    """Return the plain text that replaces a link and reads as Obsidian shows the link.

    There is none for a file card of a canvas, an image without text, or a link that shows nothing. Properties contain
    no markup.
    """
    if link.syntax == "canvas":
        return ()
    if link.embed and link.display:
        return _plain_text(link, _SIZE.sub("", link.display).removesuffix("\\"))
    if link.embed:
        return _plain_text(link, shown_text(link.target, link.subpath, None), as_label=False)
    return _plain_text(link, shown_text(link.target, link.subpath, link.display))


def bare(name: str) -> str:
    """Return a name as it is compared where `.md` may be left out."""
    return file_key(name).removesuffix(".md")


def _with_same_label(link: Link, text: str) -> str:
    """Return a Markdown link with the destination of another text; its own label and title stay."""
    lines = map(re.escape, (link.display or "").split("\n"))
    opening = re.match(r"!?\[" + r"\n[ \t>]*".join(lines) + r"\]\(", link.raw)
    begin = text.rindex("](") + 2
    head = opening.group() if opening else text[:begin]
    title = _TITLE.search(link.raw[-_LONGEST_TITLE:])
    return head + text[begin:-1] + (title.group(1) if title else "") + ")"


def _plain_text(link: Link, display: str, *, as_label: bool = True) -> tuple[str, ...]:
    """Write what a link shows; the label of a Markdown link is Markdown and is kept where possible."""
    text = _escaped(link, display, as_label=as_label).strip()
    return (text,) if text else ()


def _escaped(link: Link, display: str, *, as_label: bool) -> str:
    text = display.replace("\\|", "|") if link.cell else display
    if link.frontmatter:
        return text
    is_label = as_label and link.syntax == "markdown" and bool(link.display)
    return plain_label(display) if is_label else plain_text(text)
