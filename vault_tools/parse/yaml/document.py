"""A whole block, read into nodes: the same blocks are rejected as in Obsidian.

A recursive descent by indentation. Reading ends at the first fault, because Obsidian uses nothing of a block with a
fault.
"""

import re

from vault_tools.parse.yaml.faults import Mistake, YamlError
from vault_tools.parse.yaml.indented import next_node
from vault_tools.parse.yaml.leaves import WRONG_STARTS
from vault_tools.parse.yaml.nodes import YamlNode
from vault_tools.parse.yaml.scalar_ends import at_marker
from vault_tools.parse.yaml.scanner import Scanner

_MARKED = re.compile(r"\A((?>(?:[ \t]*+(?:#[^\n]*+)?\n)*))\ufeff")


def compose(block: str) -> YamlNode | None:
    r"""Read a block whose lines end in `\n`; None if it is empty.

    Raises:
        YamlError: Obsidian would call these properties invalid.
    """
    text = block if block.endswith("\n") else f"{block}\n"
    scan = Scanner(_MARKED.sub(r"\1", text))
    node = _only_node(scan)
    _check_end(scan)
    is_empty = node.bare and not (node.props.anchor or node.props.tag)
    return None if is_empty else node


def _only_node(scan: Scanner) -> YamlNode:
    """Read the only document of the block."""
    is_first = scan.skip_gap()
    if scan.text.startswith("%", scan.pos) and is_first:
        raise YamlError(scan.pos, "start")
    if scan.text.startswith("---", scan.pos) and scan.pos == scan.line_start() and at_marker(scan.text, scan.pos):
        scan.pos += 3
        return next_node(scan, -1, 0)
    scan.pos = scan.line_start()
    return next_node(scan, -1, 0, mark="-")


def _is_marker(scan: Scanner) -> bool:
    """Tell whether a line is here that begins or ends a document."""
    return not scan.column() and at_marker(scan.text, scan.pos)


def _check_end(scan: Scanner) -> None:
    """Check that only comments and an end marker follow."""
    scan.skip_gap()
    if scan.text.startswith("...", scan.pos) and _is_marker(scan):
        scan.pos += 3
        scan.to_line_end()
        scan.skip_gap()
    if scan.pos < len(scan.text):
        raise YamlError(scan.pos, "documents" if _is_marker(scan) else _mistake_behind(scan))


def _mistake_behind(scan: Scanner) -> Mistake:
    """Return what is wrong with text behind the end."""
    return "tab" if scan.tabbed else WRONG_STARTS.get(scan.text[scan.pos], "trailing")
