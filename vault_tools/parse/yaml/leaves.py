"""Values that hold no others: scalars without quotes or in them, and aliases."""

from vault_tools.parse.yaml.faults import Mistake, YamlError
from vault_tools.parse.yaml.nodes import YamlNode
from vault_tools.parse.yaml.props import NAME
from vault_tools.parse.yaml.scalar_ends import plain_end, quoted_end
from vault_tools.parse.yaml.scalar_texts import folded, unquoted
from vault_tools.parse.yaml.scanner import Scanner

WRONG_STARTS: dict[str, Mistake] = {
    "@": "start",
    "`": "start",
    "%": "start",
    ",": "start",
    "|": "start",
    ">": "start",
    "]": "bracket",
    "}": "bracket",
    "#": "comment",
}
"""What is wrong if a value begins with a character."""


def leaf(scan: Scanner, least: int, *, flow: bool = False) -> YamlNode:
    """Read a scalar or an alias; further lines of a scalar are indented by `least` blanks or more.

    With `flow`, it is in brackets.
    """
    pos = scan.pos
    char = scan.text[pos]
    if char in "\"'":
        return _quoted(scan, least)
    if char == "*":
        return _alias(scan)
    if char in WRONG_STARTS:
        raise YamlError(pos, WRONG_STARTS[char])
    scan.pos = plain_end(scan.text, pos, least, flow=flow)
    return YamlNode("scalar", pos, folded(scan.text[pos : scan.pos]))


def _quoted(scan: Scanner, least: int) -> YamlNode:
    pos, text = scan.pos, scan.text
    scan.pos = quoted_end(text, pos, least)
    return YamlNode("scalar", pos, unquoted(text[pos : scan.pos], pos), style=text[pos])


def _alias(scan: Scanner) -> YamlNode:
    pos = scan.pos
    name = NAME.match(scan.text, pos)
    scan.pos = name.end() if name else pos
    return YamlNode("alias", pos, scan.text[pos + 1 : scan.pos])
