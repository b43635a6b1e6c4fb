"""What one run found and wrote, in figures."""

from dataclasses import dataclass, field

from vault_tools.model.text import Say

UNFINISHED = "unfinished-merge"
"""The state of a note whose regions are not refreshed until a merge in it is finished."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A gap or a measure: its name, and the reason or the value in plain words."""

    name: str
    why: str
    texts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a vault. `gaps` counts findings by insight, `types` and `relations` nodes and edges by name.

    `learning` are the measures of this month that have a value; `learn_now` names what to learn first.
    """

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
    learning: tuple[Figure, ...] = ()
    learn_now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A summary, and every page by vault path: `written`, `unchanged` or `refused`.

    `regions` are the notes with regions: `written`, `unchanged`, `changed-meanwhile`, `left-as-undone` (unchanged
    since an undo) or `refused`. `refused` has a line for each file that could not be written, and what to do.
    """

    summary: Summary
    pages: dict[str, str]
    refused: tuple[Say, ...] = ()
    regions: dict[str, str] = field(default_factory=dict)
