"""Values whose parts are set apart by lines and indentation: lists, mappings, and what they hold."""

from dataclasses import dataclass

from vault_tools.parse.yaml import block_scalars
from vault_tools.parse.yaml.faults import Mistake, YamlError
from vault_tools.parse.yaml.keys import check_first_key, key_with_props, leaf_or_brackets, next_key
from vault_tools.parse.yaml.nodes import NO_PROPS, Props, YamlNode, nothing
from vault_tools.parse.yaml.props import SIGNS, with_spaced_prop
from vault_tools.parse.yaml.scanner import Scanner


@dataclass(slots=True)
class _Start:
    """What comes before a node.

    `parent` is the indentation of the collection around it, -1 at the top, and `here` that of the node. `mark` is the
    mark in front of it on the same line, if any. `above` and `props` are its anchors and tags, from lines above and
    from the same line. `fresh` says that it begins on a line after that of its mark or key.
    """

    parent: int
    here: int
    mark: str
    above: Props = NO_PROPS
    props: Props = NO_PROPS
    fresh: bool = False

    def next_line(self, column: int) -> None:
        """Take note that the node begins on a further line."""
        self.fresh, self.here = True, column
        self.above, self.props = self.above.joined(self.props), NO_PROPS

    def is_open(self) -> bool:
        """Tell whether a collection may begin here."""
        return self.fresh or self.mark != ""


def next_node(scan: Scanner, parent: int, here: int, *, mark: str = "", dash: bool = False) -> YamlNode:
    """Read the value that follows.

    `parent` is the indentation of the collection around it, -1 at the top. `here` is the indentation of a node that
    begins on this line; a collection needs a `mark`. With `dash`, the items of a list may be indented like the lines
    around them.
    """
    start = _Start(parent, here, mark)
    while True:
        begin = scan.pos
        if scan.skip_gap():
            start.next_line(scan.column())
            scan.least = 0
            if _is_outside(scan, start, dash=dash):
                scan.pos = scan.line_start() if scan.pos > begin else begin
                return nothing(begin, start.above)
        if scan.text[scan.pos] not in SIGNS:
            return _content(scan, start)
        if scan.tabbed and start.props.pos < 0 and (start.fresh or mark in {"-", "?"}):
            raise YamlError(scan.pos, "tab")
        start.props = with_spaced_prop(scan, start.props)


def _is_outside(scan: Scanner, start: _Start, *, dash: bool) -> bool:
    """Tell whether the line belongs to the collection around the node."""
    if scan.is_ended():
        return True
    return start.here <= start.parent and not (dash and start.here == start.parent and scan.is_mark("-"))


def _content(scan: Scanner, start: _Start) -> YamlNode:
    """Read a node whose anchor and tag are read already."""
    scan.begin_nested()
    scan.tabbed = scan.tabbed and start.props.pos < 0
    if scan.is_mark("-"):
        content = _list(scan, start)
    elif scan.is_mark("?:"):
        content = _mapping(scan, start, None, tabbed=scan.tabbed)
    else:
        content = _leaf_or_mapping(scan, start)
    scan.depth -= 1
    return content


def _leaf_or_mapping(scan: Scanner, start: _Start) -> YamlNode:
    """Read a node without a mark; it is a mapping if a colon follows."""
    tabbed = scan.tabbed
    if scan.text[scan.pos] in block_scalars.MARKS:
        return _with_props(start, _block_scalar(scan, start.parent), tabbed=tabbed)
    leaf = leaf_or_brackets(scan, max(start.parent + 1, scan.least))
    scan.least = 0
    if not scan.to_colon():
        scan.to_line_end()
    elif start.is_open() or leaf.kind in {"scalar", "alias"}:
        check_first_key(scan, leaf, fresh=start.fresh)
        return _mapping(scan, start, leaf, tabbed=tabbed)
    return _with_props(start, leaf, tabbed=tabbed)


def _block_scalar(scan: Scanner, parent: int) -> YamlNode:
    pos = scan.pos
    text, scan.pos = block_scalars.read(scan.text, pos, parent)
    return YamlNode("scalar", pos, text, style=scan.text[pos])


