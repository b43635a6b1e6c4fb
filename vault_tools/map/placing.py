"""Where new nodes go on a map whose other nodes keep their places."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from vault_tools.map.apart import air, without_overlaps
from vault_tools.map.packing import STRETCH, radii_of
from vault_tools.map.relaxing import inside
from vault_tools.map.spots import Ground
from vault_tools.map.ties import Floats, Integers, Ties
from vault_tools.model.places import ALONE

Neighbours = dict[int, list[tuple[int, int]]]
"""Which others a node is tied to, and how strongly."""


def place(ground: Ground, tied: Ties, old: set[int]) -> None:
    """Place all nodes without a place: first whole new communities, then single nodes, then nodes without ties.

    `old` are the communities that have nodes with a place.
    """
    near = _neighbours(tied, ground)
    waiting = np.flatnonzero(~ground.placed)
    for number in sorted(set(ground.home[waiting].tolist()) - old - {ALONE}):
        _put_island(ground, tied, waiting[ground.home[waiting] == number], near)
    _put_single(ground, tied, near)
    lone = np.flatnonzero(~ground.placed)
    if len(lone):
        ground.on_the_ring(lone, np.flatnonzero((ground.home == ALONE) & ground.placed), STRETCH)


def _put_single(ground: Ground, tied: Ties, near: Neighbours) -> None:
    """Put nodes near those they are tied to, in rounds: a node whose neighbours have no place waits for them."""
    waiting = _without_place(ground, np.flatnonzero(ground.home != ALONE).tolist())
    while waiting:
        ready = [node for node in waiting if _has_placed_neighbour(ground, near[node])] or waiting[:1]
        for node in ready:
            spot = ground.spot_near(_wish(ground, near[node], ground.home[node]), node)
            if spot is not None:
                ground.put(node, spot)
        _put_crowds(ground, tied, np.array(ready)[~ground.placed[ready]], near)
        waiting = _without_place(ground, waiting)


def _without_place(ground: Ground, nodes: list[int]) -> list[int]:
    return [node for node in nodes if not ground.placed[node]]


def _has_placed_neighbour(ground: Ground, near: list[tuple[int, int]]) -> bool:
    return bool(ground.placed[[other for other, _ in near]].any())


def _neighbours(tied: Ties, ground: Ground) -> Neighbours:
    """The ties of each node without a place, and their strength."""
    begins, ends, weights = tied.both_ways()
    waiting = ~ground.placed[begins]
    near: Neighbours = defaultdict(list)
    for node, other, weight in zip(*(part[waiting].tolist() for part in (begins, ends, weights)), strict=True):
        near[node].append((other, weight))
    return near


def _wish(ground: Ground, near: Iterable[tuple[int, int]], own: int | None = None) -> Floats:
    """The mean of the placed neighbours, of the same community if possible; without neighbours, the map's middle."""
    placed = [(other, weight) for other, weight in near if ground.placed[other]]
    placed = [pair for pair in placed if ground.home[pair[0]] == own] or placed
    if not placed:
        return np.zeros(2)
    others, weights = (np.array(part) for part in zip(*placed, strict=True))
    return np.asarray((ground.spots[others] * weights[:, None]).sum(axis=0) / weights.sum())


def _put_crowds(ground: Ground, tied: Ties, nodes: Integers, near: Neighbours) -> None:
    """Put nodes that found no room side by side, those of each community together."""
    for number in np.unique(ground.home[nodes]).tolist():
        _put_island(ground, tied, nodes[ground.home[nodes] == number], near)


def _put_island(ground: Ground, tied: Ties, nodes: Integers, near: Neighbours) -> None:
    """Lay out a whole new community by itself, and put it where it overlaps nothing."""
    within = tied.among(nodes)
    room = ground.sizes[nodes] + air(int(ground.placed.sum()))
    together = np.zeros(len(nodes), np.int64)
    spots = without_overlaps(inside(together, within, room), room) * STRETCH
    wish = _wish(ground, [pair for node in nodes.tolist() for pair in near[node]])
    middle = ground.window(wish, radii_of(together, room)[0] * STRETCH)
    for node, spot in zip(nodes.tolist(), np.round(middle + spots).astype(np.int64), strict=True):
        ground.put(node, spot)
