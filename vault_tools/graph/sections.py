"""The headings, blocks and footnotes of one note, as the subpaths of links find them."""

from bisect import bisect_left
from functools import cached_property

from vault_tools.graph.names import heading_key
from vault_tools.graph.nearest import Nearest
from vault_tools.graph.outline import Outline
from vault_tools.model.note import Note


class Sections:
    """Finds many subpaths in one note: the note is indexed once, not searched for each link."""

    def __init__(self, note: Note) -> None:
        """Take the note."""
        self._note = note

    def find(self, subpath: str) -> int | None:
        """Return the line that `#Heading`, `#Heading#Below`, `#^block` or `#[^footnote]` means; None if none does."""
        parts = [part for part in subpath.split("#") if part.strip()]
        if len(parts) == 1:
            return self._find_part(parts[0])
        return self._find_heading(parts) if parts else None

    def _find_part(self, part: str) -> int | None:
        if part.startswith("^"):
            return self._blocks.get(part[1:].strip().lower())
        if part.startswith("[^"):
            return self._footnotes.get(part.strip())
        return self._find_heading([part])

    def _find_heading(self, chain: list[str]) -> int | None:
        at = self._outline.find([heading_key(part) for part in chain])
        return None if at is None else self._note.headings[at].line

    def nearest_block(self, name: str) -> str | None:
        """Return the existing block id that is closest to a missing one."""
        return self._block_ids.to(name)

    def nearest_heading(self, name: str) -> str | None:
        """Return the only heading that begins with the words of a name, as `## With ^id` does, or else the closest."""
        longer = self._headings_beginning(heading_key(name) + " ")
        return longer[0] if len(longer) == 1 else self._heading_texts.to(name)

    def _headings_beginning(self, words: str) -> list[str]:
        """Return at most two headings that begin with some words, which end with a blank."""
        if words == " ":
            return []
        at = bisect_left(self._ordered, (words, ""))
        return [text for key, text in self._ordered[at : at + 2] if key.startswith(words)]

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self._note.headings)

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
