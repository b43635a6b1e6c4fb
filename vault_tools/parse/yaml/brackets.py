"""Collections in brackets: `[a, b]` and `{a: b}`."""

from typing import NamedTuple

from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.leaves import leaf
from vault_tools.parse.yaml.nodes import NO_PROPS, Props, YamlNode, nothing
from vault_tools.parse.yaml.props import SIGNS, with_prop
from vault_tools.parse.yaml.scalar_ends import at_marker
from vault_tools.parse.yaml.scanner import Scanner

LONGEST_KEY = 1024
"""How many characters may come before the colon of a key."""

_BEHIND_MARK = frozenset(" \t\n,[]{}")
_BEHIND_PROP = frozenset(" \t\n,]}")


class _Margin(NamedTuple):
    """How many blanks a line in brackets must begin with: any line, and one that begins with a closing bracket."""

    least: int
    closing: int


class _Key(NamedTuple):
    """A key in brackets, or an item that may be one.

    `begin` is where it begins, with its marks. `explicit` says that `?` is in front of it. `glued` is the place of an
    anchor or tag that no blank follows, or -1.
    """

    node: YamlNode
    begin: int
    explicit: bool
    glued: int


def collection(scan: Scanner, least: int) -> YamlNode:
    """Read a collection in brackets; further lines of it are indented by `least` blanks or more."""
    return _collection(scan, _Margin(least, least - 1))


def _collection(scan: Scanner, margin: _Margin) -> YamlNode:
    scan.begin_nested()
    begin = scan.pos
    node = YamlNode("sequence" if scan.text[begin] == "[" else "mapping", begin)
    scan.pos += 1
    after_comma = True
    while not _is_closed(scan, node, margin):
        is_comma = scan.text[scan.pos] == ","
        if is_comma == after_comma:  # a comma too many, or none between two items
            raise YamlError(scan.pos, "comma")
        if is_comma:
            scan.pos += 1
        else:
            _add_item(scan, node, margin)
        after_comma = is_comma
    scan.depth -= 1
    return node


def _is_closed(scan: Scanner, node: YamlNode, margin: _Margin) -> bool:
    """Go to the next token in brackets, and past it if it is the bracket that closes them."""
    _skip_gap(scan, node.pos, margin)
    char = scan.text[scan.pos]
    if char not in "]}":
        return False
    if (char == "]") != (node.kind == "sequence"):
        raise YamlError(scan.pos, "bracket")
    scan.pos += 1
    return True


def _skip_gap(scan: Scanner, begin: int, margin: _Margin) -> None:
    """Go to the next token; `begin` is what has no end if there is none."""
    if not scan.skip_gap():
        return
    if scan.pos >= len(scan.text):
        raise YamlError(begin, "bracket")
    start, column = scan.line_start(), scan.column()
    least = margin.closing if scan.text[scan.pos] in "]}" else margin.least
    if column >= least and (column or not at_marker(scan.text, start)):
        return
    if scan.text[start : scan.pos].strip(" "):
        raise YamlError(start, "tab")
    raise YamlError(begin, "bracket")


def _add_item(scan: Scanner, node: YamlNode, margin: _Margin) -> None:
    """Read an item of a list in brackets, or a key and its value."""
    key = _key(scan, margin)
    has_colon = _is_colon(scan, key.node)
    if node.kind == "sequence" and not (has_colon or key.explicit):
        node.items.append(key.node)
        return
    _check_spaced(key.glued)
    if node.kind == "mapping":
        node.items += _pair(scan, key, margin, has_colon=has_colon)
    else:
        _check_single_key(scan, key)
        node.items.append(YamlNode("mapping", key.node.pos, items=_pair(scan, key, margin, has_colon=has_colon)))


def _check_spaced(glued: int) -> None:
    """Check that each anchor and tag has a blank behind it."""
    if glued >= 0:
        raise YamlError(glued, "tag")


def _check_single_key(scan: Scanner, key: _Key) -> None:
    """Check the key of an item such as `[a: b]`."""
    if key.explicit:
        return
    if scan.text.find("\n", key.node.pos, scan.pos) >= 0:
        raise YamlError(key.node.pos, "colon")
    if scan.pos - key.begin > LONGEST_KEY:
        raise YamlError(key.begin, "key")


def _pair(scan: Scanner, key: _Key, margin: _Margin, *, has_colon: bool) -> list[YamlNode]:
    """Return a key with its value."""
    value = _value_behind_colon(scan, margin) if has_colon else nothing(scan.pos, absent=True)
    return [key.node, value]


def _key(scan: Scanner, margin: _Margin) -> _Key:
    """Read a key, or an item that may be one, and go to what follows it."""
    begin = scan.pos
    explicit = _is_mark(scan, "?")
    if explicit:
        scan.pos += 1
        _skip_gap(scan, begin, margin)
    props, glued = _props(scan, margin)
    _check_comma(scan, props)
    node = _value(scan, props, margin)
    _skip_gap(scan, begin, margin)
    return _Key(node, begin, explicit, glued)


def _check_comma(scan: Scanner, props: Props) -> None:
    """Check that a comma behind an anchor or a tag is on the same line."""
    if props.pos >= 0 and scan.text[scan.pos] == "," and scan.text.find("\n", props.pos, scan.pos) >= 0:
        raise YamlError(scan.pos, "comma")


def _is_mark(scan: Scanner, marks: str) -> bool:
    pos = scan.pos
    return scan.text[pos] in marks and scan.text[pos + 1] in _BEHIND_MARK


def _is_colon(scan: Scanner, key: YamlNode) -> bool:
    """Tell whether a colon follows; behind quotes and brackets it needs no blank."""
    if scan.text[scan.pos] != ":":
        return False
    return scan.text[scan.pos + 1] in _BEHIND_MARK or not (key.plain or key.kind == "alias")


def _value_behind_colon(scan: Scanner, margin: _Margin) -> YamlNode:
    begin = scan.pos
    scan.pos += 1
    _skip_gap(scan, begin, margin)
    props, glued = _props(scan, margin)
    _check_spaced(glued)
    return _value(scan, props, margin)


def _props(scan: Scanner, margin: _Margin) -> tuple[Props, int]:
    """Read an anchor and a tag; return them, and the place of one that no blank follows, or -1."""
    props, glued = NO_PROPS, -1
    while scan.text[scan.pos] in SIGNS:
        begin = scan.pos
        props = with_prop(scan, props)
        if scan.text[scan.pos] not in _BEHIND_PROP:
            glued = scan.pos
        _skip_gap(scan, begin, margin)
    return props, glued


def _value(scan: Scanner, props: Props, margin: _Margin) -> YamlNode:
    """Read a value whose anchor and tag are read already."""
    pos = scan.pos
    char = scan.text[pos]
    if char in ",]}" or _is_mark(scan, ":"):
        return nothing(pos, props)
    if _is_mark(scan, "-?"):
        raise YamlError(pos, "item")
    node = _nested(scan, margin) if char in "[{" else leaf(scan, margin.least, flow=True)
    if node.kind == "alias" and props.pos >= 0:
        raise YamlError(pos, "alias")
    node.props = props
    return node


def _nested(scan: Scanner, margin: _Margin) -> YamlNode:
    """Read a collection in another one; its closing bracket is indented like any of its lines."""
    return _collection(scan, _Margin(margin.least, margin.least))
