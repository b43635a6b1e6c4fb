"""Anchors (`&name`) and tags (`!!str`) in front of a node."""

import re

from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.nodes import Props
from vault_tools.parse.yaml.scanner import Scanner
from vault_tools.parse.yaml.tags import tag_end

SIGNS = "&!"
"""What an anchor or a tag begins with."""
NAME = re.compile(r"[&*][^ ,\[\]{}\n\t]*+")
"""An anchor, or an alias."""

_BLANKS = frozenset(" \t\n")


def with_prop(scan: Scanner, props: Props) -> Props:
    """Read an anchor or a tag; return it together with those that are read already."""
    return _with_anchor(scan, props) if scan.text[scan.pos] == "&" else _with_tag(scan, props)


def with_spaced_prop(scan: Scanner, props: Props) -> Props:
    """Read an anchor or a tag that a blank must follow; return it together with those that are read already."""
    props = with_prop(scan, props)
    if scan.text[scan.pos] not in _BLANKS:
        raise YamlError(scan.pos, "tag")
    return props


def _with_anchor(scan: Scanner, props: Props) -> Props:
    pos = scan.pos
    name = NAME.match(scan.text, pos)
    if name is None or name.end() == pos + 1 or props.anchor:
        raise YamlError(pos, "anchor")
    scan.pos = name.end()
    return Props(name.group()[1:], props.tag, _first(props, pos))


def _with_tag(scan: Scanner, props: Props) -> Props:
    pos = scan.pos
    scan.pos = tag_end(scan.text, pos)
    if props.tag:
        raise YamlError(pos, "tag")
    return Props(props.anchor, scan.text[pos : scan.pos], _first(props, pos))


def _first(props: Props, pos: int) -> int:
    return pos if props.pos < 0 else props.pos
