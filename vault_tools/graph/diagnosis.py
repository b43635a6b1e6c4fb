"""Why a link leads nowhere, which files it may mean, and the exact text that repairs it."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from posixpath import basename
from typing import Self

from vault_tools.dialect.filenames import conflict_of
from vault_tools.graph.candidates import Candidates
from vault_tools.graph.kinds import is_dated
from vault_tools.graph.linktext import Linktext, heading_subpath, plain_label, plain_text
from vault_tools.graph.names import Nearest, file_key
from vault_tools.graph.resolve import Resolver
from vault_tools.graph.sections import Sections
from vault_tools.graph.unreachable import Unreachable
from vault_tools.model.graph import BrokenLink, Reason
from vault_tools.model.note import Link, Note
from vault_tools.model.vocabulary import Conventions
from vault_tools.parse.inline.wikilinks import shown_text

PLACEHOLDERS = ("{{", "<%", "${")
_SIZE = re.compile(r"(?:\A|\|)\s*\d+(?:x\d+)?\s*\Z")  # of a picture: `300`, `caption|640x480`
_BAR = re.compile(r"(?<!\\)\|")
_TITLE = re.compile(
    r"""((?<!\s)\s[\s>]*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))\s*\)\Z""", re.DOTALL
)
_LONGEST_TITLE = 1200
_NONE = Candidates(())
ALIKE = 0.8
"""How similar another name must be to be suggested (difflib's ratio)."""


class Diagnosis:
    """Tells what is wrong with the links of one vault."""

    def __init__(
        self, notes: Mapping[str, Note], resolver: Resolver, conventions: Conventions, hidden: Iterable[str] = ()
    ) -> None:
        """Take the notes by path, and index their aliases in that order.

        `hidden` are notes where Obsidian does not look, or that are not on this disk, and conflict copies: such a
        file may be all that is left of the note that a link means.
        """
        self._notes = notes
        self._resolver = resolver
        self._links = Linktext(resolver)
        self._conventions = conventions
        self._hidden: dict[str, list[str]] = {}
        for path in hidden:
            name = basename(path)
            copied = conflict_of(name)
            for meant in (name, copied.original) if copied else (name,):
                self._hidden.setdefault(_bare(meant), []).append(path)
        self._aliased: dict[str, dict[str, None]] = {}
        for path, note in self._notes.items():
            for alias in dict.fromkeys(map(_bare, note.aliases)):
                self._aliased.setdefault(alias, {})[path] = None
        names = (basename(path).removesuffix(".md") for path in self._notes)
        self._nearest = Nearest(names, ALIKE)
        self._known: dict[str, tuple[Reason, Candidates]] = {}
        self._candidates: dict[tuple[str, str], Candidates] = {}
        self._sections: dict[str, Sections] = {}
        self._unreachable = Unreachable(resolver.paths)

    def about(self, notes: Mapping[str, Note]) -> Self:
        """Return the same for notes with the same paths and aliases but other text."""
        other = copy(self)
        other._notes, other._sections = notes, {}  # noqa: SLF001  (its own)
        return other

    def looks_into(self, broken: BrokenLink) -> Iterator[str]:
        """Yield the notes whose text affects the diagnosis of a broken link."""
        yield from broken.meant
        name, mark, _ = broken.link.target.partition("^")
        named = self._resolver.resolve(name.strip(), broken.note) if mark else None
        if named is not None:
            yield named

    def of_target(self, note: str, link: Link, node: str) -> BrokenLink:
        """Tell why a link finds no file; `node` is the graph's node for the missing file."""
        if (unsaid := self._of_name(note, link, node)) is not None:
            return unsaid
        key = file_key(link.target)
        if key not in self._known:
            self._known[key] = self._why(link.target)
        reason, candidates = self._known[key]
        meant = candidates.near(note)
        if reason == "no-such-note" and (mended := self._in_note(note, link, node)) is not None:
            return mended
        texts = tuple(text for path in meant if (text := self._instead(note, link, path, reason)) is not None)
        if reason == "no-such-note" and not texts:
            texts = _plain(link)
        guess = bool(meant) and reason in {"no-such-note", "ambiguous"}
        return BrokenLink(note, link, node, reason, meant, texts, guess, len(candidates) - len(meant))

    def of_subpath(self, note: str, link: Link, target: str) -> BrokenLink | None:
        """Tell what is wrong with the heading or block of a link to an existing note; None if nothing is."""
        held = self._notes.get(target)
        if held is None or not target.lower().endswith(".md") or not link.subpath.strip("# "):
            return None
        if link.subpath.startswith("#^") and "=" in link.subpath:  # a frame or group of an Excalidraw drawing
            return None
        if self._finds(target, link.subpath):
            return None
        if (unsaid := self._of_name(note, link, target)) is not None:
            return unsaid
        near = _nearest(self._sections[target], link.subpath)
        if link.syntax == "canvas":  # the file is right: the mistake is in `subpath`
            link = replace(link, raw=link.subpath)
            texts = (near,) if near else ()
            return BrokenLink(note, link, target, "heading-or-block-missing", (target,), texts, guess=bool(near))
        guessed = self._written(note, link, target, near) if near else None
        mended = guessed or self._written(note, link, target, "")
        texts = (mended,) if mended else ()
        return BrokenLink(note, link, target, "heading-or-block-missing", (target,), texts, guess=bool(guessed))

    def _of_name(self, note: str, link: Link, node: str) -> BrokenLink | None:
        """Return a broken link that means a file which no link can name; None if it means no such file."""
        held = self._notes.get(note)
        meant = self._unreachable.meant(link, held.mentions if held else ())
        is_found = node in meant  # `[[a^b]]` finds `a^b`, though the app calls such a name bad
        return BrokenLink(note, link, node, "unreachable-name", meant) if meant and not is_found else None

    def _in_note(self, note: str, link: Link, node: str) -> BrokenLink | None:
        """Read `[[Note^id]]`, which names a file, as the link to the block that it was meant to be."""
        name, mark, block = link.target.partition("^")
        path = self._resolver.resolve(name.strip(), note) if mark and not link.subpath else None
        if path is None or not self._finds(path, f"#^{block}"):
            return None
        written = self._written(note, link, path, f"#^{block.strip()}")
        return BrokenLink(note, link, node, "no-such-note", (path,), (written,) if written else (), guess=True)

    def _finds(self, path: str, subpath: str) -> bool:
        """Tell whether a note exists and has a heading or block."""
        if path not in self._sections:
            held = self._notes.get(path)
            if held is None:
                return False
            self._sections[path] = Sections(held)
        return self._sections[path].find(subpath) is not None

    def _why(self, target: str) -> tuple[Reason, Candidates]:
        """Find the reason, and the files that may be meant."""
        if any(mark in target for mark in PLACEHOLDERS):
            return "template-placeholder", _NONE
        if is_dated(target, self._conventions.periods):
            return "date-not-yet-written", _NONE
        name = basename(target.replace("\\", "/").rstrip("/ "))
        reason, found = self._named(name, target)
        if found:
            return reason if len(found) == 1 else "ambiguous", found
        lost = self._hidden.get(_bare(name))
        if lost:
            return "excluded-or-hidden", self._candidates_of("hidden", _bare(name), lost)
        near = self._nearest.to(name[: -len(".md")] if name.lower().endswith(".md") else name)
        return "no-such-note", Candidates(self._resolver.namesakes(near)[:1]) if near else _NONE

    def _named(self, name: str, target: str) -> tuple[Reason, Candidates]:
        """Return the files of a name; if there are none, the notes that have it as an alias."""
        files = self._resolver.namesakes(name)
        if files:
            return "wrong-folder", self._candidates_of("files", files[0], files)
        alias = _bare(target) if _bare(target) in self._aliased else _bare(name)
        return "alias-as-target", self._candidates_of("aliased", alias, self._aliased.get(alias, ()))

    def _candidates_of(self, kind: str, name: str, paths: Collection[str]) -> Candidates:
        """Return the candidates, sorted only once for all links that may mean the same."""
        key = (kind, name)
        if key not in self._candidates:
            self._candidates[key] = Candidates(paths)
        return self._candidates[key]

    def _instead(self, note: str, link: Link, path: str, reason: Reason) -> str | None:
        """Write the link to a file that may be meant; a link to an alias still shows the alias."""
        if reason == "excluded-or-hidden":
            return None
        return self._written(note, link, path, link.subpath if self._finds(path, link.subpath) else "")

    def _written(self, note: str, link: Link, path: str, subpath: str) -> str | None:
        if link.syntax == "canvas":
            return json.dumps(path, ensure_ascii=False)[1:-1]
        shown = link.display
        if shown is None and not link.embed and self._is_alias(link.target, path):
            shown = basename(link.target)
        written = self._links.written(
            path,
            note,
            self._conventions.link_format,
            markdown=link.syntax == "markdown",
            display=shown,
            subpath=subpath,
            embed=link.embed,
        )
        if written and link.syntax == "markdown":
            return _in_frame(link, written)
        return _BAR.sub(r"\\|", written) if written and link.cell else written

    def _is_alias(self, target: str, path: str) -> bool:
        return path in self._aliased.get(_bare(basename(target)), ())


def _in_frame(link: Link, written: str) -> str:
    """Replace the destination of a Markdown link with a new one; its text and title stay."""
    lines = map(re.escape, (link.display or "").split("\n"))
    opening = re.match(r"!?\[" + r"\n[ \t>]*".join(lines) + r"\]\(", link.raw)
    head = opening.group() if opening else written[: written.rindex("](") + 2]
    title = _TITLE.search(link.raw[-_LONGEST_TITLE:])
    return head + written[written.rindex("](") + 2 : -1] + (title.group(1) if title else "") + ")"


def _plain(link: Link) -> tuple[str, ...]:
    """Return the plain text that replaces a link and reads as Obsidian shows the link.

    There is none for a file card of a canvas, an image without text, or a link that shows nothing. Properties contain
    no markup.
    """
    if link.syntax == "canvas":
        return ()
    if link.embed and link.display:
        return _written_plain(link, _SIZE.sub("", link.display).removesuffix("\\"))
    if link.embed:
        return _written_plain(link, shown_text(link.target, link.subpath, None), as_label=False)
    return _written_plain(link, shown_text(link.target, link.subpath, link.display))


def _written_plain(link: Link, shown: str, *, as_label: bool = True) -> tuple[str, ...]:
    """Write what a link shows; the label of a Markdown link is Markdown and is kept where possible."""
    text = shown.replace("\\|", "|") if link.cell else shown
    if not link.frontmatter:
        is_label = as_label and link.syntax == "markdown" and bool(link.display)
        text = plain_label(shown) if is_label else plain_text(text)
    return (text.strip(),) if text.strip() else ()


def _bare(name: str) -> str:
    """Return a name as it is compared where `.md` may be left out."""
    return file_key(name).removesuffix(".md")


def _nearest(sections: Sections, subpath: str) -> str | None:
    """Suggest the heading or block whose name is closest to a missing one."""
    wanted = subpath.rpartition("#")[2].strip()
    if wanted.startswith("^"):
        block = sections.nearest_block(wanted[1:])
        return f"#^{block}" if block else None
    near = sections.nearest_heading(wanted)
    return heading_subpath(near) if near else None
