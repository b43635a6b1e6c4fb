"""The parts of a YAML block before they become values: nodes, and the fault that ends reading."""

from dataclasses import dataclass, field
from typing import Literal

Mistake = Literal[
    "alias",
    "anchor",
    "bracket",
    "character",
    "colon",
    "comma",
    "comment",
    "deep",
    "documents",
    "escape",
    "header",
    "indent",
    "item",
    "key",
    "list",
    "many",
    "nested",
    "quote",
    "start",
    "tab",
    "tag",
    "trailing",
    "twice",
]
"""Why a block cannot be read; `properties` puts it into words."""


class YamlError(ValueError):
    """A block that Obsidian calls invalid: the offset of the fault in it, and its kind."""

    def __init__(self, pos: int, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.pos = pos
        self.mistake: Mistake = mistake


@dataclass(slots=True)
class Props:
    """The anchor and the tag in front of a node, "" where there is none, and the offset at which they begin."""

    anchor: str = ""
    tag: str = ""
    pos: int = -1

    def joined(self, other: "Props") -> "Props":
        """Return both as one; a node has one of each at most."""
        if (self.anchor and other.anchor) or (self.tag and other.tag):
            raise YamlError(other.pos, "anchor" if self.anchor and other.anchor else "tag")
        first = self.pos if self.pos >= 0 else other.pos
        return Props(self.anchor or other.anchor, self.tag or other.tag, first)


@dataclass(slots=True, eq=False)
class Node:
    """A value as it is written. `text` is that of a scalar, or the name of an alias.

    A mapping has keys and values in turn in `items`. `style` is the mark in front of a scalar, "" for none; `bare`
    says that a value is not written, `absent` that the colon before it is not written either.
    """

    kind: Literal["scalar", "alias", "mapping", "sequence"]
    pos: int
    text: str = ""
    style: str = ""
    bare: bool = False
    absent: bool = False
    props: Props = field(default_factory=Props)
    items: list["Node"] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether it is a scalar without quotes or any other mark."""
        return self.kind == "scalar" and not self.style


def nothing(pos: int, props: Props | None = None, *, absent: bool = False) -> Node:
    """Return the node of a value that is not written."""
    return Node("scalar", pos, bare=True, absent=absent, props=props or Props())
