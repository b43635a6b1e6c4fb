"""The value of a property or field: as written, as a reader sees it, and what it may mean."""

from collections.abc import Iterator, Sequence
from posixpath import basename

from vault_tools.model.note import Value
from vault_tools.parse.inline import whole_link
from vault_tools.parse.inline.wikilinks import shown_text


def as_property(value: Value) -> Value:
    """Return a field's value as a property would have it: links and dates of fields become text."""
    if isinstance(value, list):
        return [as_property(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"date"}:
        return value["date"]
    return _wikilink(value) if "link" in value else value


def quoted(value: Value, most: int = 40) -> str:
    """Return a property's value as written, on one line, cut after `most` characters."""
    text = " ".join(_yaml(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def format_value(value: Value) -> str:
    """Return a property's value as a reader sees it, on one line: for a link, the text that it shows."""
    items = value if isinstance(value, list) else [value]
    return ", ".join(" ".join(_shown(item).split()) for item in items)


def meanings(value: Value) -> tuple[Value, ...]:
    """Return what a property's value may mean, the likeliest first; the value may be a link.

    `[[Days/2024-05-06#Noon|today]]` may mean the note's name, the text it shows, or the heading. A list of one value
    means that value.
    """
    while isinstance(value, list) and len(value) == 1:
        (value,) = value
    names = tuple(dict.fromkeys(filter(None, _names(value)))) if isinstance(value, str) else ()
    return names or (value,)


def is_link(value: Value) -> bool:
    """Tell whether a property's value is a link, and nothing else."""
    return isinstance(value, str) and whole_link(value.strip()) is not None


def _wikilink(link: dict[str, Value]) -> str:
    bar = f"|{link['display']}" if "display" in link else ""
    return f"{'!' if 'embed' in link else ''}[[{link['link']}{bar}]]"


def _names(value: str) -> Iterator[str]:
    link = whole_link(value.strip())
    if link is None:
        return
    name = basename(link.target)
    yield (name[:-3] if name.lower().endswith(".md") else name).strip()
    yield (link.display or "").strip()
    yield link.subpath.rpartition("#")[2].strip()


def _shown(value: Value) -> str:
    link = whole_link(value.strip()) if isinstance(value, str) else None
    return shown_text(link.target, link.subpath, link.display) if link else _yaml(value)


def _yaml(value: Value) -> str:
    """Write a value as YAML without quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items())
    return _yaml_of_list(value) if isinstance(value, list | tuple) else str(value)


def _yaml_of_list(items: Sequence[Value]) -> str:
    """Write a list; a list in a list keeps its brackets, as `[[name]]` without quotes has."""
    text = ", ".join(f"[{_yaml(item)}]" if isinstance(item, list) else _yaml(item) for item in items)
    return f"[{text}]" if any(isinstance(item, list) for item in items) else text
