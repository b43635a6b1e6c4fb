"""Nodes of YAML -> values as JavaScript holds them: the core schema of YAML 1.2, keys as text, aliases followed."""

from dataclasses import dataclass

from vault_tools.model.note import Value
from vault_tools.parse.yaml.core import is_of_kind, scalar
from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.javascript import endless, ordered, value_text
from vault_tools.parse.yaml.key_text import key_text
from vault_tools.parse.yaml.nodes import YamlNode, pairs
from vault_tools.parse.yaml.tags import standard

MOST_ALIASES = 100
"""How often an anchor may be used, times the uses within it; more counts as an attack, as in Obsidian."""


def value_of(node: YamlNode) -> Value:
    """Return the value of a node. Raises YamlError for a duplicate key, and for unknown or too many aliases."""
    return _Builder().value(node)


@dataclass(slots=True)
class _Anchored:
    """A node that has a name, its value once it is complete, and how often it was used."""

    node: YamlNode
    value: Value = None
    complete: bool = False
    uses: int = 1
    weight: int | None = None


class _Builder:
    """Builds values. `anchors` are the nodes by their names so far, `targets` those that aliases (by `id`) mean."""

    def __init__(self) -> None:
        self.anchors: dict[str, _Anchored] = {}
        self.targets: dict[int, _Anchored] = {}

    def value(self, node: YamlNode) -> Value:
        """Return the value of a node."""
        if node.kind == "alias":
            return self._alias(node)
        if not node.props.anchor:
            return self._value(node)
        own = self.anchors[node.props.anchor] = _Anchored(node)
        own.value = self._value(node)
        own.complete = True
        return own.value

    def _value(self, node: YamlNode) -> Value:
        tag = _standard_tag(node)
        if node.kind == "scalar":
            return _scalar(node, tag)
        if node.kind == "sequence":
            return [self.value(item) for item in node.items]
        return self._mapping(node)

    def _alias(self, node: YamlNode) -> Value:
        target = self.anchors.get(node.text)
        if target is None:
            raise YamlError(node.pos, "alias")
        if not target.complete:
            raise YamlError(node.pos, "deep")
        self.targets[id(node)] = target
        target.uses += 1
        if target.weight is None:
            target.weight = self._weight(target.node)
        if target.uses * target.weight > MOST_ALIASES:
            raise YamlError(node.pos, "many")
        return target.value

    def _weight(self, node: YamlNode) -> int:
        """Return how often the parts of a node are used already: the highest count."""
        if node.kind == "alias":
            target = self.targets.get(id(node))
            return target.uses * (target.weight or 0) if target else 0
        if node.kind == "scalar":
            return 1
        return max((self._weight(item) for item in node.items), default=0)

    def _mapping(self, node: YamlNode) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        keys: set[tuple[str, object]] = set()
        for key, value in pairs(node):
            if key.kind == "scalar":
                _add_new_key(keys, key)
            name = self._name(key)
            mapping[name] = self.value(value)
        return ordered(mapping)

    def _name(self, key: YamlNode) -> str:
        """Return the name of a property by its key."""
        value = self.value(key)
        if isinstance(value, list | dict):
            return key_text(key)
        return (key.plain and not key.props.tag and endless(key.text)) or value_text(value)


def _standard_tag(node: YamlNode) -> str | None:
    """Return what the tag of a node is called in YAML itself, "" for another tag; None for no tag."""
    return standard(node.props.tag, node.props.pos) if node.props.tag else None


def _scalar(node: YamlNode, tag: str | None) -> Value:
    """Return the value of a scalar: by its tag or, without one, by what it looks like if it has no quotes."""
    has_meaning = node.plain if tag is None else is_of_kind(node.text, tag)
    return scalar(node.text) if has_meaning else node.text


def _add_new_key(keys: set[tuple[str, object]], key: YamlNode) -> None:
    """Add a key to those of its mapping; a duplicate is an error, as in Obsidian."""
    identity = _identity(key)
    if identity in keys:
        raise YamlError(key.pos, "twice")
    keys.add(identity)


def _identity(key: YamlNode) -> tuple[str, object]:
    """Return a value that is equal for all keys that JavaScript treats as the same."""
    tag = _standard_tag(key)
    value = _scalar(key, tag)
    name = endless(value) if key.plain and tag is None and isinstance(value, str) else ""
    if name == "NaN":
        return "nan", key.pos
    if name:
        return "number", name
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if is_number else type(value).__name__, value
