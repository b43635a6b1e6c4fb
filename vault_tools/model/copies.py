"""Files that may be copies of others: only their contents can tell."""

from typing import NamedTuple


class Double(NamedTuple):
    """A file that is named like a copy of the `original` beside it, which is a vault path too.

    `mark` is what its name adds (`2`, `DESKTOP-AB12CD3`). `same`: both have the same bytes; otherwise they are similar.
    """

    original: str
    mark: str
    same: bool
