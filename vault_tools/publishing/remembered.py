"""What the cache remembers of the last run: pages, regions and figures, and what they depended on."""

from collections.abc import Mapping
from dataclasses import dataclass

from vault_tools import ours
from vault_tools.model.outcome import Summary
from vault_tools.reading.snapshot import Snapshot
from vault_tools.store import contents, marks

AGAIN = 1
"""How often a page that another device changed is written again if nothing else is new; more would never end."""


@dataclass(frozen=True, slots=True)
class RememberedPages:
    """Pages as they were last written: what they depended on, the digest of each, how often they were written again."""

    fingerprint: str
    pages: dict[str, str]
    again: int = 0


@dataclass(frozen=True, slots=True)
class RememberedRegions:
    """The notes with regions when they were last filled: what these depended on, and what became of each."""

    fingerprint: str
    states: dict[str, str]


@dataclass(frozen=True, slots=True)
class RememberedSummary:
    """The figures of a vault when they were last computed."""

    fingerprint: str
    summary: Summary


def pages(snapshot: Snapshot, name: str) -> RememberedPages | None:
    """Return the pages that were last written under a name, if they are still there and still correct.

    A run that no person started does not write a page again and again that another device writes differently.
    """
    last = snapshot.vault.cache.fact(name, RememberedPages)
    if last is None or last.fingerprint != snapshot.fingerprint:
        return None
    gives_way = snapshot.vault.is_unattended and last.again >= AGAIN
    if gives_way and all(marks.is_ours(snapshot.vault.root, path, ours.MARKS) for path in last.pages):
        return last
    is_whole = all(contents.digest_at(snapshot.vault.root, path) == digest for path, digest in last.pages.items())
    return last if is_whole else None


def remember_pages(snapshot: Snapshot, name: str, digests: Mapping[str, str], *, is_written: bool) -> None:
    """Remember pages under a name; `is_written` says that one of them differed on the disk."""
    cache = snapshot.vault.cache
    before = cache.fact(name, RememberedPages)
    is_again = before is not None and before.fingerprint == snapshot.fingerprint
    again = before.again + is_written if before is not None and is_again else 0
    cache.remember(name, RememberedPages(snapshot.fingerprint, dict(digests), again))


def regions(snapshot: Snapshot) -> dict[str, str] | None:
    """Return what became of each note with regions, if nothing changed since they were filled."""
    last = snapshot.vault.cache.fact("regions", RememberedRegions)
    return last.states if last is not None and last.fingerprint == snapshot.fingerprint else None


def remember_regions(snapshot: Snapshot, states: Mapping[str, str]) -> None:
    """Remember that the regions of notes hold what they should; a later run has nothing to write."""
    rest = {path: "unchanged" if state == "written" else state for path, state in states.items()}
    snapshot.vault.cache.remember("regions", RememberedRegions(snapshot.fingerprint, rest))


def summary(snapshot: Snapshot) -> Summary | None:
    """Return the figures that were last computed, if nothing changed since."""
    last = snapshot.vault.cache.fact("summary", RememberedSummary)
    return last.summary if last is not None and last.fingerprint == snapshot.fingerprint else None


def remember_summary(snapshot: Snapshot, figures: Summary) -> None:
    """Remember the figures."""
    snapshot.vault.cache.remember("summary", RememberedSummary(snapshot.fingerprint, figures))
