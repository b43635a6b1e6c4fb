"""Pieces of Markdown: text that can never become markup, tables, callouts, and links in the style of the vault."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote

from vault_tools import words as catalogue
from vault_tools.dialect.uri import in_markdown, uri
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.speech import format_markup, format_words
from vault_tools.model.text import Ref, Say, Term, Text, say
from vault_tools.model.visible import visible, visible_name
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.words import Words

LinkStyle = Literal["uri", "wikilink", "markdown"]
_SPECIAL = re.compile(r"[\\`*\[\]|$#^]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|=(?==)|%(?=%)|(?<=[~=%])[~=%]")
_UNLINKABLE = re.compile(r"[\[\]|#^\\<>`$\x00-\x1f]|%%|::")
_UNSHOWABLE = re.compile(rf"{_SPECIAL.pattern}|[<>]|&#?\w+;|::|://")
"""What the text of a wikilink cannot show as it is, for nothing can be escaped in it."""


def escape(text: str) -> str:
    """Return text that Obsidian shows as it is: no markup, no link, no tag, no field, no template command."""
    plain = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\g<0>", plain).replace("::", ":\\:").replace("://", ":\\/\\/")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown already, their pipes are escaped here."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text.replace("\n", " "))


def callout(kind: str, title: str, lines: Iterable[str], *, folded: bool = False) -> str:
    """Return a callout; a folded one shows its title until it is clicked."""
    return "\n".join([f"> [!{kind}]{'-' if folded else ''} {title}", *(f"> {line}".rstrip() for line in lines)])


@dataclass(frozen=True, slots=True)
class Linker:
    """Draws mentions of nodes as links in one style.

    `uri` (obsidian://) makes no link in the vault's own graph, so that a report does not change what it measures;
    `wikilink` and `markdown` do, and offer previews in exchange. `bare` links name a note without its folder where
    that is enough (Obsidian's *shortest path*). `vault` is the vault's name in `uri` links, "" for none; the name of
    its folder may differ on another device.
    """

    graph: KnowledgeGraph
    vault: str
    style: LinkStyle
    homonyms: frozenset[str]
    bare: bool = False
    words: Words = field(default_factory=dict)

    def text(self, parts: Text) -> str:
        """Return running text in the reader's language, with its mentions drawn as links."""
        return format_words(parts, self.words, self.ref, escape)

    def name(self, ref: Ref) -> str:
        """Return how a mention is called, without any markup."""
        label = format_words(ref.label, self.words, self.name)
        return visible_name(label or (self._label(ref.id) if ref.id in self.graph.nodes else ref.id))

    def own(self, text: str | Say) -> str:
        """Return a sentence, or the one of an id; it is Markdown already, its values are not."""
        return format_markup(say(text) if isinstance(text, str) else text, self.words, self.ref, escape)

    def plain(self, words: Text | Say | Term) -> str:
        """Return words in the reader's language for a place where nothing is markup."""
        return visible(format_words(words, self.words, self.name))

    def heads(self, *words: str | Say) -> tuple[str, ...]:
        """Return the heads of a table in the reader's language; "" is an empty one."""
        return tuple(self.own(each) if each else "" for each in words)

    def ref(self, ref: Ref) -> str:
        """Return one mention: a link where the node is a file, bold text where it is not."""
        if ref.line:
            placed = say("common.note-line", note=replace(ref, line=0), line=ref.line)
            return format_words(placed, self.words, self.ref, escape)
        node = self.graph.nodes.get(ref.id)
        label = self.name(ref)
        if node is None or node.kind in {"missing", "tag"}:
            return f"**{escape(label)}**"
        return self._link(ref.id, label)

    def _label(self, name: str) -> str:
        node = self.graph.nodes[name]
        return name.removesuffix(".md") if node.title.lower() in self.homonyms else node.title

    def _link(self, path: str, label: str) -> str:
        if self.style == "uri" or _UNLINKABLE.search(path):
            return self._uri_link(path, label)
        if self.style == "markdown":
            return f"[{escape(label)}]({quote(self._target(path))})"
        if _UNSHOWABLE.search(label):
            return self._uri_link(path, label)
        return f"[[{self._target(path).removesuffix('.md')}|{label}]]"

    def _uri_link(self, path: str, label: str) -> str:
        return f"[{escape(label)}]({in_markdown(uri(self.vault, path.removesuffix('.md')))})"

    def _target(self, path: str) -> str:
        """Return what a link in the vault's own graph leads to: a path, or only a name where that is enough."""
        node = self.graph.nodes[path]
        is_bare = self.bare and node.kind == "note" and node.title.lower() not in self.homonyms
        return path.rpartition("/")[2] if is_bare else path


def linker(
    graph: KnowledgeGraph, vault: str, style: LinkStyle, *, bare: bool = False, words: Words | None = None
) -> Linker:
    """Return a linker; notes that share a name are distinguished by their path.

    What a vault calls its types and relations goes before what the language calls them.
    """
    language, labels = catalogue.words() if words is None else words, _labels(graph.vocabulary)
    known = {**language, **labels} if labels else language
    return Linker(graph, vault, style, _homonyms(graph), bare, known)


def _labels(vocabulary: Vocabulary) -> dict[str, str]:
    """Return what a vault calls its types and relations, by their ids in the catalogue."""
    types = {Term("type", row.name).key: row.label for row in vocabulary.types.values()}
    relations = {Term("relation", row.name).key: row.label for row in vocabulary.relations.values()}
    return {id_: label for id_, label in (types | relations).items() if label}


def _homonyms(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the titles, in small letters, that several notes have."""
    counts = Counter(node.title.lower() for node in graph.nodes.values() if node.kind == "note")
    return frozenset(title for title, count in counts.items() if count > 1)
