"""The existing name that is closest to a wrong one."""

from bisect import bisect_left
from collections.abc import Iterable

from vault_tools.graph.likeness import is_slip_of_one, likeness, may_be_misspelling
from vault_tools.graph.names import file_key


class Nearest:
    """Offers the existing name closest to a wrong one; asks only its neighbours in the alphabet, from both ends."""

    AROUND = 4
    LONGEST = 200

    def __init__(self, names: Iterable[str], alike: float = 0.6) -> None:
        """Sort the existing names, forwards and backwards; what is less `alike` (difflib's ratio) is not offered."""
        self._alike = alike
        self._spelling = {file_key(name): name for name in sorted(names) if len(name) <= self.LONGEST}
        self._forwards = sorted(self._spelling)
        self._backwards = sorted(name[::-1] for name in self._spelling)

    def to(self, name: str) -> str | None:
        """Return the closest existing name, or None if none is close, or another thing is meant by it."""
        wrong = file_key(name)
        if len(wrong) > self.LONGEST:
            return None
        for _, near in sorted(self._rated(wrong)):
            if may_be_misspelling(wrong, near, self._alike):
                return self._spelling[near]
        return None

    def _rated(self, wrong: str) -> list[tuple[float, str]]:
        """Return the names that are close to a wrong one, each with its likeness as a negative number."""
        close = []
        for near in self._neighbours(wrong):
            ratio = likeness(wrong, near, self._alike)
            if ratio or is_slip_of_one(wrong, near):
                close.append((-ratio, near))
        return close

    def _neighbours(self, wrong: str) -> set[str]:
        forwards = _window(self._forwards, wrong, self.AROUND)
        backwards = _window(self._backwards, wrong[::-1], self.AROUND)
        return {*forwards, *(name[::-1] for name in backwards)}


def _window(names: list[str], name: str, count: int) -> list[str]:
    """Return some of the sorted names on either side of the place of a name."""
    at = bisect_left(names, name)
    return names[max(0, at - count) : at + count]
