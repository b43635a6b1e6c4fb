"""What one run found and wrote, in figures."""

from dataclasses import dataclass, field

from vault_tools.model.text import Say

UNFINISHED = "unfinished-merge"
"""The state of a note whose regions are not refreshed until somebody finishes a merge in it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A gap or a measure: its name, and why it is one or what it says, in plain words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a vault. `gaps` counts findings by insight, `types` and `relations` nodes and edges by name.

    `learning` are the measures of this month that can be told, `learn_now` names what is to be learned first.
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

    `regions` are the notes with regions: `written`, `unchanged`, `changed-meanwhile`, `left-as-undone` (an undo left it
    so, and nobody has changed it since) or `refused`. `refused` says in a line for each what could not be written, and
    what to do.
    """

    summary: Summary
    pages: dict[str, str]
    refused: tuple[Say, ...] = ()
    regions: dict[str, str] = field(default_factory=dict)
