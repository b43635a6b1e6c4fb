"""The name that Obsidian shows for a key that is a list or a mapping (such as `{{title}}`)."""

import json

from vault_tools.parse.yaml.nodes import YamlNode, pairs

_DEEPEST = 4


def key_text(node: YamlNode, depth: int = 0) -> str:
    """Return the name of a key; deep nesting is cut."""
    if node.kind == "alias":
        return f"*{node.text}"
    anchor = f"&{node.props.anchor} " if node.props.anchor and depth else ""
    if node.kind == "scalar":
        return anchor + _scalar_text(node)
    if depth > _DEEPEST:
        return "…"
    return anchor + _collection_text(node, depth + 1)


def _scalar_text(node: YamlNode) -> str:
    if node.plain:
        return node.text
    if node.style == "'":
        return "'" + node.text.replace("'", "''") + "'"
    return json.dumps(node.text, ensure_ascii=False)


def _collection_text(node: YamlNode, depth: int) -> str:
    if node.kind == "mapping":
        items = [_pair_text(key, value, depth) for key, value in pairs(node)]
        return f"{{ {', '.join(items)} }}" if items else "{}"
    items = [key_text(item, depth) for item in node.items]
    return f"[ {', '.join(items)} ]" if items else "[]"


def _pair_text(key: YamlNode, value: YamlNode, depth: int) -> str:
    name = key_text(key, depth)
    if key.kind == "alias":
        name = f"{name} "
    elif key.kind != "scalar":
        name = f"? {name}"
    return name if value.absent else f"{name}: {key_text(value, depth)}".rstrip()
