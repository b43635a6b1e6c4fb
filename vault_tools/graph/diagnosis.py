"""Why a link leads nowhere, which files it may mean, and the text to write instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from posixpath import basename
from typing import Self

from vault_tools.dialect.conflict_names import conflict_of
from vault_tools.graph.candidates import Candidates
from vault_tools.graph.dated import is_dated
from vault_tools.graph.linktext import heading_subpath
from vault_tools.graph.names import file_key
from vault_tools.graph.nearest import Nearest
from vault_tools.graph.repair import Repairs, bare, plain
from vault_tools.graph.resolve import Resolver
from vault_tools.graph.sections import Sections
from vault_tools.graph.unreachable import Unreachable
from vault_tools.model.graph import BrokenLink, Reason
from vault_tools.model.note import Link, Note
from vault_tools.model.vocabulary import Conventions

PLACEHOLDERS = ("{{", "<%", "${")
ALIKE = 0.8
"""How similar another name must be to be suggested (difflib's ratio)."""
_NONE = Candidates(())
_Cause = tuple[Reason, Candidates]
"""Why a link finds no file, and the files that may be meant."""


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
        self._periods = conventions.periods
        self._hidden = _by_name(hidden)
        self._aliased = _by_alias(notes)
        self._repairs = Repairs(resolver, conventions.link_format, self._aliased)
        self._nearest = Nearest((basename(path).removesuffix(".md") for path in notes), ALIKE)
        self._causes: dict[str, _Cause] = {}
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
        path = self._resolver.resolve(name.strip(), broken.note) if mark else None
        if path is not None:
            yield path

    def of_target(self, note: str, link: Link, node: str) -> BrokenLink:
        """Tell why a link finds no file; `node` is the graph's node for the missing file."""
        if (unreachable := self._of_unreachable(note, link, node)) is not None:
            return unreachable
        reason, candidates = self._cause_of(link.target)
        if reason == "no-such-note" and (to_block := self._of_block(note, link, node)) is not None:
            return to_block
        meant = candidates.near(note)
        texts = self._texts(note, link, meant, reason)
        guess = bool(meant) and reason in {"no-such-note", "ambiguous"}
        return BrokenLink(note, link, node, reason, meant, texts, guess, len(candidates) - len(meant))

    def of_subpath(self, note: str, link: Link, target: str) -> BrokenLink | None:
        """Tell what is wrong with the heading or block of a link to an existing note; None if nothing is."""
        if not self._must_find_subpath(link, target) or self._finds(target, link.subpath):
            return None
        if (unreachable := self._of_unreachable(note, link, target)) is not None:
            return unreachable
        near = _nearest_subpath(self._sections[target], link.subpath)
        if link.syntax == "canvas":  # the file is right: the mistake is in `subpath`
            link = replace(link, raw=link.subpath)
            guess = text = near
        else:
            guess = self._repairs.link(note, link, target, near) if near else None
            text = guess or self._repairs.link(note, link, target, "")
        texts = (text,) if text else ()
        return BrokenLink(note, link, target, "heading-or-block-missing", (target,), texts, guess=bool(guess))

    def _must_find_subpath(self, link: Link, target: str) -> bool:
        """Tell whether a link to a file means a heading or block of a note, and not a part of a drawing."""
        if target not in self._notes or not target.lower().endswith(".md") or not link.subpath.strip("# "):
            return False
        is_in_drawing = link.subpath.startswith("#^") and "=" in link.subpath  # a frame or group in Excalidraw
        return not is_in_drawing

    def _of_unreachable(self, note: str, link: Link, node: str) -> BrokenLink | None:
        """Return a broken link that means a file which no link can name; None if it means no such file."""
        writer = self._notes.get(note)
        meant = self._unreachable.paths_meant(link, writer.mentions if writer else ())
        is_right = node in meant  # `[[a^b]]` finds `a^b`, though the app calls such a name bad
        return BrokenLink(note, link, node, "unreachable-name", meant) if meant and not is_right else None

    def _of_block(self, note: str, link: Link, node: str) -> BrokenLink | None:
        """Read `[[Note^id]]`, which names a file, as the link to the block that it was meant to be."""
        name, mark, block = link.target.partition("^")
        path = self._resolver.resolve(name.strip(), note) if mark and not link.subpath else None
        if path is None or not self._finds(path, f"#^{block}"):
            return None
        text = self._repairs.link(note, link, path, f"#^{block.strip()}")
        return BrokenLink(note, link, node, "no-such-note", (path,), (text,) if text else (), guess=True)

    def _finds(self, path: str, subpath: str) -> bool:
        """Tell whether a note exists and has a heading or block."""
        if path not in self._sections:
            note = self._notes.get(path)
            if note is None:
                return False
            self._sections[path] = Sections(note)
        return self._sections[path].find(subpath) is not None

    def _cause_of(self, target: str) -> _Cause:
        key = file_key(target)
        if key not in self._causes:
            self._causes[key] = self._cause(target)
        return self._causes[key]

    def _cause(self, target: str) -> _Cause:
        """Find the reason, and the files that may be meant."""
        if any(mark in target for mark in PLACEHOLDERS):
            return "template-placeholder", _NONE
        if is_dated(target, self._periods):
            return "date-not-yet-written", _NONE
        name = basename(target.replace("\\", "/").rstrip("/ "))
        return self._named(name, target) or self._hidden_file(name) or self._misspelling(name)

    def _named(self, name: str, target: str) -> _Cause | None:
        """Look for files of a name, and if there are none, for notes that have it as an alias."""
        reason: Reason = "wrong-folder"
        files: Collection[str] = self._resolver.namesakes(name)
        if files:
            candidates = self._candidates_of("files", next(iter(files)), files)
        else:
            reason = "alias-as-target"
            alias = bare(target) if bare(target) in self._aliased else bare(name)
            candidates = self._candidates_of("aliased", alias, self._aliased.get(alias, ()))
        if not candidates:
            return None
        return reason if len(candidates) == 1 else "ambiguous", candidates

    def _hidden_file(self, name: str) -> _Cause | None:
        """Look for a file of a name where Obsidian does not look."""
        paths = self._hidden.get(bare(name))
        return ("excluded-or-hidden", self._candidates_of("hidden", bare(name), paths)) if paths else None

    def _misspelling(self, name: str) -> _Cause:
        """Look for a note with a similar name."""
        near = self._nearest.to(name[: -len(".md")] if name.lower().endswith(".md") else name)
        return "no-such-note", Candidates(self._resolver.namesakes(near)[:1]) if near else _NONE

    def _candidates_of(self, kind: str, name: str, paths: Collection[str]) -> Candidates:
        """Return the candidates, sorted only once for all links that may mean the same."""
        key = (kind, name)
        if key not in self._candidates:
            self._candidates[key] = Candidates(paths)
        return self._candidates[key]

    def _texts(self, note: str, link: Link, paths: Iterable[str], reason: Reason) -> tuple[str, ...]:
        """Write the link to each file that may be meant; if there is none, write what it shows."""
        if reason == "excluded-or-hidden":
            return ()
        texts = tuple(filter(None, (self._instead(note, link, path) for path in paths)))
        return plain(link) if reason == "no-such-note" and not texts else texts

    def _instead(self, note: str, link: Link, path: str) -> str | None:
        return self._repairs.link(note, link, path, link.subpath if self._finds(path, link.subpath) else "")


def _by_name(hidden: Iterable[str]) -> dict[str, list[str]]:
    """Return hidden files by their names, conflict copies also by the name of the file that they are copies of."""
    paths: dict[str, list[str]] = {}
    for path in hidden:
        name = basename(path)
        copy_of = conflict_of(name)
        for each in (name, copy_of.original) if copy_of else (name,):
            paths.setdefault(bare(each), []).append(path)
    return paths


def _by_alias(notes: Mapping[str, Note]) -> dict[str, dict[str, None]]:
    """Return the notes that have an alias, in their order, by the alias."""
    paths: dict[str, dict[str, None]] = {}
    for path, note in notes.items():
        for alias in note.aliases:
            paths.setdefault(bare(alias), {})[path] = None
    return paths


def _nearest_subpath(sections: Sections, subpath: str) -> str | None:
    """Suggest the heading or block whose name is closest to a missing one."""
    name = subpath.rpartition("#")[2].strip()
    if name.startswith("^"):
        block = sections.nearest_block(name[1:])
        return f"#^{block}" if block else None
    heading = sections.nearest_heading(name)
    return heading_subpath(heading) if heading else None
