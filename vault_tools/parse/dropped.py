"""Tags, aliases and their older names that Obsidian 1.9 and later read differently from what their writer expects."""

import json
import re
from collections.abc import Iterable, Iterator

from vault_tools.model.note import Problem, Value
from vault_tools.parse.frontmatter import Frontmatter, named
from vault_tools.parse.inline.tags import TAG
from vault_tools.parse.plain_yaml import FIRST_LINE
from vault_tools.parse.values import quoted

_RENAMED = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
_PARTED = {"tags": re.compile(r"[,\s]+"), "aliases": re.compile(","), "cssclasses": re.compile(r"[,\s]+")}
_PLAIN = re.compile(r"(?!(?:true|false|null)\Z)[^\W\d_](?:[\w/ -]*[\w/-])?", re.IGNORECASE)
_MOST_LISTED = 5
_LONGEST = 60


def lint(front: Frontmatter) -> Iterator[Problem]:
    """Return what Obsidian does not read as tags or aliases, and what to write instead."""
    values = front.values or {}
    yield from _renamed(front, values)
    yield from _tags(front, named(values, "tags"))
    yield from _aliases(front, named(values, "aliases"))


def frontmatter_tags(tags: Value) -> Iterator[str]:
    """Yield the tags that a property holds, with `#`."""
    for text in texts(tags):
        tag = "#" + text.removeprefix("#")
        if TAG.fullmatch(tag):
            yield tag


def texts(value: Value) -> Iterator[str]:
    """Yield the texts that a property holds: one, or those of a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item.strip()


def _renamed(front: Frontmatter, values: dict[str, Value]) -> Iterator[Problem]:
    """Report properties that Obsidian 1.9 dropped, and their current names."""
    for key, value in values.items():
        name = _RENAMED.get(key.lower(), "")
        items = [item for text in _scalars(value) for item in _items(name, str(text))] if name else []
        if not items:
            continue
        now = next((other for other in values if other.lower() == name), name)
        kept = [item for text in _scalars(named(values, name)) for item in _items(name, str(text))]
        message = "problem.property.dropped"
        remedy = "problem.property.dropped-fix-merge" if kept else "problem.property.dropped-fix"
        told = (("property", key), ("line", _line(now, [*kept, *items])))
        yield Problem("property-dropped", front.places[key], message, remedy, told)


def _tags(front: Frontmatter, tags: Value) -> Iterator[Problem]:
    if meant := _as_comment(front, tags):
        message = "problem.property.tags-comment"
        line = _line(_spelled(front, "tags"), [*(tag[1:] for tag in frontmatter_tags(tags)), *meant])
        yield Problem(
            "tags-comment", named(front.places, "tags"), message, "problem.property.fix-tags", (("line", line),)
        )
    elif (
        isinstance(tags, str) and re.search(r"[,\s]", tags.strip()) and (items := _items("tags", _without_dashes(tags)))
    ):
        message = "problem.property.tags-text"
        line = _line(_spelled(front, "tags"), items)
        yield Problem("tags-text", named(front.places, "tags"), message, "problem.property.fix-tags", (("line", line),))
    elif bracketed := [tag for item in _lists(tags) for tag in frontmatter_tags(item)]:
        message = "problem.property.tags-invalid"
        names = [*frontmatter_tags(tags), *bracketed]
        told = (
            ("tags", _listed([f"[[{tag[1:]}]]" for tag in bracketed])),
            ("line", _line(_spelled(front, "tags"), (tag[1:] for tag in names))),
        )
        yield Problem("tags-invalid", named(front.places, "tags"), message, "problem.property.fix-tags", told)
    elif lost := [quoted(tag) for tag in _scalars(tags) if not any(frontmatter_tags(tag))]:
        message = "problem.property.tags-invalid"
        remedy = "problem.property.fix-tag-characters"
        yield Problem("tags-invalid", named(front.places, "tags"), message, remedy, (("tags", _listed(lost)),))


def _lists(tags: Value) -> Iterator[Value]:
    """Yield the lists in a list, at any depth: to YAML, `[[name]]` without quotes is one."""
    for item in tags if isinstance(tags, list) else ():
        if isinstance(item, list):
            yield item
            yield from _lists(item)


_COMMENT = re.compile(r"(?:[^#\"']*:|[ \t]*-)[ \t]+(#\S.*)")


def _as_comment(front: Frontmatter, tags: Value) -> list[str]:
    """Return the tags that a writer put where YAML sees a comment: `tags: #one #two`, or `- #one` below `tags:`."""
    if tags is not None and not (isinstance(tags, list) and None in tags):
        return []
    first = named(front.places, "tags")
    if first is None:
        return []
    lines = front.text.split("\n")[first - FIRST_LINE :]
    end = next((at for at, line in enumerate(lines) if at and line[:1] not in {" ", "\t", "-", "#", ""}), len(lines))
    found = (_COMMENT.match(line) for line in lines[:end])
    return [tag for each in found if each for tag in _items("tags", each[1])]


def _aliases(front: Frontmatter, aliases: Value) -> Iterator[Problem]:
    if lost := [quoted(alias) for alias in _scalars(aliases) if not isinstance(alias, str)]:
        message = "problem.property.aliases-not-text"
        values = (("aliases", _listed(lost)), ("first", lost[0]))
        line = named(front.places, "aliases")
        yield Problem("aliases-invalid", line, message, "problem.property.aliases-not-text-fix", values)
    elif isinstance(aliases, str) and len(items := _items("aliases", aliases)) > 1:
        message = "problem.property.aliases-one-text"
        told = (("alias", _listed([aliases])), ("line", _line(_spelled(front, "aliases"), items)))
        remedy = "problem.property.aliases-one-text-fix"
        yield Problem("aliases-text", named(front.places, "aliases"), message, remedy, told)


_DASH = re.compile(r"(?:(?<=\s)|\A)[\-–—－·•・*+]+\s*(?=\S)")


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


def _line(key: str, items: Iterable[str]) -> str:
    """Write a property as a list on one line."""
    written = (
        item if _PLAIN.fullmatch(item) else json.dumps(item, ensure_ascii=False) for item in dict.fromkeys(items)
    )
    return f"{key}: [{', '.join(written)}]"


def _scalars(value: Value) -> Iterator[Value]:
    """Yield a value, or the items of a list, without empty ones and nested ones."""
    for item in value if isinstance(value, list) else [value]:
        if not (item is None or isinstance(item, list | dict) or (isinstance(item, str) and not item.strip())):
            yield item


def _listed(names: list[str]) -> tuple[str, ...]:
    shown = (" ".join(name[:_LONGEST].split()) for name in names[:_MOST_LISTED])
    return (*shown, "…") if len(names) > _MOST_LISTED else tuple(shown)
