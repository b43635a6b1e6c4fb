"""Files that may be copies of others: nothing is sure of them but what they hold."""

from typing import NamedTuple


class Double(NamedTuple):
    """A file that is named as a copy of the `original` beside it, which is a vault path as well.

    `mark` is what its name adds (`2`, `DESKTOP-AB12CD3`); `same` says that both hold the same bytes, else they are
    only much alike.
    """

    original: str
    mark: str
    same: bool
