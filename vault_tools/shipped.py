"""The files that come with vault-tools, in the installed package or beside it in a checkout, and their languages."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_OTHER_NAMES = {"in": "id", "iw": "he", "kh": "km", "no": "nb", "zh-hant": "zh-tw"}
"""Languages for which a system or Obsidian has another name than Moment."""

_LANGUAGE_FILE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]+)*\.toml")
"""The name of a catalogue; an editor or a system may leave other files beside it."""


def templates() -> "Traversable":
    """Return the folder of shipped templates."""
    for place in (Path(__file__).parent, Path(__file__).parents[1]):  # as it is installed, and in a checkout
        if (place / "templates").is_dir():
            return place / "templates"
    from importlib.resources import files  # noqa: PLC0415  (slow to import, and for a package in an archive only)

    return files("vault_tools") / "templates"


def asset(name: str) -> str:
    """Return the text of a shipped file, by its path below `templates/`."""
    return (templates() / name).read_text("utf-8")


def assets(names: Iterable[str]) -> dict[str, str]:
    """Return the texts of shipped files by name; a name that ends in `/` means all files below that folder."""
    texts: dict[str, str] = {}
    for name in names:
        if name.endswith("/"):
            listed = sorted((templates() / name).iterdir(), key=lambda item: item.name)
            texts |= assets(f"{name}{item.name}{'/' * item.is_dir()}" for item in listed)
        else:
            texts[name] = asset(name)
    return texts


def translated(name: str, language: str) -> str:
    """Return the text of a shipped file in the nearest language, else in English; `{}` in `name` is the language."""
    known = {part: templates() / name.format(part) for part in (*_shorter(language), "en")}
    return next(file for file in known.values() if file.is_file()).read_text("utf-8")


def note_templates(language: str = "en") -> dict[str, str]:
    """Return the shipped note templates by name; those that the language lacks are in English."""
    folder = templates() / "notes"
    found = _notes_in(folder)
    own = next((folder / part for part in _shorter(language) if part in note_languages()), None)
    return found if own is None else found | _notes_in(own)


def note_languages() -> list[str]:
    """Return the languages, beside English, in which there are note templates."""
    folder = templates() / "notes"
    return sorted(item.name for item in folder.iterdir() if item.is_dir()) if folder.is_dir() else []


def _notes_in(folder: "Traversable") -> dict[str, str]:
    listed = sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else []
    return {item.name.removesuffix(".md"): item.read_text("utf-8") for item in listed if item.name.endswith(".md")}


def languages() -> tuple[str, ...]:
    """Return the languages that vault-tools speaks: each has a file in `templates/words/`, English among them."""
    names = (item.name for item in (templates() / "words").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if _LANGUAGE_FILE.fullmatch(name)))


def known_language(language: str) -> str | None:
    """Return the language that vault-tools speaks for a name from Obsidian or the system; None if unknown."""
    return nearest_language(language, languages())


def has_language(language: str) -> bool:
    """Tell whether vault-tools speaks a language; `language` is a name from Obsidian or the system."""
    return known_language(language) is not None


def spoken_language(language: str) -> str:
    """Return the language that vault-tools speaks for a name from Obsidian or the system; English if unknown."""
    return known_language(language) or "en"


def nearest_language(name: str, offered: Collection[str]) -> str | None:
    """Return the known language that is nearest to one, by the name that Obsidian or a system has for it."""
    return next((near for part in _shorter(name) if (near := _region(part, offered)) is not None), None)


def _shorter(name: str) -> Iterator[str]:
    """Yield a language's name, then without its last part, and so on."""
    parts = re.split(r"[.@]", name.strip().lower())[0].replace("_", "-").split("-", 3)
    for end in range(len(parts), 0, -1):
        yield "-".join(parts[:end])


def _region(name: str, offered: Collection[str]) -> str | None:
    """Return the known language of this name; of a language without a region, the first region that is known."""
    name = _OTHER_NAMES.get(name, name)
    return name if name in offered else next((other for other in offered if other.startswith(f"{name}-")), None)


@cache
def digest() -> str:
    """Return a digest of every shipped file, as they were at the first call."""
    from hashlib import blake2b  # noqa: PLC0415  (see templates)

    found = blake2b(digest_size=10)
    for file in _files(templates()):
        found.update(file.read_bytes())
    return found.hexdigest()


def _files(folder: "Traversable") -> "Iterator[Traversable]":
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item)
        else:
            yield item
