"""Names that links mention and no file has, and how each of them is spelled in the graph."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vault_tools.graph.names import file_key
from vault_tools.model.note import Link, Note

MISSING = "missing://"
"""The beginning of the id of a missing name's node."""
LinkTargets = tuple[str | None, ...]
"""The file of each link of a note, in order; None if there is no file."""
LinkedNote = tuple[Note, LinkTargets]
"""A note, and the file of each of its links."""


@dataclass(frozen=True, slots=True)
class MissingNames:
    """The missing names of a vault, by the form in which names are compared.

    `counts` gives how often each is spelled in which way, `spellings` its spelling in the graph.
    """

    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)

    def node_of(self, link: Link) -> str:
        """Return the node of the missing name that a link mentions."""
        return MISSING + self.spellings[file_key(_linkpath(link))]


def count_unresolved(note: Note, targets: LinkTargets) -> dict[str, int]:
    """Count the missing names in a note as Obsidian does: those in regions too."""
    return dict(Counter(map(_linkpath, _links_without_file(note, targets))))


def count_again(before: MissingNames, old: Iterable[LinkedNote], new: Iterable[LinkedNote]) -> MissingNames:
    """Count the spellings of missing names without `old` notes and with `new` ones, and choose one for each name."""
    changes: dict[str, Counter[str]] = {}
    for note, targets in old:
        for name in _names(note, targets):
            changes.setdefault(file_key(name), Counter())[name] -= 1
    for note, targets in new:
        for name in _names(note, targets):
            changes.setdefault(file_key(name), Counter())[name] += 1
    counts, spellings = dict(before.counts), dict(before.spellings)
    for key, change in changes.items():
        change.update(counts.pop(key, {}))
        spellings.pop(key, None)
        if remaining := +change:
            counts[key], spellings[key] = remaining, _chosen(remaining)
    return MissingNames(counts, spellings)


def notes_with_new_spelling(
    before: MissingNames, now: MissingNames, unresolved: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    """Yield the notes with links to a name whose spelling in the graph has changed.

    `unresolved` are the missing names of each note.
    """
    changed = {key for key, name in before.spellings.items() if now.spellings.get(key, name) != name}
    for path, names in unresolved.items() if changed else ():
        if not changed.isdisjoint(map(file_key, names)):
            yield path


def _names(note: Note, targets: LinkTargets) -> Iterator[str]:
    """Yield the missing names in a note, each as often as the note links to it."""
    for link in _links_without_file(note, targets):
        if not note.is_ours(link.line):
            yield _linkpath(link)


def _links_without_file(note: Note, targets: LinkTargets) -> Iterable[Link]:
    if None not in targets:
        return ()
    return (note.links[at] for at, target in enumerate(targets) if target is None)


def _chosen(counts: Counter[str]) -> str:
    """Return the spelling that a missing name has in the graph: the most frequent, then the first in order."""
    return min(counts, key=lambda name: (-counts[name], name))


def _linkpath(link: Link) -> str:
    """Return a linkpath as Obsidian counts it among unresolved links: without `.md`."""
    target = link.target[1:] if link.syntax == "canvas" else link.target
    return target[:-3] if target.lower().endswith(".md") and len(target) > len(".md") else target
