"""The YAML block at the top of a note, read as Obsidian reads it (YAML 1.2, core schema)."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from vault_tools.dialect.scalars import CORE
from vault_tools.model.note import Problem, Value
from vault_tools.parse import plain_yaml
from vault_tools.parse.plain_yaml import FIRST_LINE

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

DEEPEST = 50
MOST_VALUES = 20_000

_OPENING = re.compile(r"---\n")
_BLANK_OPENING = re.compile(r"---[ \t]+\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_INDENT = re.compile(rf"^[-?: \t]{{{DEEPEST},}}", re.MULTILINE)
_KEY = re.compile(
    r"""^(?:"([^"\n]+)"[ \t]*|'([^'\n]+)'[ \t]*|([^\s#"'\[{\-][^:\n]*|-[^\s:][^:\n]*)):(?=\s|$)""", re.MULTILINE
)
_GLUED = re.compile(r"""["'\]}]#""")
_TABBED_COMMENT = re.compile(r"^\t[ \t]*#.*$", re.MULTILINE)
_PLAIN = "plain scalar"
_CORE = frozenset({_PLAIN, *(f"tag:yaml.org,2002:{kind}" for kind, *_ in CORE)})


class _Composer(SafeLoader):
    """libyaml's parser, with YAML 1.2's idea of what a plain scalar is; tags of one's own mean nothing."""

    def resolve(self, kind: type[yaml.Node], _value: Any, implicit: Any) -> str:  # noqa: ANN401
        """Give plain scalars a tag that nobody can write, and all else none."""
        return _PLAIN if kind is yaml.ScalarNode and implicit[0] else ""


def _value(node: yaml.Node, known: dict[int, Value], depth: int = 0) -> Value:
    """Turn a node into plain values; `known` holds those that anchors name again."""
    if isinstance(node, yaml.ScalarNode):
        return plain_yaml.scalar(node.value) if node.tag in _CORE else node.value
    if depth > DEEPEST:
        message = f"values nested more than {DEEPEST} deep, or in themselves"
        raise yaml.constructor.ConstructorError(None, None, message, node.start_mark)
    if id(node) not in known:
        if isinstance(node, yaml.MappingNode):
            known[id(node)] = _mapping(node, known, depth)
        else:
            known[id(node)] = [_value(item, known, depth + 1) for item in node.value]
    return known[id(node)]


def _mapping(node: yaml.MappingNode, known: dict[int, Value], depth: int) -> dict[str, Value]:
    """Build a mapping with text keys; a key that comes twice is an error, as in Obsidian."""
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else _key_text(key_node)
        if key in mapping:
            message = f"the property {key!r} stands here twice"
            raise yaml.constructor.ConstructorError(None, None, message, key_node.start_mark)
        mapping[key] = _value(value_node, known, depth + 1)
    return mapping


def _key_text(node: yaml.Node, depth: int = 0) -> str:
    """Name a key that is no scalar (`{{title}}` is one), as Obsidian shows it; what nests deeper is not spelled out."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if depth > 1:
        return "…"
    if isinstance(node, yaml.MappingNode):
        items = ", ".join(_pair_text(key, value, depth + 1) for key, value in node.value)
        return f"{{ {items} }}" if items else "{}"
    items = ", ".join(_key_text(item, depth + 1) for item in node.value)
    return f"[ {items} ]" if items else "[]"


def _pair_text(key: yaml.Node, value: yaml.Node, depth: int) -> str:
    name = _key_text(key, depth)
    return f"{name}: {_key_text(value, depth)}" if value.value else name


class ObsidianHandler(BaseHandler):
    """python-frontmatter's handler for Obsidian: `---` in the very first line, `---` to close, YAML 1.2."""

    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self) -> None:
        """Take Obsidian's boundary."""
        super().__init__(fm_boundary=_OPENING)

    def split(self, text: str) -> tuple[str, str]:
        """Cut a text into its YAML and what follows; ValueError where the block is never closed."""
        opening = _OPENING.match(text)
        closing = opening and _CLOSING.search(text, opening.end())
        if not opening or not closing:
            message = "no closing --- line"
            raise ValueError(message)
        return text[opening.end() : closing.start()], text[closing.end() :]

    def load(self, fm: str) -> Any:  # noqa: ANN401
        """Parse YAML into plain values; yaml.YAMLError where Obsidian says *Invalid properties*."""
        if _is_too_deep(fm):
            message = f"values nested more than {DEEPEST} deep"
            raise yaml.YAMLError(message)
        glued = _glued_comment(fm)
        if glued is not None:
            message = "a # directly behind a value begins no comment"
            raise yaml.composer.ComposerError(None, None, message, glued)
        try:
            node = _composed(fm)
        except yaml.YAMLError:
            spaced = _TABBED_COMMENT.sub("", fm)  # libyaml alone minds the tab
            if spaced == fm:
                raise
            node = _composed(spaced)
        return None if node is None else _value(node, {})


