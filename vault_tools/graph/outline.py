"""The headings of one note, and where a chain of them (`#Heading#Below`) leads."""

from bisect import bisect_left
from collections.abc import Sequence

from vault_tools.graph.names import heading_key
from vault_tools.model.note import Heading


class Outline:
    """The headings of a note, by name, and which of them are below which."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        """Index the headings, which are given in order."""
        self._ends = _ends(headings)
        self._places: dict[str, list[int]] = {}
        for at, heading in enumerate(headings):
            self._places.setdefault(heading_key(heading.text), []).append(at)

    def find(self, chain: Sequence[str]) -> int | None:
        """Return the number of the heading where a chain of names ends; None if there is no such chain.

        Each part must be below the one before, or the chain starts again.
        """
        if any(key not in self._places for key in chain):
            return None
        start = 0
        while (first := self._next(chain[0], start, len(self._ends))) is not None:
            at, start = self._follow(chain, first)
            if at is not None:
                return at
        return None

    def _follow(self, chain: Sequence[str], first: int) -> tuple[int | None, int]:
        """Return where a chain that begins at a heading ends, if it does, and where to look for another beginning."""
        at, end = first, 0
        for key in chain[1:]:
            end = self._ends[at]
            below = self._next(key, at + 1, end)
            if below is None:
                return None, end
            at = below
        return at, end

    def _next(self, key: str, first: int, end: int) -> int | None:
        """Return the first heading of a name from a number on."""
        places = self._places[key]
        at = bisect_left(places, first)
        return places[at] if at < len(places) and places[at] < end else None


def _ends(headings: Sequence[Heading]) -> list[int]:
    """Return for each heading the number of the next one that is not below it."""
    ends = [len(headings)] * len(headings)
    open_: list[int] = []
    for at, heading in enumerate(headings):
        while open_ and heading.level <= headings[open_[-1]].level:
            ends[open_.pop()] = at
        open_.append(at)
    return ends
