"""What one note says, as written; nothing here is resolved yet."""

from dataclasses import dataclass
from typing import Any, Literal

Value = Any
"""A property's value: exactly what JSON can say (dates stay text, as in Obsidian)."""

Syntax = Literal["wikilink", "markdown", "canvas"]
FieldForm = Literal["line", "bracket", "paren", "emoji", "frontmatter"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the vault as it was read: vault path (POSIX), text, digest of its bytes."""

    path: str
    text: str
    digest: str
    problems: tuple["Problem", ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in a file: what is wrong at which line (1-based, 0 = the file), and what to do about it."""

    code: str
    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Link:
    r"""A link or embed as written; of a file card, `raw` is what stands between the quotes of its `file`.

    `target` is the linkpath: the part before the first `#`, percent-decoded for Markdown links, "" for the
    note itself. `subpath` is "" or starts with `#`. `display` is the explicit display text.
    `property` names the frontmatter property (`a`, `a.0`, `a.b`) or inline field that holds the link.
    `column` counts UTF-16 code units from the start of the line, as Obsidian does (an emoji is two); it is -1 in
    frontmatter and canvases. `cell` says that it stands in a table, where `|` is written `\|`.
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
    """A labelled arrow between two file cards of a canvas: vault paths as the canvas spells them."""

    source: str
    label: str
    target: str
    line: int


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

    One of a `task` tells of that task, not of the note.
    """

    key: str
    canonical: str
    value: Value
    form: FieldForm
    line: int
    task: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown note or a canvas, as written.

    `frontmatter` is None where there is none or Obsidian cannot read it; `property_lines` are the lines on which its
    properties stand, in their order. `tags` are those of the frontmatter, with `#`; `body_tags` those of the text.
    `words` counts words, and each CJK character or mark as one.
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