def _with_props(start: _Start, leaf: YamlNode, *, tabbed: bool) -> YamlNode:
    """Return a node with its anchor and tag, if tabs and anchors are allowed in front of it."""
    if tabbed and start.fresh and _is_spoilt_by_tab(start, leaf):
        raise YamlError(leaf.pos, "tab")
    leaf.props = start.above.joined(start.props)
    if leaf.kind == "alias" and leaf.props.pos >= 0:
        raise YamlError(leaf.pos, "alias")
    return leaf


def _is_spoilt_by_tab(start: _Start, leaf: YamlNode) -> bool:
    """Tell whether a node on a line of its own needs spaces where it has a tab."""
    return start.here <= max(start.parent, 0) and not (start.parent < 0 and leaf.kind in {"mapping", "sequence"})


def _check_start(pos: int, mistake: Mistake, *, is_open: bool, tabbed: bool) -> None:
    """Check that a collection may begin at a place."""
    if tabbed:
        raise YamlError(pos, "tab")
    if not is_open:
        raise YamlError(pos, mistake)


def _list(scan: Scanner, start: _Start) -> YamlNode:
    """Read a list; each item follows a dash with the same indentation."""
    _check_start(scan.pos, "item", is_open=start.is_open() and start.props.pos < 0, tabbed=scan.tabbed)
    sequence = YamlNode("sequence", scan.pos, props=start.above)
    has_item = True
    while has_item:
        sequence.items.append(_after_mark(scan, start.here, dash=False))
        has_item = _goes_on(scan, start.here) and scan.is_mark("-")
    scan.pos = scan.line_start()
    return sequence


def _mapping(scan: Scanner, start: _Start, key: YamlNode | None, *, tabbed: bool) -> YamlNode:
    """Read a mapping; its first key may have been read already."""
    mapping = YamlNode("mapping", key.pos if key else scan.pos, props=start.above)
    _check_start(mapping.pos, "nested", is_open=start.is_open(), tabbed=tabbed)
    props = start.props
    while True:
        mapping.items += _pair(scan, start.here, props, key)
        while scan.is_mark(":"):  # behind brackets, as in `a: {{b}}: c`
            mapping.items += _pair(scan, start.here, NO_PROPS, None)
        if not _goes_on(scan, start.here, colon=True):
            scan.pos = scan.line_start()
            return mapping
        props, key = next_key(scan, start.here, mapping.items[-1])


def _after_mark(scan: Scanner, indent: int, *, dash: bool) -> YamlNode:
    """Read what follows the mark `-`, `?` or `:` at the start of a line."""
    mark = scan.text[scan.pos]
    scan.pos += 1
    width = scan.blanks_end() - scan.pos
    return next_node(scan, indent, indent + 1 + width, mark=mark, dash=dash)


def _goes_on(scan: Scanner, indent: int, *, colon: bool = False) -> bool:
    """Go to the next line; tell whether the collection has another item there. A `colon` may be indented more."""
    scan.skip_gap()
    if scan.is_ended():
        return False
    column = scan.column()
    if column < indent:
        return False
    if scan.tabbed:
        raise YamlError(scan.pos, "tab")
    if column > indent and not (colon and scan.is_mark(":")):
        raise YamlError(scan.pos, "indent")
    return True


def _pair(scan: Scanner, indent: int, props: Props, key: YamlNode | None) -> tuple[YamlNode, YamlNode]:
    """Read a value behind its key."""
    if key is None and scan.is_mark("?"):
        return _explicit_pair(scan, indent, props)
    key = key_with_props(scan, key, props)
    return key, _value(scan, indent, key)


def _value(scan: Scanner, indent: int, key: YamlNode) -> YamlNode:
    """Read the value behind a colon."""
    if scan.is_first():  # the colon is on a line below its key
        scan.least = scan.column() + 1
        if not key.bare:
            return _after_mark(scan, indent, dash=True)
    scan.pos += 1
    return next_node(scan, indent, indent, dash=True)


def _explicit_pair(scan: Scanner, indent: int, props: Props) -> tuple[YamlNode, YamlNode]:
    """Read a key behind `?`, and its value behind the `:` of a line below."""
    if props.pos >= 0:
        raise YamlError(props.pos, "anchor")
    key = _after_mark(scan, indent, dash=True)
    back = scan.pos
    scan.skip_gap()
    if scan.pos < len(scan.text) and scan.column() >= indent and scan.is_mark(":"):
        return key, _after_mark(scan, indent, dash=True)
    scan.pos = back
    return key, nothing(back, absent=True)
