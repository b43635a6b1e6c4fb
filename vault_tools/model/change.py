"""Files as they are, and as they should be."""

from dataclasses import dataclass
from typing import NamedTuple

_TICK_NS = 2_000_000_000
"""The coarsest step of a file system's clock (FAT); a file may change twice within one."""
_EARLIEST = -(2**63)


class Stamp(NamedTuple):
    """What the disk says about a file without opening it: times in nanoseconds since 1970, size in bytes, inode.

    `ctime_ns` is when its bytes, name or mode last changed; programs cannot set it. On Windows it is the creation time,
    and `inode` is 0. So on Windows, a change that keeps the size and the old time of change is not seen.
    """

    mtime_ns: int
    size: int
    ctime_ns: int = 0
    inode: int = 0

    def settled(self, now: int) -> "Stamp | None":
        """Return the stamp if any later change gives another one; None if the file changed too recently.

        A file that changed just before may change again within one tick of its clock. A time in the future does not
        help either. The bytes of such files must be compared.
        """
        is_old = max(self.mtime_ns, self.ctime_ns) < now - _TICK_NS and self.mtime_ns >= _EARLIEST
        return self if is_old else None


@dataclass(frozen=True, slots=True)
class Page:
    """A file as it should be: vault path (POSIX) and text."""

    path: str
    text: str
