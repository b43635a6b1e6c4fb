"""What a vault's folders hold, as far as this can be said without reading a file."""

from pathlib import Path

from vault_tools.store.spelling import on_disk

_NOTES = (".md", ".canvas")


def is_note(path: str) -> bool:
    """Tell whether a file is parsed: notes and canvases are."""
    return path.lower().endswith(_NOTES)


def exists(root: Path, path: str) -> bool:
    """Tell whether there is a file or folder with a vault path, however its name is spelled on the disk by now."""
    return (root / on_disk(root, path)).exists()


def is_link(root: Path, path: str) -> bool:
    """Tell whether a vault path is that of a symbolic link."""
    return (root / on_disk(root, path)).is_symlink()


def identity(root: Path, path: str) -> tuple[int, int] | None:
    """Return a key that all names of one file share; None if the system does not provide it."""
    try:
        status = (root / on_disk(root, path)).stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


def age(root: Path, path: str, now: float) -> float:
    """Return the number of seconds since a file's last change; 0 if it is unknown.

    A change far ahead of our clock was made by another one long enough ago to have been synced.
    """
    try:
        return abs(now - (root / on_disk(root, path)).stat().st_mtime)
    except OSError:
        return 0.0


def names(root: Path, folder: str) -> list[str]:
    """Return the names of the files in a folder of a vault; none if it does not exist."""
    try:
        return sorted(entry.name for entry in (root / on_disk(root, folder)).iterdir())
    except OSError:
        return []


def folders(root: Path) -> list[str]:
    """Return the names of the folders at the top of a vault."""
    return [name for name in names(root, "") if (root / name).is_dir()]
