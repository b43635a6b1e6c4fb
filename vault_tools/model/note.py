"""What one note says, as written; nothing here is resolved yet."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Literal

from vault_tools.model.speech import format_english
from vault_tools.model.text import Say, Term

Value = Any
"""A property's value: any value of JSON (dates stay text, as in Obsidian)."""

Syntax = Literal["wikilink", "markdown", "canvas"]
FieldForm = Literal["line", "bracket", "paren", "emoji", "frontmatter"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the vault, as read: vault path (POSIX), text, digest of its bytes."""

    path: str
    text: str
    digest: str
    problems: tuple["Problem", ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in a file: what is wrong at which line (1-based, 0 = the file), and what to do about it.

    `message` and `remedy` are ids of sentences that take `values`; `what` and `todo` are these sentences in English.
    """

    code: str
    line: int
    message: str
    remedy: str
    values: tuple[tuple[str, str | Term | tuple[str | Term, ...]], ...] = ()

    @property
    def sentence(self) -> Say:
        """What is wrong."""
        return Say(self.message, self.values)

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return format_english(self.sentence)

    @property
    def todo(self) -> str:
        """What to do about it, in English."""
        return format_english(Say(self.remedy, self.values))


@dataclass(frozen=True, slots=True)
class Link:
    r"""A link or embed as written; for a file card, `raw` is the text between the quotes of its `file`.

    `target` is the linkpath: the part before the first `#`, percent-decoded for Markdown links, "" for the
    note itself. `subpath` is "" or starts with `#`. `display` is the explicit display text.
    `property` names the frontmatter property (`a`, `a.0`, `a.b`) or inline field that holds the link.
    `column` counts UTF-16 code units from the start of the line, as Obsidian does (an emoji is two); it is -1 in
    frontmatter and canvases. `cell` means that it is in a table, where `|` is written `\|`.
    """

    raw: str
    target: str
    subpath: str
    display: str | None
    embed: bool
    syntax: Syntax
    line: int
    column: int = -1
    property: str | None = None
    frontmatter: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A labelled line between two file cards of a canvas: vault paths as the canvas spells them.

    It points from `source` to `target`. If it is not `directed`, it has no arrowhead, so its ends are interchangeable.
    """

    source: str
    label: str
    target: str
    line: int
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the top level of a note; its text is raw (markup kept)."""

    text: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block with an id (`^id`), and the lines it spans (1-based, both ends included)."""

    id: str
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in the body, with its `#`, spelled as written; `column` in UTF-16 code units."""

    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Field:
    """A Dataview inline field; `canonical` is its key in lower case with dashes.

    A field of a `task` is about that task, not about the note.
    """

    key: str
    canonical: str
    value: Value
    form: FieldForm
    line: int
    task: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a note that vault-tools fills, between two marker lines.

    `start` and `end` are the characters of the text between them, `line` and `last` the lines of the markers (1-based).
    `prefix` is what precedes the first marker: blanks, or the signs of the quote that contains the region.
    """

    name: str
    argument: str
    start: int
    end: int
    line: int
    last: int
    prefix: str = ""


def within(regions: tuple[Region, ...], line: int) -> bool:
    """Tell whether a line (1-based) is in one of some regions, given in order; the markers belong to a region."""
    at = bisect_right(regions, line, key=lambda region: region.line) - 1
    return at >= 0 and line <= regions[at].last


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown note or a canvas, as written.

    `frontmatter` is None if there is none or Obsidian cannot read it; `property_lines` are the lines of its
    properties, in order. `tags` are those of the frontmatter, with `#`; `body_tags` those of the text.
    `mentions` are the parts of the raw text that may contain names of attachments (`dialect.mentions`).
    `words` counts words, and each CJK character or mark as one. `excerpt` is the beginning of the text, without markup.
    `lines` are the lines of a short text, without blanks around them: they show whether a template wrote them.

    The content of `regions` is generated, so it does not count for words, fields or external addresses. Links, tags,
    headings and blocks in it are included, as in Obsidian; `is_ours` tells them apart.
    """

    path: str
    digest: str
    frontmatter: dict[str, Value] | None = None
    property_lines: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body_tags: tuple[Tag, ...] = ()
    links: tuple[Link, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[tuple[str, int], ...] = ()
    fields: tuple[Field, ...] = ()
    external: tuple[str, ...] = ()
    words: int = 0
    problems: tuple[Problem, ...] = ()
    regions: tuple[Region, ...] = ()
    excerpt: str = ""
    mentions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def every_tag(self) -> tuple[str, ...]:
        """The tags of the frontmatter, then those of the text, as often as they occur, with `#`."""
        return (*self.tags, *(tag.name for tag in self.body_tags))

    def is_ours(self, line: int) -> bool:
        """Tell whether a line (1-based) is in a region; its markers belong to it."""
        return bool(self.regions) and within(self.regions, line)
