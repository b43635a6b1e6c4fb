"""A value that is made from the value before it, when it is first needed."""

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Carried(Generic[_T]):
    """What one state of a vault takes over from the state before, such as its notes or its graph.

    It holds either the earlier value or its own, never both, so a chain of states takes no more memory than one.
    """

    __slots__ = ("_make", "newest")

    def __init__(self, make: Callable[[_T], _T], earlier: _T) -> None:
        """`make` turns the earlier value into this one."""
        self._make: Callable[[_T], _T] | None = make
        self.newest = earlier
        """The value. Before the first call, the earlier one."""

    def __call__(self) -> _T:
        """Return the value. The first call makes it."""
        if self._make is not None:
            self.newest = self._make(self.newest)
            self._make = None
        return self.newest
