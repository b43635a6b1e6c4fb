"""Files as they are and as they ought to be."""

from dataclasses import dataclass
from typing import NamedTuple

_TICK_NS = 2_000_000_000
"""The coarsest step of a file system's clock (FAT); a file may change twice within one."""
_EARLIEST = -(2**63)


class Stamp(NamedTuple):
    """What the disk tells of a file without opening it: times in nanoseconds since 1970, bytes, the file's number.

    `ctime_ns` is when its bytes, name or rights last changed, and nobody can set it. On Windows it is when the file was
    made, and `inode` is 0: there, bytes of the same number that are written with the old time of change are not seen.
    """

    mtime_ns: int
    size: int
    ctime_ns: int = 0
    inode: int = 0

    def settled(self, now: int) -> "Stamp | None":
        """Return the stamp if it will be another one after any change; None if the file is too young at this moment.

        A file that changed right before it was looked at may change again within one tick of its clock. A time that is
        still to come says nothing either. The bytes of such files must be compared.
        """
        is_old = max(self.mtime_ns, self.ctime_ns) < now - _TICK_NS and self.mtime_ns >= _EARLIEST
        return self if is_old else None


@dataclass(frozen=True, slots=True)
class Page:
    """A file that ought to be: vault path (POSIX) and text."""

    path: str
    text: str
