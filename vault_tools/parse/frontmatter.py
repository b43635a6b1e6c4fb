"""The YAML block at the top of a note, read as Obsidian reads it (YAML 1.2, core schema)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontmatter.default_handlers import BaseHandler

from vault_tools.model.note import Problem, Value
from vault_tools.parse import merges
from vault_tools.parse.yaml import plain
from vault_tools.parse.yaml.document import compose
from vault_tools.parse.yaml.faults import YamlError
from vault_tools.parse.yaml.lines import FIRST_LINE, begins_with_property, key_lines
from vault_tools.parse.yaml.mistakes import problem_of
from vault_tools.parse.yaml.values import value_of

MOST_VALUES = 20_000

_OPENING = re.compile(r"---\n")
_BLANK_OPENING = re.compile(r"---[ \t]+\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)

_UNCLOSED = Problem("properties-unclosed", 1, "problem.yaml.unclosed", "problem.yaml.unclosed-fix")
_NOT_OPENED = Problem(
    "properties-unopened",
    1,
    "problem.yaml.blanks-behind-opening",
    "problem.yaml.blanks-behind-opening-fix",
)
_TOO_LARGE = Problem(
    "properties-invalid",
    1,
    "problem.yaml.anchors-too-large",
    "problem.yaml.fix-anchors",
    (("most", str(MOST_VALUES)),),
)


class ObsidianHandler(BaseHandler):
    """python-frontmatter's handler for Obsidian: `---` in the very first line, `---` to close, YAML 1.2."""

    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self) -> None:
        """Take Obsidian's boundary."""
        super().__init__(fm_boundary=_OPENING)

    def split(self, text: str) -> tuple[str, str]:
        """Cut a text into its YAML and what follows; ValueError if the block has no end."""
        opening = _OPENING.match(text)
        closing = opening and _CLOSING.search(text, opening.end())
        if not opening or not closing:
            message = "no closing --- line"
            raise ValueError(message)
        return text[opening.end() : closing.start()], text[closing.end() :]

    def load(self, fm: str) -> Any:  # noqa: ANN401
        """Parse YAML into plain values. Raises YamlError if Obsidian says *Invalid properties*."""
        node = compose(fm)
        return None if node is None else value_of(node)


HANDLER = ObsidianHandler()


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The properties of a note, where its body starts (characters, lines), and what was wrong.

    `values` is None where there are no properties or Obsidian would not read them. `places` has the line in the note
    of each property, in their order; `text` is the YAML.
    """

    values: dict[str, Value] | None
    body: int = 0
    lines: int = 0
    text: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read(text: str, *, fast: bool = True) -> Frontmatter:
    r"""Read the properties at the top of a note. Line ends must be `\n`; `fast` reads plain lines without a parser."""
    if not text.startswith("---"):
        return Frontmatter(None)
    if not HANDLER.detect(text):
        return _unopened(text)
    try:
        block, rest = HANDLER.split(text)
    except ValueError:
        return _unclosed(text)
    body = len(text) - len(rest)
    lines = text.count("\n", 0, body) + (text[body - 1] != "\n")
    if fast and (properties := plain.read(block)) is not None:
        return Frontmatter(properties[0], body, lines, block, properties[1])
    values, problems = _load(block)
    return Frontmatter(values, body, lines, block, _places(block, values), problems)


def values_called(values: Mapping[str, Value], name: str) -> Value:
    """Return a property; its name is read in any case, and the plain spelling goes first."""
    if name in values:
        return values[name]
    for key, value in values.items():
        if len(key) == len(name) and key.lower() == name:
            return value
    return None


def _unopened(text: str) -> Frontmatter:
    """Return that there are no properties, and whether blanks behind the `---` at the top are the reason."""
    is_meant = _BLANK_OPENING.match(text) is not None and _looks_meant(text)
    return Frontmatter(None, problems=(_NOT_OPENED,) if is_meant else ())


def _unclosed(text: str) -> Frontmatter:
    """Return that there are no properties, and whether a missing `---` below them is the reason."""
    return Frontmatter(None, problems=(_UNCLOSED,) if _looks_meant(text) else ())


def _looks_meant(text: str) -> bool:
    """Tell whether the second line is a property, so that the first is meant to open a block."""
    return "\n" in text and begins_with_property(text.split("\n", 2)[1])


def _places(block: str, values: Mapping[str, Value] | None) -> dict[str, int]:
    """Return the line of each property in the note."""
    if not values:
        return {}
    lines = key_lines(block)
    return {key: lines.get(key, FIRST_LINE) for key in values}


def _load(block: str) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    """Return the properties of a block, and why they cannot be read."""
    try:
        values = _mapping(block)
    except YamlError as error:
        return None, (_problem(block, error),)
    if values is not None and "&" in block and _is_too_large(values):
        return None, (_TOO_LARGE,)
    return values, ()


def _mapping(block: str) -> dict[str, Value] | None:
    """Read a block that must contain names and values, or nothing."""
    node = compose(block)
    if node is None:
        return None
    values = value_of(node)
    if values is not None and not isinstance(values, dict):
        raise YamlError(node.pos, "list" if node.kind == "sequence" else "colon")
    return values


def _problem(block: str, error: YamlError) -> Problem:
    """Return what is wrong in a block: an unfinished merge, or what the reader says."""
    merge = next(merges.conflicts(f"\n{block}", len(block) + 1), None)
    return merges.problem(merge, in_properties=True) if merge else problem_of(block, error, _mapping)


def _is_too_large(values: dict[str, Value]) -> bool:
    """Tell whether anchors expand too far (a YAML bomb, or a value that contains itself)."""
    todo: list[Value] = [values]
    count = 0
    while todo and count <= MOST_VALUES:
        value = todo.pop()
        count += 1
        if isinstance(value, dict):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return count > MOST_VALUES
