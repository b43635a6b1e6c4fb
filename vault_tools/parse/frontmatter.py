"""The YAML block at the top of a note, read as Obsidian reads it (YAML 1.2, core schema)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontmatter.default_handlers import BaseHandler

from vault_tools.model.note import Problem, Value
from vault_tools.parse import merges, plain_yaml
from vault_tools.parse.plain_yaml import FIRST_LINE
from vault_tools.parse.yaml_mistakes import told
from vault_tools.parse.yaml_nodes import YamlError
from vault_tools.parse.yaml_reader import compose
from vault_tools.parse.yaml_values import built

MOST_VALUES = 20_000

_OPENING = re.compile(r"---\n")
_BLANK_OPENING = re.compile(r"---[ \t]+\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(
    r"""^(?:"([^"\n]+)"[ \t]*|'([^'\n]+)'[ \t]*|([^\s#"'\[{\-][^:\n]*|-[^\s:][^:\n]*)):(?=\s|$)""", re.MULTILINE
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
        return None if node is None else built(node)


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


def key_lines(block: str) -> dict[str, int]:
    """Return the line of the note on which each top-level property of a block starts, if it can be found."""
    found: dict[str, int] = {}
    line, pos = FIRST_LINE, 0
    for match in _KEY.finditer(block):
        line, pos = line + block.count("\n", pos, match.start()), match.start()
        found.setdefault(match.group(match.lastindex or 0).rstrip(), line)
    return found


def read(text: str, *, fast: bool = True) -> Frontmatter:
    r"""Read the properties at the top of a note. Line ends must be `\n`; `fast` reads plain lines without a parser."""
    if not text.startswith("---"):
        return Frontmatter(None)
    if not HANDLER.detect(text):
        opened = _BLANK_OPENING.match(text) is not None and _looks_meant(text)
        return Frontmatter(None, problems=(_NOT_OPENED,) if opened else ())
    try:
        block, rest = HANDLER.split(text)
    except ValueError:
        return Frontmatter(None, problems=(_UNCLOSED,)) if _looks_meant(text) else Frontmatter(None)
    body = len(text) - len(rest)
    lines = text.count("\n", 0, body) + (text[body - 1] != "\n")
    plain = plain_yaml.read(block) if fast else None
    if plain is not None:
        return Frontmatter(plain[0], body, lines, block, plain[1])
    values, problems = _load(block)
    known = key_lines(block) if values else {}
    places = {key: known.get(key, FIRST_LINE) for key in values or ()}
    return Frontmatter(values, body, lines, block, places, problems)


def named(values: Mapping[str, Value], name: str) -> Value:
    """Return a property; its name is read in any case, and the plain spelling goes first."""
    if name in values:
        return values[name]
    for key, value in values.items():
        if len(key) == len(name) and key.lower() == name:
            return value
    return None


def _load(block: str) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    try:
        values = _mapping(block)
    except YamlError as error:
        merge = next(merges.conflicts(f"\n{block}", len(block) + 1), None)
        return None, (merges.problem(merge, in_properties=True) if merge else told(block, error, _mapping),)
    if values is None:
        return None, ()
    if "&" in block and _too_large(values):
        message = "problem.yaml.anchors-too-large"
        remedy = "problem.yaml.fix-anchors"
        return None, (Problem("properties-invalid", 1, message, remedy, (("most", str(MOST_VALUES)),)),)
    return values, ()


def _mapping(block: str) -> dict[str, Value] | None:
    """Read a block that must contain names and values, or nothing."""
    node = compose(block)
    if node is None:
        return None
    values = built(node)
    if values is not None and not isinstance(values, dict):
        raise YamlError(node.pos, "list" if node.kind == "sequence" else "colon")
    return values


_UNCLOSED = Problem("properties-unclosed", 1, "problem.yaml.unclosed", "problem.yaml.unclosed-fix")


_NOT_OPENED = Problem(
    "properties-unopened",
    1,
    "problem.yaml.blanks-behind-opening",
    "problem.yaml.blanks-behind-opening-fix",
)


def _looks_meant(text: str) -> bool:
    second = text.split("\n", 2)[1] if "\n" in text else ""
    return bool(_KEY.match(second))


def _too_large(values: dict[str, Value]) -> bool:
    """Tell whether anchors expand too far (a YAML bomb, or a value that contains itself)."""
    todo: list[Value] = [values]
    seen = 0
    while todo:
        value = todo.pop()
        seen += 1
        if seen > MOST_VALUES:
            return True
        if isinstance(value, dict):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return False