def _composed(block: str) -> yaml.Node | None:
    composer = _Composer(block)
    try:
        return composer.get_single_node()
    finally:
        composer.dispose()


def _glued_comment(block: str) -> Any:  # noqa: ANN401
    """Return the mark of a `#` directly behind quotes or brackets, a comment to libyaml alone; None without one."""
    events: Iterator[Any] = yaml.parse(block, Loader=SafeLoader) if _GLUED.search(block) else iter(())
    with suppress(yaml.YAMLError):  # what else is wrong is for the real reader to say
        for event in events:
            begin, end = event.start_mark.index, event.end_mark.index
            closed = isinstance(event, yaml.CollectionEndEvent) or getattr(event, "style", "") in {"'", '"'}
            if closed and begin < end and block.startswith("#", end):
                return event.end_mark
    return None


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
    """Return the line in its note on which each top-level property of a block starts, where that can be told."""
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
        values = HANDLER.load(block)
    except yaml.YAMLError as error:
        return None, (_invalid(error),)
    except (ValueError, RecursionError) as error:
        message = "properties cannot be read: {error}"
        return None, (Problem("properties-invalid", 1, message, _REMEDY, (("error", str(error)),)),)
    if values is None:
        return None, ()
    if not isinstance(values, dict):
        return None, (Problem("properties-invalid", 1, "properties are not a list of names and values", _REMEDY),)
    if "&" in block and _too_large(values):
        message = "properties unfold to more than {most} values through YAML anchors"
        remedy = "write the values out instead of repeating anchors"
        return None, (Problem("properties-invalid", 1, message, remedy, (("most", str(MOST_VALUES)),)),)
    return values, tuple(_unquoted_links(values, block)) if "[[" in block else ()


_REMEDY = "open the note in source mode and mend the YAML between the --- lines"


def _invalid(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line = mark.line + 2 if mark else 1
    remedy = 'put values that contain ": ", "#", "@" or brackets in quotes' if mark else _REMEDY
    message = "Obsidian cannot read these properties: {error}"
    return Problem("properties-invalid", line, message, remedy, (("error", what),))


_UNCLOSED = Problem(
    "properties-unclosed", 1, "the properties are never closed", "add a line --- after the last property"
)


_NOT_OPENED = Problem(
    "properties-unopened",
    1,
    "blanks stand behind the --- of the first line, so Obsidian sees no properties",
    "remove the blanks behind that ---",
)


def _looks_meant(text: str) -> bool:
    second = text.split("\n", 2)[1] if "\n" in text else ""
    return bool(_KEY.match(second))


def _unquoted_links(values: dict[str, Value], block: str) -> Iterator[Problem]:
    """Tell of `[[x]]` without quotes: to YAML, a list in a list."""
    lines = key_lines(block)
    for key, value in values.items():
        if isinstance(value, list) and any(_is_unquoted(item) for item in (value, *value)):
            message = "the link in the property '{property}' has no quotes, so Obsidian does not see it"
            remedy = 'write {property}: "[[…]]" with quotes'
            yield Problem("link-unquoted", lines.get(key, FIRST_LINE), message, remedy, (("property", key),))


def _is_unquoted(value: Value) -> bool:
    """Tell whether a value is a list of nothing but one list of one text."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else None
    return isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], str)


def _is_too_deep(block: str) -> bool:
    """Follow how deep values nest, by events: libyaml builds nodes by recursion in C and would crash."""
    if block.count("[") + block.count("{") <= DEEPEST and not _INDENT.search(block):
        return False
    depth = 0
    try:
        for event in yaml.parse(block, Loader=SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    except yaml.YAMLError as error:  # libyaml has a limit of its own since 0.2.6; other errors are for the real reader
        return "nesting depth" in str(error)
    return False


def _too_large(values: dict[str, Value]) -> bool:
    """Tell whether anchors unfold beyond reason (a YAML bomb, or a value that holds itself)."""
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
