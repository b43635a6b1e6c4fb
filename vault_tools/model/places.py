"""Where the nodes of a graph stand on its map."""

from dataclasses import dataclass

ALONE = -1
"""The community of a node that is tied to nothing."""


@dataclass(frozen=True, slots=True)
class Places:
    """A place and a community for each node, all in the order of the graph's nodes.

    `x` and `y` count map units: a pixel at scale 1, where a dot has a radius of 5 to 26. `communities` are small
    numbers from 0, the largest first when all was arranged anew. `drift` counts how many nodes came, went or changed
    sides since then. `ties` is a mark of each node's neighbours, by which a note is known that has another name.
    """

    ids: tuple[str, ...] = ()
    x: tuple[int, ...] = ()
    y: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    drift: int = 0
    ties: tuple[int, ...] = ()
