"""Vaults into which this process never writes (`--read-only`)."""

from pathlib import Path

from vault_tools.errors import ReadOnlyError

_ROOTS: set[Path] = set()


def keep(root: Path) -> None:
    """From now on, forbid this process to write into a vault; `root` is its real folder."""
    _ROOTS.add(root)


def release(root: Path) -> None:
    """Allow this process to write into a vault again."""
    _ROOTS.discard(root)


def is_kept(root: Path) -> bool:
    """Tell whether nothing may be written into a vault."""
    return root in _ROOTS


def check(target: Path) -> None:
    """Raise ReadOnlyError if a file or folder is in such a vault, by any path."""
    if any(holds(root, target) for root in _ROOTS):
        raise ReadOnlyError(str(target))


def holds(root: Path, target: Path) -> bool:
    """Tell whether a path is a folder or inside it: by its name, or because a parent is the same folder.

    The path need not exist yet.
    """
    try:
        real = target.resolve()
    except (OSError, RuntimeError):  # a circular link; nothing can be written through it
        real = target.absolute()
    return real.is_relative_to(root) or any(_is_same(above, root) for above in (real, *real.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
