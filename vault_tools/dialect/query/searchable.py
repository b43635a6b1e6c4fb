"""What a search looks at: the path, name, tags, properties and text of a node, whole or piece by piece."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from vault_tools.model.graph import Node
from vault_tools.model.normal_form import composed
from vault_tools.model.note import Value

_HEADING = re.compile(r"^(?=#{1,6}[ \t])", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_TASK = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\][ \t].*", re.MULTILINE)


class SearchText:
    """A text that is searched, with and without capitals; an accent and its letter are one character."""

    def __init__(self, text: str) -> None:
        """Take the text as it is."""
        self.raw = composed(text)

    @cached_property
    def low(self) -> str:
        """The text in lower case."""
        return self.raw.lower()


class Searchable:
    """What a search looks at: all of a file, the name of a tag, and nothing of a missing note."""

    def __init__(self, path: str, tags: Iterable[str], properties: dict[str, Value], read: Callable[[], str]) -> None:
        """Take what is known of a node; `read` gives its text."""
        self.path, self.name = SearchText(path), SearchText(path.rpartition("/")[2])
        self.tags = [SearchText(tag.removeprefix("#")) for tag in tags]
        self._properties = properties
        self._read = read

    @cached_property
    def content(self) -> SearchText:
        """The text of a note."""
        return SearchText(self._read())

    @property
    def is_text(self) -> bool:
        """Whether it is a file that Obsidian reads."""
        return self.path.low.endswith((".md", ".canvas"))

    def values(self, name: str) -> list[Value]:
        """Return the values of all properties that have a name, in any case."""
        return [value for key, value in self._properties.items() if composed(str(key)).lower() == name]


def searchable(node: Node, text: Callable[[str], str]) -> Searchable:
    """Return what a search looks at in a node; `text` gives the text of a note by its path."""
    if node.kind == "tag":
        return Searchable("", [node.title], {}, str)
    if node.kind == "missing":
        return Searchable("", (), {}, str)
    note = node.note
    if note is None:
        return Searchable(node.id, (), {}, str)
    return Searchable(node.id, note.every_tag, note.frontmatter or {}, lambda: text(note.path))


def pieces(operator: str, node: Searchable) -> Iterable[SearchText]:
    """Return the pieces that an operator looks at, one by one."""
    if operator == "path":
        return [node.path]
    if operator == "file":
        return [node.name]
    if operator == "tag":
        return node.tags
    if operator == "content":
        return [node.content]
    return map(SearchText, _PARTS[operator](node.content.raw))


def _tasks(text: str, *, is_done: bool | None = None) -> Iterator[str]:
    """Yield the lines of tasks: all of them, or only those that are done, or not."""
    for task in _TASK.finditer(text):
        if is_done is None or is_done == (task[1] != " "):
            yield task[0]


_PARTS: dict[str, Callable[[str], Iterable[str]]] = {
    "line": str.splitlines,
    "block": _BLANK.split,
    "section": _HEADING.split,
    "task": _tasks,
    "task-todo": lambda text: _tasks(text, is_done=False),
    "task-done": lambda text: _tasks(text, is_done=True),
}
"""How operators split the text of a note."""


def items(value: Value) -> Iterator[SearchText]:
    """Yield the texts of a property's value, item by item."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, list | tuple):
            left += item
        elif isinstance(item, dict):
            left += item.values()
        elif item is not None:
            yield SearchText(str(item).lower() if isinstance(item, bool) else str(item))
