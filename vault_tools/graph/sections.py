"""The headings, blocks and footnotes of one note, as the subpaths of links find them."""

from bisect import bisect_left
from functools import cached_property

from vault_tools.graph.names import Nearest, heading_key
from vault_tools.model.note import Note


class Sections:
    """Finds many subpaths in one note: the note is indexed once, not searched for each link."""

    def __init__(self, note: Note) -> None:
        """Take the note."""
        self._note = note

    def find(self, subpath: str) -> int | None:
        """Return the line that `#Heading`, `#Heading#Below`, `#^block` or `#[^footnote]` means; None if none does."""
        parts = [part for part in subpath.split("#") if part.strip()]
        if len(parts) == 1 and parts[0].startswith("^"):
            return self._blocks.get(parts[0][1:].strip().lower())
        if len(parts) == 1 and parts[0].startswith("[^"):
            return self._footnotes.get(parts[0].strip())
        at = self._walked([heading_key(part) for part in parts]) if parts else None
        return None if at is None else self._note.headings[at].line

    def nearest_block(self, wanted: str) -> str | None:
        """Return the existing block id that is closest to a missing one."""
        return self._block_ids.to(wanted)

    def nearest_heading(self, wanted: str) -> str | None:
        """Return the only heading that begins with the wanted words, as `## With ^id` does, or else the closest one."""
        begins = heading_key(wanted) + " "
        at = bisect_left(self._ordered, (begins, ""))
        begun = [text for key, text in self._ordered[at : at + 2] if begins != " " and key.startswith(begins)]
        return begun[0] if len(begun) == 1 else self._heading_texts.to(wanted)

    # ------------------------------------------------------------ what is indexed

    @cached_property
    def _blocks(self) -> dict[str, int]:
        return {block.id.lower(): block.line_start for block in reversed(self._note.blocks)}

    @cached_property
    def _footnotes(self) -> dict[str, int]:
        return {f"[^{name}]": line for name, line in reversed(self._note.footnotes)}

    @cached_property
    def _ordered(self) -> list[tuple[str, str]]:
        return sorted((heading_key(heading.text), heading.text) for heading in self._note.headings)

    @cached_property
    def _block_ids(self) -> Nearest:
        return Nearest(block.id for block in self._note.blocks)

    @cached_property
    def _heading_texts(self) -> Nearest:
        return Nearest(heading.text for heading in self._note.headings)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The headings of each name, by their numbers."""
        found: dict[str, list[int]] = {}
        for at, heading in enumerate(self._note.headings):
            found.setdefault(heading_key(heading.text), []).append(at)
        return found

    @cached_property
    def _ends(self) -> list[int]:
        """For each heading the number of the next one that is not below it."""
        ends = [len(self._note.headings)] * len(self._note.headings)
        open_: list[int] = []
        for at, heading in enumerate(self._note.headings):
            while open_ and heading.level <= self._note.headings[open_[-1]].level:
                ends[open_.pop()] = at
            open_.append(at)
        return ends

    # ------------------------------------------------------------ a chain of headings

    def _walked(self, chain: list[str]) -> int | None:
        """Return the heading where a chain ends. Each part must be below the one before, or the chain starts again."""
        if any(key not in self._places for key in chain):
            return None
        start = 0
        while (at := self._next(chain[0], start, len(self._ends))) is not None:
            for key in chain[1:]:
                start = self._ends[at]
                below = self._next(key, at + 1, start)
                if below is None:
                    break
                at = below
            else:
                return at
        return None

    def _next(self, key: str, first: int, end: int) -> int | None:
        """Return the first heading of a name from a number on."""
        places = self._places[key]
        found = bisect_left(places, first)
        return places[found] if found < len(places) and places[found] < end else None
