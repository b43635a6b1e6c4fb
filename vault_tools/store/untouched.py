"""Vaults into which this process writes nothing, whatever it is asked to do (`--read-only`)."""

from pathlib import Path

from vault_tools.errors import ReadOnlyError

_ROOTS: set[Path] = set()


def keep(root: Path) -> None:
    """From now on, let this process write nothing into a vault; `root` is its real folder."""
    _ROOTS.add(root)


def release(root: Path) -> None:
    """Let this process write into a vault again."""
    _ROOTS.discard(root)


def is_kept(root: Path) -> bool:
    """Tell whether nothing may be written into a vault."""
    return root in _ROOTS


def check(target: Path) -> None:
    """Raise ReadOnlyError where a file or folder lies in such a vault, whatever way leads there."""
    if any(holds(root, target) for root in _ROOTS):
        raise ReadOnlyError(str(target))


def holds(root: Path, target: Path) -> bool:
    """Tell whether a place lies in a folder, or is it: by its name, or since a folder above it is the same one.

    The place may not be there yet.
    """
    try:
        real = target.resolve()
    except (OSError, RuntimeError):  # a link that leads in a circle, which nothing is written through
        real = target.absolute()
    return real.is_relative_to(root) or any(_is_same(above, root) for above in (real, *real.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
