"""The values of a block as they are written: nodes, and what may come before one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from vault_tools.parse.yaml.faults import YamlError


@dataclass(frozen=True, slots=True)
class Props:
    """The anchor and the tag in front of a node, "" where there is none, and the offset at which they begin."""

    anchor: str = ""
    tag: str = ""
    pos: int = -1

    def joined(self, other: "Props") -> "Props":
        """Return both as one; a node has one of each at most."""
        if other.pos < 0:
            return self
        if self.pos < 0:
            return other
        anchor = _only(self.anchor, other.anchor, "anchor", other.pos)
        return Props(anchor, _only(self.tag, other.tag, "tag", other.pos), self.pos)


def _only(first: str, second: str, kind: Literal["anchor", "tag"], pos: int) -> str:
    """Return the one that is written; `pos` is the place of the second, for errors."""
    if first and second:
        raise YamlError(pos, kind)
    return first or second


NO_PROPS = Props()
"""Neither an anchor nor a tag."""


@dataclass(slots=True, eq=False)
class YamlNode:
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
    props: Props = NO_PROPS
    items: list["YamlNode"] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether it is a scalar without quotes or any other mark."""
        return self.kind == "scalar" and not self.style


def nothing(pos: int, props: Props = NO_PROPS, *, absent: bool = False) -> YamlNode:
    """Return the node of a value that is not written."""
    return YamlNode("scalar", pos, bare=True, absent=absent, props=props)


def pairs(node: YamlNode) -> Iterator[tuple[YamlNode, YamlNode]]:
    """Yield the keys of a mapping with their values."""
    return zip(node.items[::2], node.items[1::2], strict=True)
