"""Vaults for tests: the types of what makes and runs them, files on the disk, and notes in memory."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from click.testing import Result

from vault_tools.model.note import Note, Source
from vault_tools.parse import canvas, note

Files = Mapping[str, str | bytes]
MakeVault = Callable[[Files], Path]
Run = Callable[..., Result]


def parsed(files: Mapping[str, str], *, fast: bool = True) -> Iterator[Note]:
    """Parse the notes and canvases among files that are held in memory."""
    for path, text in files.items():
        if path.endswith(".md"):
            yield note.parse(Source(path, text, ""), fast=fast)
        elif path.endswith(".canvas"):
            yield canvas.parse(Source(path, text, ""))


def write(root: Path, files: Files) -> None:
    """Write files below a folder, bytes as they are and text as UTF-8."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def pages(root: Path, folder: str = "_vault-tools") -> dict[str, bytes]:
    """Return every file in the folder of our pages, by name."""
    return {path.name: path.read_bytes() for path in sorted((root / folder).iterdir()) if path.is_file()}
