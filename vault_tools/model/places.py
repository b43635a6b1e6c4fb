"""Where the nodes of a graph are on its map."""

import math
from dataclasses import dataclass

ALONE = -1
"""The community of a node that is tied to nothing."""


@dataclass(frozen=True, slots=True)
class Places:
    """A place and a community for each node, all in the order of the graph's nodes.

    `x` and `y` count map units: a pixel at scale 1, where a dot has a radius of 5 to 26. `communities` are small
    numbers from 0, the largest first in a newly arranged map. `late` says which nodes have found their place since
    then. `ties` is a mark of each node's neighbours, by which a note is known that has another name.
    """

    ids: tuple[str, ...] = ()
    x: tuple[int, ...] = ()
    y: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    late: tuple[bool, ...] = ()
    ties: tuple[int, ...] = ()

    @property
    def drift(self) -> int:
        """How far the map is from a newly arranged one: how many nodes are late. A removed node is not."""
        return sum(self.late)


def farthest(count: int) -> int:
    """How far from the middle the places of `count` nodes are at most: more than twice as far as where we put them."""
    return 1_500 + 150 * math.isqrt(count)
