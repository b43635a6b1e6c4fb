"""The shipped templates: inside the installed package, or beside it in a checkout."""

from collections.abc import Iterator
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def templates() -> Traversable:
    """Return the folder of shipped templates."""
    checkout = Path(__file__).parents[2] / "templates"
    shipped = files("vault_tools") / "templates"
    return shipped if shipped.is_dir() else checkout


def asset(name: str) -> str:
    """Return the text of a shipped file, by its path below `templates/`."""
    return (templates() / name).read_text("utf-8")


def note_templates() -> dict[str, str]:
    """Return the shipped note templates: the name of the type, and the template's text."""
    folder = templates() / "notes"
    listed = sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else []
    return {item.name.removesuffix(".md"): item.read_text("utf-8") for item in listed if item.name.endswith(".md")}


def digest() -> str:
    """Return a digest of every shipped file."""
    found = blake2b(digest_size=10)
    for file in _files(templates()):
        found.update(file.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item)
        else:
            yield item
