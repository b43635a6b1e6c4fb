"""What a YAML 1.2 scalar without quotes may be besides text (core schema, yaml.org/spec/1.2.2, 10.3.2)."""

from typing import NamedTuple


class ScalarKind(NamedTuple):
    """A kind of scalar: its tag's name, a regular expression for all of it, and the characters it may begin with."""

    name: str
    pattern: str
    firsts: str


CORE = (
    ScalarKind("null", r"~|null|Null|NULL|", "~nN"),
    ScalarKind("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ScalarKind("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ScalarKind("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
)
ENDLESS = r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
"""Floats that JSON does not have: they are read as text, and such a text is written in quotes."""
