"""Keys of mappings that are indented, up to their colon."""

from vault_tools.parse.yaml import brackets
from vault_tools.parse.yaml.brackets import LONGEST_KEY
from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.leaves import leaf
from vault_tools.parse.yaml.nodes import NO_PROPS, Props, YamlNode, nothing
from vault_tools.parse.yaml.props import SIGNS, with_spaced_prop
from vault_tools.parse.yaml.scanner import Scanner


def leaf_or_brackets(scan: Scanner, least: int) -> YamlNode:
    """Read what may be a key: a scalar, an alias, or a collection in brackets."""
    if scan.text[scan.pos] in "[{":
        return brackets.collection(scan, least)
    return leaf(scan, least)


def check_first_key(scan: Scanner, key: YamlNode, *, fresh: bool) -> None:
    """Check that the first key of a mapping is on the line of its colon; `fresh` says that it begins its line."""
    if scan.text.find("\n", key.pos, scan.pos) < 0:
        return
    if fresh or key.style in {"'", '"'}:
        raise YamlError(key.pos, "colon")
    raise YamlError(scan.line_start(), "indent")


def next_key(scan: Scanner, indent: int, above: YamlNode) -> tuple[Props, YamlNode | None]:
    """Read a key that is not the first of its mapping; None for one that has a mark, or that is not written.

    `above` is the value above it.
    """
    props = _props(scan)
    _check_brackets(scan, above)
    if scan.is_mark("-"):
        raise YamlError(scan.pos, "item")
    return props, None if scan.is_mark("?:") else _key(scan, indent)


def key_with_props(scan: Scanner, key: YamlNode | None, props: Props) -> YamlNode:
    """Return a key with its anchor and tag; a key that is not written is there all the same."""
    key = key or nothing(scan.pos)
    if key.kind == "alias" and props.pos >= 0:
        raise YamlError(key.pos, "alias")
    key.props = props
    begin = key.pos if props.pos < 0 else props.pos
    if scan.pos - begin > LONGEST_KEY:
        raise YamlError(begin, "key")
    return key


def _props(scan: Scanner) -> Props:
    """Read the anchor and the tag of a key."""
    props = NO_PROPS
    while scan.text[scan.pos] in SIGNS:
        props = with_spaced_prop(scan, props)
        scan.pos = scan.blanks_end()
        if scan.text[scan.pos] == "\n":
            raise YamlError(props.pos, "colon")
    return props


def _check_brackets(scan: Scanner, above: YamlNode) -> None:
    """Check that a key in brackets is on the line after the value above it, as Obsidian requires."""
    if scan.text[scan.pos] not in "[{" or above.bare:
        return
    start = scan.line_start()
    line_above = scan.text[scan.text.rfind("\n", 0, start - 1) + 1 : start]
    if scan.column() or not line_above.strip() or _is_comment_apart(line_above, above):
        raise YamlError(scan.pos, "bracket")


def _is_comment_apart(line: str, above: YamlNode) -> bool:
    """Tell whether a line is a comment that does not go with the value above it."""
    goes_with_value = line[0] in " \t" and above.kind in {"scalar", "alias"} and above.style not in {"|", ">"}
    return line.lstrip().startswith("#") and not goes_with_value


def _key(scan: Scanner, indent: int) -> YamlNode:
    """Read a key; its colon may be on a line below, indented more."""
    pos = scan.pos
    key = leaf_or_brackets(scan, indent)
    if scan.text.find("\n", pos, scan.pos) >= 0:
        raise YamlError(pos, "colon")
    if not scan.to_colon() and not _is_colon_below(scan, indent):
        raise YamlError(pos, "colon")
    return key


def _is_colon_below(scan: Scanner, indent: int) -> bool:
    """Go to the next line with words; tell whether it begins with a colon that is indented more."""
    scan.skip_gap()
    return scan.pos < len(scan.text) and scan.column() > indent and scan.is_mark(":")
