"""What Obsidian's own settings say of a vault; read, never written. A broken file counts as absent."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vault_tools.model.note import Problem
from vault_tools.store.disk import text_of

FILES = ("app.json", "templates.json", "daily-notes.json", "types.json", "plugins/templater-obsidian/data.json")
_MOMENT = re.compile(r"\[([^\]]*)\]|YYYY|gggg|GGGG|MMMM|MMM|MM|M|DDDD|DDD|DD|D|dddd|ddd|WW|W|ww|w|YY|Q|.", re.DOTALL)
_DIGITS = {
    "YYYY": r"\d{4}",
    "gggg": r"\d{4}",
    "GGGG": r"\d{4}",
    "YY": r"\d{2}",
    "MM": r"\d{2}",
    "M": r"\d{1,2}",
    "DDDD": r"\d{3}",
    "DDD": r"\d{1,3}",
    "DD": r"\d{2}",
    "D": r"\d{1,2}",
    "WW": r"\d{2}",
    "W": r"\d{1,2}",
    "ww": r"\d{2}",
    "w": r"\d{1,2}",
    "Q": r"\d",
    "MMMM": r"[^\W\d_]++",
    "MMM": r"[^\W\d_]++",
    "dddd": r"[^\W\d_]++",
    "ddd": r"[^\W\d_]++",
}


@dataclass(frozen=True, slots=True)
class ObsidianSettings:
    """The settings that matter here, with Obsidian's defaults where a file or key is absent.

    `daily` is (folder, regular expression that matches a daily note's name below it). `property_types` have
    lower-case names. `text` is what was read, for comparing.
    """

    new_link_format: str = "shortest"
    markdown_links: bool = False
    excluded: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    daily: tuple[str, str] | None = None
    property_types: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    text: str = ""


def read(root: Path) -> ObsidianSettings:
    """Read the settings of a vault."""
    texts = {name: text_of(root, f".obsidian/{name}") for name in FILES}
    problems: dict[str, Problem] = {}
    app, templates, daily, types, templater = (_object(name, texts[name], problems) for name in FILES)
    folders = (
        _text(templates, "folder"),
        _text(templater, "templates_folder"),
        _text(daily, "template").rpartition("/")[0],
    )
    known = types.get("types")
    return ObsidianSettings(
        new_link_format=_text(app, "newLinkFormat") or "shortest",
        markdown_links=app.get("useMarkdownLinks") is True,
        excluded=tuple(item for item in _list(app, "userIgnoreFilters") if isinstance(item, str)),
        templates=tuple(folder for folder in folders if folder.strip("/ ")),
        daily=_daily(texts["daily-notes.json"], daily),
        property_types={
            key.lower(): value
            for key, value in (known.items() if isinstance(known, dict) else ())
            if isinstance(value, str)
        },
        problems=problems,
        text="\0".join(f"{name}\0{text}" for name, text in texts.items()),
    )


def _object(name: str, text: str | None, problems: dict[str, Problem]) -> dict[str, Any]:
    if text is None or not text.strip():
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        message = "not valid JSON; Obsidian's defaults are used instead"
        problems[f".obsidian/{name}"] = Problem("settings-invalid", line, message, "repair or delete the file")
        return {}
    return found if isinstance(found, dict) else {}


def _text(settings: dict[str, Any], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _list(settings: dict[str, Any], key: str) -> list[Any]:
    value = settings.get(key)
    return value if isinstance(value, list) else []


def _daily(text: str | None, settings: dict[str, Any]) -> tuple[str, str] | None:
    if text is None:
        return None
    return _text(settings, "folder").strip("/ "), name_pattern(_text(settings, "format") or "YYYY-MM-DD")


def name_pattern(moment: str) -> str:
    """Return a regular expression for the names that a Moment format makes."""
    parts = []
    for match in _MOMENT.finditer(moment):
        token, literal = match.group(), match.group(1)
        parts.append(re.escape(literal) if literal is not None else _DIGITS.get(token, re.escape(token)))
    return "".join(parts)
