"""Nodes of YAML -> values as JavaScript holds them: the core schema of YAML 1.2, keys as text, aliases followed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vault_tools.dialect.scalars import CORE, ENDLESS
from vault_tools.model.note import Value
from vault_tools.parse.plain_yaml import scalar
from vault_tools.parse.yaml_nodes import Node, YamlError
from vault_tools.parse.yaml_tags import standard

MOST_ALIASES = 100
"""How often an anchor may be used, times the uses within it; more counts as an attack, as in Obsidian."""

_TESTS = {kind.name: re.compile(kind.pattern) for kind in CORE}
_TESTS["float"] = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)")
_ENDLESS = re.compile(ENDLESS)
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_LAST_INDEX = 2**32 - 2
_DECIMAL_FROM, _DECIMAL_BELOW = 1e-6, 1e21
_KEY_DEPTH = 4


def built(node: Node) -> Value:
    """Return the value of a node. Raises YamlError for a duplicate key, and for unknown or too many aliases."""
    return _Builder().value(node)


@dataclass(slots=True)
class _Anchored:
    """A node that has a name, its value once it is known, and how often it was used."""

    node: Node
    value: Value = None
    known: bool = False
    uses: int = 1
    weight: int | None = None


class _Builder:
    def __init__(self) -> None:
        self.anchors: dict[str, _Anchored] = {}
        self.meant: dict[int, _Anchored] = {}

    def value(self, node: Node) -> Value:
        """Return the value of a node."""
        if node.kind == "alias":
            return self._alias(node)
        if not node.props.anchor:
            return self._value(node)
        own = self.anchors[node.props.anchor] = _Anchored(node)
        own.value = self._value(node)
        own.known = True
        return own.value

    def _value(self, node: Node) -> Value:
        tag = standard(node.props.tag, node.props.pos) if node.props.tag else None
        if node.kind == "scalar":
            return _scalar(node, tag)
        if node.kind == "sequence":
            return [self.value(item) for item in node.items]
        return self._mapping(node)

    def _alias(self, node: Node) -> Value:
        named = self.anchors.get(node.text)
        if named is None:
            raise YamlError(node.pos, "alias")
        if not named.known:
            raise YamlError(node.pos, "deep")
        self.meant[id(node)] = named
        named.uses += 1
        if named.weight is None:
            named.weight = self._weight(named.node)
        if named.uses * named.weight > MOST_ALIASES:
            raise YamlError(node.pos, "many")
        return named.value

    def _weight(self, node: Node) -> int:
        """Return how often the parts of a node are used already: the highest count."""
        if node.kind == "alias":
            named = self.meant.get(id(node))
            return named.uses * (named.weight or 0) if named else 0
        if node.kind == "scalar":
            return 1
        return max((self._weight(item) for item in node.items), default=0)

    def _mapping(self, node: Node) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        seen: set[tuple[str, object]] = set()
        for key, value in pairs(node):
            self._see(key, seen)
            name = self._key(key)
            mapping[name] = self.value(value)
        return _ordered(mapping)

    def _see(self, key: Node, seen: set[tuple[str, object]]) -> None:
        """Record a key; a duplicate is an error, as in Obsidian."""
        if key.kind != "scalar":
            return
        same = _same(key)
        if same in seen:
            raise YamlError(key.pos, "twice")
        seen.add(same)

    def _key(self, node: Node) -> str:
        value = self.value(node)
        if isinstance(value, list | dict):
            return key_text(node)
        return (node.plain and not node.props.tag and endless(node.text)) or _spelled(value)


def pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the keys of a mapping with their values."""
    return zip(node.items[::2], node.items[1::2], strict=True)


def _scalar(node: Node, tag: str | None) -> Value:
    if tag is None:
        return scalar(node.text) if node.plain else node.text
    test = _TESTS.get(tag)
    return scalar(node.text) if test and test.fullmatch(node.text) else node.text


def _same(key: Node) -> tuple[str, object]:
    """Return a value that is equal for all keys that JavaScript treats as the same."""
    tag = standard(key.props.tag, key.props.pos) if key.props.tag else None
    value = _scalar(key, tag)
    if key.plain and tag is None and isinstance(value, str) and (name := endless(value)):
        return ("number", name) if name != "NaN" else ("nan", key.pos)
    kind = "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    return kind, value


def endless(text: str) -> str:
    """Return JavaScript's name of infinity or NaN; "" for any other text."""
    if _ENDLESS.fullmatch(text):
        name = "NaN" if text[-1] in "nN" else "Infinity"
    elif text[:1] in "+-.0123456789" and isinstance(scalar(text), str):
        name = "Infinity" if any(_TESTS[kind].fullmatch(text) for kind in ("int", "float")) else ""
    else:
        name = ""
    return f"-{name}" if name == "Infinity" and text[0] == "-" else name


def _spelled(value: Value) -> str:
    """Return a value as JavaScript turns it into text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return number_text(value) if isinstance(value, int | float) else value


def number_text(number: float) -> str:
    """Return a number as JavaScript writes it."""
    size = abs(number)
    if not size:
        return "0"
    if _DECIMAL_FROM <= size < _DECIMAL_BELOW:
        text = format(Decimal(repr(number)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(float(number)).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"


def _ordered(mapping: dict[str, Value]) -> dict[str, Value]:
    """Put names that are whole numbers first, in numeric order, as JavaScript does."""
    numbers = [name for name in mapping if name[:1].isdigit() and _INDEX.fullmatch(name) and int(name) <= _LAST_INDEX]
    if not numbers:
        return mapping
    first = {name: mapping[name] for name in sorted(numbers, key=int)}
    return first | mapping


def key_text(node: Node, depth: int = 0) -> str:
    """Return the name that Obsidian shows for a key that is not a scalar (such as `{{title}}`); deep nesting is cut."""
    anchor = f"&{node.props.anchor} " if node.props.anchor and depth else ""
    if node.kind == "alias":
        return f"*{node.text}"
    if node.kind == "scalar":
        return anchor + _quoted(node)
    if depth > _KEY_DEPTH:
        return "…"
    if node.kind == "mapping":
        items = ", ".join(_pair_text(key, value, depth + 1) for key, value in pairs(node))
        return anchor + (f"{{ {items} }}" if node.items else "{}")
    items = ", ".join(key_text(item, depth + 1) for item in node.items)
    return anchor + (f"[ {items} ]" if node.items else "[]")


def _quoted(node: Node) -> str:
    if node.plain:
        return node.text
    if node.style == "'":
        return "'" + node.text.replace("'", "''") + "'"
    return json.dumps(node.text, ensure_ascii=False)


def _pair_text(key: Node, value: Node, depth: int) -> str:
    before, behind = ("", "") if key.kind == "scalar" else ("", " ") if key.kind == "alias" else ("? ", "")
    name = f"{before}{key_text(key, depth)}{behind}"
    return name if value.absent else f"{name}: {key_text(value, depth)}".rstrip()
