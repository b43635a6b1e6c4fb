"""Where the nodes of a map stand."""

from dataclasses import dataclass

ALONE = -1
"""The community of a node that is tied to nothing."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each node is drawn, and the community it belongs to, in the order of `ids`."""

    ids: tuple[str, ...]
    x: tuple[int, ...]
    y: tuple[int, ...]
    communities: tuple[int, ...]
    drift: int = 0
