"""Files as they are and as they ought to be."""

from dataclasses import dataclass
from typing import NamedTuple


class Stamp(NamedTuple):
    """What the disk tells of a file without opening it: nanoseconds of its last change, bytes."""

    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """A file that ought to be: vault path (POSIX) and text."""

    path: str
    text: str
