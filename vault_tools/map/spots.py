"""Free spots on a map that is kept as it is: for a dot, for an island, for a lone dot on the ring."""

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from vault_tools.map.ties import Bools, Floats, Integers

_CELL = 64
"""Dots that are closer than air are in cells that touch: this is more than two of the largest and their air."""
_CROWD = 64
"""More dots than fit into a cell; further ones there change nothing."""
_SHARED = 32
"""Wishes this close to each other get the same spots, each once."""
_GAP = 2.0
_AIR = 8.0
_STRANGE = 90.0
_REACHES = (60, 120, 240, 480)
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
_BLOCK = 32
_BLOCKS = 1500
_STEP = 19.0
_ANGLES = 20_000


class Ground:
    """Dots on a map, found by where they are; whole numbers for places."""

    def __init__(self, spots: Integers, sizes: Floats, home: Integers, placed: Bools) -> None:
        """Take the place, radius and community of every dot, and which of them have their place already."""
        self.spots, self.sizes, self.home, self.placed = spots.copy(), sizes, home, placed.copy()
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._offers: dict[tuple[int, ...], Iterator[Integers]] = {}
        nodes = np.flatnonzero(placed).tolist()
        for node, (across, down) in zip(nodes, (spots[placed] // _CELL).tolist(), strict=True):
            self._enter(node, across, down)

    def put(self, node: int, spot: Integers) -> None:
        """Give a dot its place."""
        self.spots[node] = spot
        self.placed[node] = True
        self._enter(node, int(spot[0]) // _CELL, int(spot[1]) // _CELL)

    def _enter(self, node: int, across: int, down: int) -> None:
        cell = self._cells[across, down]
        if len(cell) < _CROWD:
            cell.append(node)

    def clear(self, spots: Integers, size: float, home: int = 0) -> tuple[Floats, Bools]:
        """The distance of each spot to the next dot, inf if none is in reach; and whether that dot has another home."""
        which, nodes = self._about(spots)
        gap, strange = np.full(len(spots), np.inf), np.full(len(spots), np.inf)
        if len(nodes):
            apart = spots[which] - self.spots[nodes]
            gaps = np.sqrt((apart**2).sum(axis=1)) - self.sizes[nodes] - size
            first = np.flatnonzero(np.append(True, which[1:] != which[:-1]))
            gap[which[first]] = np.minimum.reduceat(gaps, first)
            strange[which[first]] = np.minimum.reduceat(np.where(self.home[nodes] == home, np.inf, gaps), first)
        return gap, np.isfinite(gap) & (strange == gap)

    def _about(self, spots: Integers) -> tuple[Integers, Integers]:
        """Every pair of one of some spots, by its number, in order, and a dot in the cells about it."""
        cells, cell = np.unique(spots // _CELL, axis=0, return_inverse=True)
        found: list[int] = []
        ends = [0]
        for across, down in cells.tolist():
            for column in (across - 1, across, across + 1):
                for row in (down - 1, down, down + 1):
                    found += self._cells.get((column, row), ())
            ends.append(len(found))
        cell, start = cell.reshape(-1), np.array(ends)
        many = np.diff(start)[cell]
        which = np.repeat(np.arange(len(spots)), many)
        place = np.arange(len(which)) - np.repeat(many.cumsum() - many - start[cell], many)
        return which, np.array(found, np.int64)[place]

    def spot_near(self, wish: Floats, node: int) -> Integers | None:
        """A free spot near a wish, with some air; preferably among the dot's own community.

        None if there is no room: dots with the same wish go through the spots near it once, all together.
        """
        size, home = float(self.sizes[node]), int(self.home[node])
        key = *np.floor(wish / _SHARED).astype(np.int64).tolist(), int(size) // 4, home
        if key not in self._offers:
            self._offers[key] = self._offered(wish, size, home)
        for spot in self._offers[key]:
            if self.clear(spot[None], size)[0][0] >= _GAP:
                return spot
        return None

    def _offered(self, wish: Floats, size: float, home: int) -> Iterator[Integers]:
        """Free spots near a wish, the best first, in wider and wider rounds; in each round, with air between them."""
        for reach in _REACHES:
            rank = np.arange(reach * 4)
            away = reach * np.sqrt(rank / len(rank))
            ways = np.column_stack((np.cos(rank * _GOLDEN), np.sin(rank * _GOLDEN)))
            spots = np.round(wish + away[:, None] * ways).astype(np.int64)
            gap, strange = self.clear(spots, size, home)
            cost = away + 4.0 * np.maximum(_AIR - gap, 0.0) + _STRANGE * strange
            cost[gap < _GAP] = np.inf
            most = reach if reach < _REACHES[-1] else np.finfo(np.float64).max
            while cost[best := int(cost.argmin())] <= most:
                yield spots[best]
                cost[((spots - spots[best]) ** 2).sum(axis=1) < (2.0 * size + _AIR) ** 2] = np.inf

    def window(self, wish: Floats, half: Floats) -> Integers:
        """The middle of the free window nearest to a wish; `half` is half of its width and height.

        The wider the map, the larger the searched blocks, so that there are never more than a few million.
        """
        taken = self.spots[self.placed]
        if not len(taken):
            return np.round(wish).astype(np.int64)
        least = np.minimum(taken.min(axis=0), np.floor(wish).astype(np.int64))
        most = np.maximum(taken.max(axis=0), np.ceil(wish).astype(np.int64))
        block = max(_BLOCK, int((most - least + 2.0 * half).max()) // _BLOCKS)
        edge = np.ceil(2.0 * half / block).astype(np.int64) + 2
        low, high = least // block - edge - 1, most // block + edge + 1
        counts = np.zeros(high - low + 1, np.int64)
        cells = taken // block - low
        np.add.at(counts, (cells[:, 0], cells[:, 1]), 1)
        sums = np.pad(counts.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        wide, tall = edge
        inside = sums[wide:, tall:] - sums[:-wide, tall:] - sums[wide:, :-tall] + sums[:-wide, :-tall]
        free = np.argwhere(inside == 0)
        middles = (free + low + edge / 2.0) * block
        return np.asarray(np.round(middles[((middles - wish) ** 2).sum(axis=1).argmin()]), np.int64)

    def on_the_ring(self, nodes: Integers, alone: Integers, stretch: Floats) -> None:
        """Put lone dots where the ring of lone dots has its largest gaps, then on further rings."""
        ring = (self.spots[alone] / stretch).reshape(-1, 2)
        radius = self._ring_radius(ring, stretch)
        waiting = nodes.tolist()
        while waiting:
            many = min(_ANGLES, max(1, int(2.0 * math.pi * radius / _STEP)))
            angles = np.arange(0.5, many) * (2.0 * math.pi / many)
            spots = np.round(np.column_stack((np.cos(angles), np.sin(angles))) * radius * stretch).astype(np.int64)
            free = self.clear(spots, float(self.sizes[waiting[0]]))[0] >= _GAP
            there = ring[np.abs(np.hypot(ring[:, 0], ring[:, 1]) - radius) < _STEP]
            taken: Floats = np.arctan2(there[:, 1], there[:, 0]).astype(np.float64)
            for place in _widest_gaps(angles, free, taken, len(waiting)):
                self.put(waiting.pop(0), spots[place])
            radius += _STEP

    def _ring_radius(self, ring: Floats, stretch: Floats) -> float:
        """The radius of the ring of lone dots, outside almost all other dots; `ring` are the places on it."""
        tied = (self.spots[self.placed & (self.home >= 0)] / stretch).reshape(-1, 2)
        away = np.sort(np.hypot(tied[:, 0], tied[:, 1]))
        if not len(ring):
            return float(away[-1]) + _CELL if len(away) else 0.0
        innermost = float(np.hypot(ring[:, 0], ring[:, 1]).min())
        return max(innermost, float(away[-1 - len(away) // 20])) if len(away) else innermost


def _widest_gaps(angles: Floats, free: Bools, occupied: Floats, most: int) -> list[int]:
    """Some of the free angles, each as far as possible from taken ones and from those before it."""
    gap = np.full(len(angles), np.inf)
    if len(occupied):
        around = np.sort(occupied % (2.0 * math.pi))
        around = np.concatenate((around[-1:] - 2.0 * math.pi, around, around[:1] + 2.0 * math.pi))
        after = np.searchsorted(around, angles).clip(1, len(around) - 1)
        gap = np.minimum(np.abs(around[after] - angles), np.abs(angles - around[after - 1]))
    gap[~free] = -1.0
    chosen = []
    for _ in range(min(most, int(free.sum()))):
        best = int(gap.round(9).argmax())
        chosen.append(best)
        turn = np.abs(angles - angles[best])
        gap = np.minimum(gap, np.minimum(turn, 2.0 * math.pi - turn))
        gap[best] = -1.0
    return chosen
