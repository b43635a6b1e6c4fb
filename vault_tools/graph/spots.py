"""Free spots on a map that is kept as it is: for a dot, for an island, for a lone dot on the ring."""

import math
from collections import defaultdict

import numpy as np

from vault_tools.graph.ties import Bools, Floats, Integers

_CELL = 64
_GAP = 2.0
_AIR = 8.0
_STRANGE = 90.0
_REACHES = (60, 120, 240, 480)
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
_BLOCK = 32
_STEP = 19.0


class Ground:
    """Dots on a map, found by where they are; whole numbers for places."""

    def __init__(self, spots: Integers, sizes: Floats, home: Integers, placed: Bools) -> None:
        """Take the place, radius and community of every dot, and which of them have their place already."""
        self.spots, self.sizes, self.home, self.placed = spots.copy(), sizes, home, placed.copy()
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        nodes = np.flatnonzero(placed).tolist()
        for node, (across, down) in zip(nodes, (spots[placed] // _CELL).tolist(), strict=True):
            self._cells[across, down].append(node)

    def put(self, node: int, spot: Integers) -> None:
        """Give a dot its place."""
        self.spots[node] = spot
        self.placed[node] = True
        self._cells[int(spot[0]) // _CELL, int(spot[1]) // _CELL].append(node)

    def near(self, spot: Floats, reach: float) -> Integers:
        """The dots in the square around a spot, and some more."""
        (left, top), (right, bottom) = ((spot + way * reach) // _CELL for way in (-1, 1))
        found: list[int] = []
        for across in range(int(left), int(right) + 1):
            for down in range(int(top), int(bottom) + 1):
                found += self._cells.get((across, down), ())
        return np.array(found, np.int64)

    def clear(self, spots: Integers, size: float, reach: float = 0.0) -> tuple[Floats, Integers]:
        """How far each of some spots, within `reach` of their middle, is from the next dot, and which dot that is."""
        nodes = self.near(spots.mean(axis=0), reach + size + _CELL)
        if not len(nodes):
            return np.full(len(spots), np.inf), np.full(len(spots), -1)
        apart = spots[:, None, :] - self.spots[nodes][None, :, :]
        gaps = np.sqrt((apart**2).sum(axis=2)) - self.sizes[nodes][None, :] - size
        return gaps.min(axis=1), nodes[gaps.argmin(axis=1)]

    def spot_near(self, wish: Floats, node: int) -> Integers:
        """A free spot near a wish, with some air, rather in the midst of the dot's own community than of another."""
        size = float(self.sizes[node])
        for reach in _REACHES:
            rank = np.arange(reach * 4)
            away = (reach * np.sqrt(rank / len(rank)))[:, None]
            spots = np.round(wish + away * np.column_stack((np.cos(rank * _GOLDEN), np.sin(rank * _GOLDEN))))
            gap, nearest = self.clear(spots.astype(np.int64), size, reach)
            strange = (nearest >= 0) & (self.home[nearest] != self.home[node])
            cost = away[:, 0] + 4.0 * np.maximum(_AIR - gap, 0.0) + _STRANGE * strange
            cost[gap < _GAP] = np.inf
            best = int(cost.argmin())
            if cost[best] <= reach:
                return np.asarray(spots[best], np.int64)
        if np.isfinite(cost[best]):
            return np.asarray(spots[best], np.int64)
        return self.window(wish, np.full(2, size + _GAP))

    def window(self, wish: Floats, half: Floats) -> Integers:
        """The middle of the free window nearest to a wish; `half` is half of its width and height."""
        taken = self.spots[self.placed]
        if not len(taken):
            return np.round(wish).astype(np.int64)
        edge = np.ceil(2.0 * half / _BLOCK).astype(np.int64) + 2
        low = (np.minimum(taken.min(axis=0), np.floor(wish).astype(np.int64)) // _BLOCK) - edge - 1
        high = (np.maximum(taken.max(axis=0), np.ceil(wish).astype(np.int64)) // _BLOCK) + edge + 1
        counts = np.zeros(high - low + 1, np.int64)
        cells = taken // _BLOCK - low
        np.add.at(counts, (cells[:, 0], cells[:, 1]), 1)
        sums = np.pad(counts.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        wide, tall = edge
        inside = sums[wide:, tall:] - sums[:-wide, tall:] - sums[wide:, :-tall] + sums[:-wide, :-tall]
        free = np.argwhere(inside == 0)
        middles = (free + low + edge / 2.0) * _BLOCK
        return np.asarray(np.round(middles[((middles - wish) ** 2).sum(axis=1).argmin()]), np.int64)

    def on_the_ring(self, nodes: Integers, alone: Integers, stretch: Floats) -> None:
        """Put lone dots where the ring of lone dots has its largest gaps, then on further rings."""
        ring = (self.spots[alone] / stretch).reshape(-1, 2)
        radius = float(np.hypot(ring[:, 0], ring[:, 1]).min(initial=np.inf)) if len(alone) else 0.0
        tied = (self.spots[self.placed & (self.home >= 0)] / stretch).reshape(-1, 2)
        away = np.sort(np.hypot(tied[:, 0], tied[:, 1]))
        if len(away):
            radius = max(radius, float(away[-1 - len(away) // 20]) if len(alone) else float(away[-1]) + _CELL)
        waiting = nodes.tolist()
        while waiting:
            many = max(1, int(2.0 * math.pi * radius / _STEP))
            angles = np.arange(0.5, many) * (2.0 * math.pi / many)
            spots = np.round(np.column_stack((np.cos(angles), np.sin(angles))) * radius * stretch).astype(np.int64)
            free = np.array([self.clear(spot[None], float(self.sizes[waiting[0]]))[0][0] >= _GAP for spot in spots])
            there = ring[np.abs(np.hypot(ring[:, 0], ring[:, 1]) - radius) < _STEP]
            taken: Floats = np.arctan2(there[:, 1], there[:, 0]).astype(np.float64)
            for place in _widest_gaps(angles, free, taken, len(waiting)):
                self.put(waiting.pop(0), spots[place])
            radius += _STEP


def _widest_gaps(angles: Floats, free: Bools, taken: Floats, most: int) -> list[int]:
    """Some of the free angles, each as far as can be from what is taken and from those before it."""
    gap = np.full(len(angles), np.inf)
    if len(taken):
        around = np.sort(taken % (2.0 * math.pi))
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
