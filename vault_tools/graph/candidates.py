"""Which of many files a link may mean: the nearest ones, only as many as a reader looks through."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

MOST = 10
"""How many files are named; the others are only counted."""


class Candidates:
    """Some files of a vault. Finds those near a note without searching all the others."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take the paths."""
        self._paths = sorted(paths)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._paths)

    def near(self, source: str) -> tuple[str, ...]:
        """Return at most `MOST` of the files: first those in or below the folder of a note, then farther ones.

        Within a folder they are in the order of their paths.
        """
        found: dict[str, None] = {}
        for prefix in _around(source):
            for path in self._below(prefix):
                found.setdefault(path)
                if len(found) == min(MOST, len(self._paths)):
                    return tuple(found)
        return tuple(found)

    def _below(self, prefix: str) -> Iterator[str]:
        """Yield the paths that begin with a prefix."""
        at = bisect_left(self._paths, prefix)
        while at < len(self._paths) and self._paths[at].startswith(prefix):
            yield self._paths[at]
            at += 1


def _around(source: str) -> Iterator[str]:
    """Yield the common prefix of paths below the folder of a note, below the folder above it … and anywhere."""
    end = source.rfind("/")
    while end >= 0:
        yield source[: end + 1]
        end = source.rfind("/", 0, end)
    yield ""
