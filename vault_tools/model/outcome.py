"""What one run found and wrote, in figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the top gaps: what is missing, why, in plain words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a vault. `gaps` counts findings by insight, `types` and `relations` nodes and edges by name."""

    vault: str
    notes: int
    types: dict[str, int]
    relations: dict[str, int]
    missing: int
    gaps: dict[str, int]
    top: tuple[Figure, ...]
    orphans: int
    orphans_of: int
    orphan_definition: str
    problems: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A summary, and every page by vault path: `written`, `unchanged` or `refused`."""

    summary: Summary
    pages: dict[str, str]
    refused: tuple[str, ...] = ()
