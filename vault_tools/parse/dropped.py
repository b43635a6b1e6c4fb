"""Tags, aliases and their older names that Obsidian 1.9 and later read differently from what their writer expects."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from vault_tools.model.note import Problem, Value
from vault_tools.parse.frontmatter import Frontmatter, values_called
from vault_tools.parse.inline.tags import TAG
from vault_tools.parse.values import quoted
from vault_tools.parse.yaml.lines import FIRST_LINE

_RENAMED = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
_PARTED = {"tags": re.compile(r"[,\s]+"), "aliases": re.compile(","), "cssclasses": re.compile(r"[,\s]+")}
_PLAIN = re.compile(r"(?!(?:true|false|null)\Z)[^\W\d_](?:[\w/ -]*[\w/-])?", re.IGNORECASE)
_DASH = re.compile(r"(?:(?<=\s)|\A)[\-–—－·•・*+]+\s*(?=\S)")
_COMMENT = re.compile(r"(?:[^#\"']*:|[ \t]*-)[ \t]+(#\S.*)")
_MOST_LISTED = 5
_LONGEST = 60

_Check = Callable[[Frontmatter, Value], Problem | None]
"""Looks for one kind of mistake in the value of a property."""
_Named = tuple[str, str | tuple[str, ...]]
"""A value of a message, behind its name."""


def lint(front: Frontmatter) -> Iterator[Problem]:
    """Return what Obsidian does not read as tags or aliases, and what to write instead."""
    values = front.values or {}
    yield from _renamed(front, values)
    yield from _first_problem(front, values_called(values, "tags"), _TAGS)
    yield from _first_problem(front, values_called(values, "aliases"), _ALIASES)


def frontmatter_tags(tags: Value) -> Iterator[str]:
    """Yield the tags that a property holds, with `#`."""
    for text in texts(tags):
        tag = "#" + text.removeprefix("#")
        if TAG.fullmatch(tag):
            yield tag


def texts(value: Value) -> Iterator[str]:
    """Yield the texts that a property holds: one, or those of a list."""
    for item in _as_list(value):
        if isinstance(item, str) and item.strip():
            yield item.strip()


def _as_list(value: Value) -> list[Value]:
    """Return the items of a list; any other value is a list of one."""
    return value if isinstance(value, list) else [value]


def _renamed(front: Frontmatter, values: dict[str, Value]) -> Iterator[Problem]:
    """Report properties that Obsidian 1.9 dropped, and their current names."""
    for key, value in values.items():
        name = _RENAMED.get(key.lower())
        if name and (items := list(_all_items(name, value))):
            kept = list(_all_items(name, values_called(values, name)))
            remedy = "problem.property.dropped-fix-merge" if kept else "problem.property.dropped-fix"
            about = (("property", key), ("line", _line(_spelled(front, name), [*kept, *items])))
            yield Problem("property-dropped", front.places[key], "problem.property.dropped", remedy, about)


def _first_problem(front: Frontmatter, value: Value, checks: Iterable[_Check]) -> Iterator[Problem]:
    """Yield the first problem that is found in a property."""
    for check in checks:
        problem = check(front, value)
        if problem:
            yield problem
            return


def _commented_tags(front: Frontmatter, tags: Value) -> Problem | None:
    """Report tags that are a comment to YAML."""
    comments = _tags_in_comments(front, tags)
    if not comments:
        return None
    names = [*(tag[1:] for tag in frontmatter_tags(tags)), *comments]
    return _tags_problem(front, "tags-comment", "problem.property.tags-comment", names)


def _tags_in_one_text(front: Frontmatter, tags: Value) -> Problem | None:
    """Report tags with commas or blanks between them that are one text to YAML."""
    if not isinstance(tags, str) or not re.search(r"[,\s]", tags.strip()):
        return None
    items = _items("tags", _without_dashes(tags))
    return _tags_problem(front, "tags-text", "problem.property.tags-text", items) if items else None


def _tags_in_brackets(front: Frontmatter, tags: Value) -> Problem | None:
    """Report tags in a list in a list: to YAML, `[[name]]` without quotes is one."""
    bracketed = [tag[1:] for item in _lists(tags) for tag in frontmatter_tags(item)]
    if not bracketed:
        return None
    about = ("tags", _listed([f"[[{tag}]]" for tag in bracketed]))
    names = [*(tag[1:] for tag in frontmatter_tags(tags)), *bracketed]
    return _tags_problem(front, "tags-invalid", "problem.property.tags-invalid", names, about)


def _tags_with_odd_characters(front: Frontmatter, tags: Value) -> Problem | None:
    """Report values that cannot be tags."""
    lost = [quoted(tag) for tag in _scalars(tags) if not any(frontmatter_tags(tag))]
    if not lost:
        return None
    line = values_called(front.places, "tags")
    remedy = "problem.property.fix-tag-characters"
    return Problem("tags-invalid", line, "problem.property.tags-invalid", remedy, (("tags", _listed(lost)),))


def _tags_problem(front: Frontmatter, code: str, message: str, tags: list[str], *about: _Named) -> Problem:
    """Say what is wrong with tags, and write them as a list."""
    values = (*about, ("line", _line(_spelled(front, "tags"), tags)))
    return Problem(code, values_called(front.places, "tags"), message, "problem.property.fix-tags", values)


def _lists(tags: Value) -> Iterator[Value]:
    """Yield the lists in a list, at any depth: to YAML, `[[name]]` without quotes is one."""
    for item in tags if isinstance(tags, list) else ():
        if isinstance(item, list):
            yield item
            yield from _lists(item)


def _tags_in_comments(front: Frontmatter, tags: Value) -> list[str]:
    """Return the tags that a writer put where YAML sees a comment: `tags: #one #two`, or `- #one` below `tags:`."""
    first = values_called(front.places, "tags")
    if first is None or None not in _as_list(tags):
        return []
    names: list[str] = []
    for line in _lines_of_property(front.text, first):
        comment = _COMMENT.match(line)
        if comment:
            names += _items("tags", comment[1])
    return names


def _lines_of_property(block: str, first: int) -> Iterator[str]:
    """Yield the lines of a property that begins in line `first` of the note."""
    name, *below = block.split("\n")[first - FIRST_LINE :]
    yield name
    yield from takewhile(lambda line: line[:1] in {" ", "\t", "-", "#", ""}, below)


def _number_aliases(front: Frontmatter, aliases: Value) -> Problem | None:
    """Report aliases that are numbers or the like to YAML."""
    lost = [quoted(alias) for alias in _scalars(aliases) if not isinstance(alias, str)]
    if not lost:
        return None
    line, message = values_called(front.places, "aliases"), "problem.property.aliases-not-text"
    values = (("aliases", _listed(lost)), ("first", lost[0]))
    return Problem("aliases-invalid", line, message, "problem.property.aliases-not-text-fix", values)


def _aliases_in_one_text(front: Frontmatter, aliases: Value) -> Problem | None:
    """Report aliases with commas between them that are one text to YAML."""
    items = _items("aliases", aliases) if isinstance(aliases, str) else []
    if len(items) < 2:  # noqa: PLR2004
        return None
    line, message = values_called(front.places, "aliases"), "problem.property.aliases-one-text"
    values = (("alias", _listed([str(aliases)])), ("line", _line(_spelled(front, "aliases"), items)))
    return Problem("aliases-text", line, message, "problem.property.aliases-one-text-fix", values)


def _without_dashes(tags: str) -> str:
    """Remove the dashes of an intended list, if each tag has one: `-one -two`."""
    plain, count = _DASH.subn("", tags.strip())
    return plain if count and count == len(plain.split()) else tags


def _spelled(front: Frontmatter, name: str) -> str:
    """Return the name of a property as written, in any case."""
    return next((key for key in front.values or {} if key.lower() == name), name)


def _items(name: str, text: str) -> list[str]:
    """Split a text as older versions of Obsidian did; what cannot be a tag is left out."""
    parts = _PARTED[name].split(text.strip())
    if name == "tags":
        return [tag.removeprefix("#") for part in parts for tag in frontmatter_tags(part)]
    return [part.strip() for part in parts if part.strip()]


def _all_items(name: str, value: Value) -> Iterator[str]:
    """Yield the items of a property, those of a list and those in each of its texts."""
    for text in _scalars(value):
        yield from _items(name, str(text))


def _line(key: str, items: Iterable[str]) -> str:
    """Write a property as a list on one line."""
    return f"{key}: [{', '.join(_quoted_if_needed(item) for item in dict.fromkeys(items))}]"


def _quoted_if_needed(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _scalars(value: Value) -> Iterator[Value]:
    """Yield a value, or the items of a list, without empty ones and nested ones."""
    for item in _as_list(value):
        if not _is_empty(item) and not isinstance(item, list | dict):
            yield item


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _listed(names: list[str]) -> tuple[str, ...]:
    shown = (" ".join(name[:_LONGEST].split()) for name in names[:_MOST_LISTED])
    return (*shown, "…") if len(names) > _MOST_LISTED else tuple(shown)


_TAGS = (_commented_tags, _tags_in_one_text, _tags_in_brackets, _tags_with_odd_characters)
_ALIASES = (_number_aliases, _aliases_in_one_text)
