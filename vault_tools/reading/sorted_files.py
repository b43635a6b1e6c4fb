"""The files of a vault, sorted by what each is for: notes and attachments, our own pages, copies, skipped ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vault_tools import ours
from vault_tools.dialect.periodic import names_a_period
from vault_tools.graph.names import file_key
from vault_tools.model.change import Stamp
from vault_tools.model.copies import Double
from vault_tools.model.note import Problem
from vault_tools.reading.opening import OpenVault
from vault_tools.reading.survey import may_name
from vault_tools.store import locales, marks, walking
from vault_tools.store.copies import copies, doubles
from vault_tools.store.page_copies import page_copies
from vault_tools.store.walking import Listing


@dataclass(frozen=True, slots=True)
class SortedFiles:
    """What a walk found: `walk` has the files and problems of the vault itself.

    `skipped` are files that the settings skip, `copies` those that a sync service made when a file changed in two
    places, `doubles` those that may be such copies. `hidden` are notes that Obsidian does not see. `for_names` are
    files that are only searched for names of attachments.
    """

    walk: Listing
    skipped: tuple[str, ...]
    copies: Mapping[str, Problem]
    doubles: Mapping[str, Double]
    hidden: tuple[str, ...]
    for_names: Mapping[str, Stamp]


def sort_files(vault: OpenVault) -> SortedFiles:
    """Walk the vault; our own pages, what the settings skip, and conflict copies are no part of it."""
    walk = walking.walk(vault.root)
    skipped = _below(vault.settings.skip, (*walk.files, *walk.problems))
    own = _own(vault, walk)
    for_names = {path: stamp for path, stamp in walk.files.items() if path in skipped - own}
    kept_out = tuple(sorted(skipped.intersection(walk.files)))
    _drop(walk, own | skipped)
    conflicts = copies(walk.files)
    for_names |= {path: walk.files.pop(path) for path in conflicts}
    walk.problems |= {**conflicts, **vault.obsidian.problems, **page_copies(own, vault.own_paths)}
    return SortedFiles(
        walk=walk,
        skipped=kept_out,
        copies=conflicts,
        doubles=doubles(vault.root, walk.files, lambda name: _is_dated(vault, name)),
        hidden=tuple(sorted([*walk.hidden, *walk.elsewhere])),
        for_names={path: stamp for path, stamp in walk.files.items() if may_name(path)} | for_names,
    )


def _own(vault: OpenVault, walk: Listing) -> set[str]:
    """Return our files: those in the folder of our pages that have our mark, and the settings."""
    below = _below([f"{vault.folder}/"], walk.files)
    return {path for path in below if marks.is_ours(vault.root, path, ours.MARKS)} | {ours.SETTINGS}


def _drop(walk: Listing, paths: Iterable[str]) -> None:
    for path in paths:
        walk.files.pop(path, None)
        walk.problems.pop(path, None)


def _below(prefixes: Iterable[str], paths: Iterable[str]) -> set[str]:
    """Return those of some paths that begin with a prefix, as Obsidian compares them."""
    keys = tuple(file_key(prefix) for prefix in prefixes if prefix)
    return {path for path in paths if file_key(path).startswith(keys)} if keys else set()


def _is_dated(vault: OpenVault, name: str) -> bool:
    """Tell whether a note's name (without folder and suffix) is that of a day or a period."""
    return names_a_period(name, vault.obsidian.periodic, locales.locale(vault.settings.language)[0])
