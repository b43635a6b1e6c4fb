"""Copies of our pages beside them: a sync program made them, and they are not notes."""

from collections.abc import Collection, Iterable

from vault_tools.dialect.conflict_names import conflict_of
from vault_tools.model.note import Problem


def page_copies(files: Iterable[str], pages: Collection[str]) -> dict[str, Problem]:
    """Return the files that have our mark and are named like a page but are not one, and what to do about them.

    All are in the folder of our pages. A service may add anything to a name, but it starts with the name of the page.
    """
    found: dict[str, Problem] = {}
    for path in sorted(set(files) - set(pages)):
        named = [page for page in pages if _is_after(path, page)]
        if named:
            found[path] = _problem(path, max(named, key=len))
    return found


def _is_after(path: str, page: str) -> bool:
    """Tell whether a file name is a page name plus something; `graph 2.html` does not come from `gra.md`."""
    stem, dot, suffix = page.rpartition(".")
    rest = path[len(stem) : len(stem) + 1]
    return path.startswith(stem) and path.endswith(dot + suffix) and bool(rest) and not rest.isalnum()


def _problem(path: str, page: str) -> Problem:
    conflict = conflict_of(path.rpartition("/")[2])
    file = page.rpartition("/")[2]
    remedy = "problem.copy.fix-page"
    if conflict is None:
        return Problem("page-copy", 0, "problem.copy.page-copy", remedy, (("file", file),))
    message = "problem.copy.page-conflict"
    return Problem("page-copy", 0, message, remedy, (("service", conflict.service), ("file", file)))
