"""A share of a whole, with its 95 % interval; none is given for an empty or a tiny whole."""

from collections.abc import Iterable, Sequence
from math import sqrt

from vault_tools.model.learning import Measurement
from vault_tools.model.text import Ref

_Z = 1.96


def share(part: Sequence[Ref], rest: Sequence[Ref], enough: int) -> Measurement:
    """Return how much of a whole is a part, with Wilson's 95 % interval.

    14 of 20: 0.7, between 0.48 and 0.85. 3 of 4, where 5 are enough: no value, 1 lacking.
    """
    whole = len(part) + len(rest)
    if whole < max(enough, 1):
        return Measurement(None, len(part), whole, tuple(part), tuple(rest), max(enough, 1) - whole)
    low, high = _wilson(len(part), whole)
    return Measurement(len(part) / whole, len(part), whole, tuple(part), tuple(rest), low=low, high=high)


def share_of_nodes(part: Iterable[str], rest: Iterable[str], enough: int) -> Measurement:
    """Return how much of a whole is a part, both given as ids of nodes."""
    return share([Ref(name) for name in part], [Ref(name) for name in rest], enough)


def _wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927): never below 0, never above 1."""
    p, square = part / whole, _Z * _Z
    middle = (p + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(p * (1 - p) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))
