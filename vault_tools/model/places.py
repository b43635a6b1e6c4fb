"""Where the nodes of a graph are on its map."""

import math
from dataclasses import dataclass

ALONE = -1
"""The community of a node without edges."""


@dataclass(frozen=True, slots=True)
class Places:
    """A place and a community for each node, all in the order of the graph's nodes.

    `x` and `y` count map units: a pixel at scale 1, where a dot has a radius of 5 to 26. `communities` are small
    numbers from 0, the largest first when the map was arranged. `late` tells which nodes got their place since then.
    `ties` is a mark of each node's neighbours, which identifies a renamed note.
    """

    ids: tuple[str, ...] = ()
    x: tuple[int, ...] = ()
    y: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    late: tuple[bool, ...] = ()
    ties: tuple[int, ...] = ()

    @property
    def drift(self) -> int:
        """How far the map is from a new layout: the number of late nodes, without those that are gone."""
        return sum(self.late)


def farthest(count: int) -> int:
    """The greatest distance from the middle for a number of nodes: more than twice that of the layout."""
    return 1_500 + 150 * math.isqrt(count)
