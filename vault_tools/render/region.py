"""What a kind of region is: its name, and the function that fills it."""

from collections.abc import Callable
from dataclasses import dataclass

from vault_tools.model.note import Note
from vault_tools.render.report import Report


@dataclass(frozen=True, slots=True)
class RegionKind:
    """A kind of region: the name in its markers, and what fills it from a report, the note around it, its argument.

    `fill` returns Markdown, or None to leave the region as it is. The report's linker draws obsidian:// links, which
    are no links in the vault's own graph. Text of the note goes through `escape`; no line numbers are given, because
    filling a region moves lines. Where there are `words`, the argument may only hold these.
    """

    name: str
    fill: Callable[[Report, Note, str], str | None]
    words: tuple[str, ...] = ()
