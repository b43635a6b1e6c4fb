"""A stable map: old nodes keep their places, new ones get a free place near the nodes they are tied to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from vault_tools.map.apart import air, without_overlaps
from vault_tools.map.communities import communities, settled, strongest, sums
from vault_tools.map.packing import STRETCH, radii_of
from vault_tools.map.relaxing import inside
from vault_tools.map.spots import Ground
from vault_tools.map.ties import Bools, Floats, Integers, Ties
from vault_tools.model.places import ALONE, Places, farthest

_UNKNOWN = -2
_ISLAND = 8
_FEW = 24
_LAST = 4


class Kept(NamedTuple):
    """Every node's community and place, and whether it got its place after everything was arranged."""

    home: Integers
    spots: Integers
    late: Bools


def stay(former: Integers, tied: Ties, sizes: Floats, before: Places) -> Kept | None:
    """Return the next map after `before`; None if so much is new that everything should be arranged again.

    `former` gives the place of each node in `before`, -1 if it has none.
    Old nodes keep their exact places. A node that gets its first tie, or loses the last one, or has no tie to its
    own community any more, is placed like a new one, and is late. A removed node leaves a hole and is not late: a note
    that goes and comes, on one device and not on the other, say, is late once.
    """
    home = np.where(former < 0, _UNKNOWN, np.append(before.communities, _UNKNOWN)[former])
    lone = tied.degrees == 0
    staying = (former >= 0) & ((home == ALONE) == lone)
    home = np.where(lone, ALONE, np.where(staying, home, _UNKNOWN))
    joined = settled(tied, _joined(tied, home))
    staying &= (joined == home) | lone
    late = ~staying | np.append(before.late or np.zeros(len(before.ids), bool), True)[former]
    if late.sum() * 3 > max(len(former), _FEW):
        return None
    spots = np.column_stack([np.append(axis, 0)[former] for axis in (before.x, before.y)]).astype(np.int64)
    ground = Ground(spots, sizes, joined, staying)
    _place(ground, tied, set(home[staying].tolist()))
    return Kept(joined, ground.spots, late) if np.abs(ground.spots).max() <= farthest(len(former)) else None


def resembling(anew: Kept, former: Integers, before: Places) -> Kept:
    """A new map, turned or mirrored to be as similar as possible to the one before.

    Communities keep their numbers by best overlap; a new one gets one that is not in use.
    """
    both = np.flatnonzero(former >= 0)
    then = np.column_stack((before.x, before.y))[former[both]] / STRETCH
    now, was = (row[:, 0] + 1j * row[:, 1] for row in (anew.spots / STRETCH, then))
    was = was - was.mean()
    middle = now[both].mean()
    kept, mirrored = ((was * turned).sum() for turned in ((now[both] - middle).conj(), now[both] - middle))
    spots = now.conj() if abs(mirrored) > abs(kept) else now
    best = mirrored if abs(mirrored) > abs(kept) else kept
    spots = spots * (best / abs(best) if abs(best) > 0 else 1.0)
    home = _renumbered(anew.home, both, np.array(before.communities, np.int64)[former[both]])
    return Kept(home, np.round(np.column_stack((spots.real, spots.imag)) * STRETCH).astype(np.int64), anew.late)


def _renumbered(home: Integers, both: Integers, was: Integers) -> Integers:
    """Communities with the numbers of those that share most nodes with them, the largest share first."""
    tied = (home[both] != ALONE) & (was != ALONE)
    pairs, common = np.unique(np.column_stack((home[both], was))[tied], axis=0, return_counts=True)
    numbers: dict[int, int] = {ALONE: ALONE}
    for now, then in pairs[np.argsort(-common, kind="stable")].tolist():
        if now not in numbers and then not in numbers.values():
            numbers[now] = then
    for now in sorted(set(home.tolist()) - numbers.keys()):
        numbers[now] = _unused(np.array(list(numbers.values())))
    return np.array([numbers[now] for now in home.tolist()], np.int64)


# ------------------------------------------------------------------ whom it joins


def _joined(tied: Ties, home: Integers) -> Integers:
    """Give new nodes a community: a new one if they belong together, else the one they are tied to most.

    An old node that nothing else ties to its community any more pulls more: it would have to leave.
    """
    home = home.copy()
    new = np.flatnonzero(home == _UNKNOWN)
    if not len(new):
        return home
    own = communities(tied.among(new))
    for group in np.flatnonzero(_independent(tied, home, new, own)).tolist():
        home[new[own == group]] = _unused(home)
    begins, ends, weights = tied.both_ways()
    held = sums(begins, np.where((home[begins] == home[ends]) & (home[ends] >= 0), weights, 0), tied.size)
    weights = np.where(held[ends] == 0, _LAST * weights, weights)
    while True:
        open_ones = (home[begins] == _UNKNOWN) & (home[ends] != _UNKNOWN)
        if not open_ones.any():
            break
        nodes, places = strongest(begins[open_ones], home[ends[open_ones]], weights[open_ones])
        home[nodes] = places
    for group in range(int(own.max()) + 1):
        left = new[(own == group) & (home[new] == _UNKNOWN)]
        if len(left):
            home[left] = _unused(home)
    return home


def _independent(tied: Ties, home: Integers, new: Integers, own: Integers) -> Bools:
    """Tell which groups of new nodes are tied more to each other than to all old ones."""
    group = np.full(tied.size, -1)
    group[new] = own
    count = int(own.max()) + 1
    inner = (group[tied.ones] == group[tied.others]) & (group[tied.ones] >= 0)
    within = sums(group[tied.ones[inner]], tied.weights[inner], count)
    begins, ends, weights = tied.both_ways()
    outer = (group[begins] >= 0) & (home[ends] != _UNKNOWN)
    without = sums(group[begins[outer]], weights[outer], count)
    return np.asarray((np.bincount(own, minlength=count) >= _ISLAND) & (within > without))


def _unused(home: Integers) -> int:
    """The smallest number that no community has."""
    used = set(home.tolist())
    return next(number for number in range(len(used) + 1) if number not in used)


# ------------------------------------------------------------------ where it goes


def _place(ground: Ground, tied: Ties, old: set[int]) -> None:
    """Place all nodes without a place: first whole new communities, then single nodes, then nodes without ties."""
    near = _neighbours(tied, ground)
    waiting = np.flatnonzero(~ground.placed)
    for number in sorted(set(ground.home[waiting].tolist()) - old - {ALONE}):
        _put_island(ground, tied, waiting[ground.home[waiting] == number], near)
    single = [node for node in np.flatnonzero(~ground.placed).tolist() if ground.home[node] != ALONE]
    while single:
        ready = [node for node in single if ground.placed[[other for other, _ in near[node]]].any()] or single[:1]
        for node in ready:
            spot = ground.spot_near(_wish(ground, near[node], ground.home[node]), node)
            if spot is not None:
                ground.put(node, spot)
        _put_crowds(ground, tied, np.array(ready)[~ground.placed[ready]], near)
        single = [node for node in single if not ground.placed[node]]
    lone = np.flatnonzero(~ground.placed)
    if len(lone):
        ground.on_the_ring(lone, np.flatnonzero((ground.home == ALONE) & ground.placed), STRETCH)


def _neighbours(tied: Ties, ground: Ground) -> dict[int, list[tuple[int, int]]]:
    """The ties of each node without a place, and their strength."""
    begins, ends, weights = tied.both_ways()
    wanted = ~ground.placed[begins]
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for node, other, weight in zip(*(part[wanted].tolist() for part in (begins, ends, weights)), strict=True):
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


def _put_crowds(ground: Ground, tied: Ties, nodes: Integers, near: dict[int, list[tuple[int, int]]]) -> None:
    """Put nodes that found no room side by side, those of each community together."""
    for number in np.unique(ground.home[nodes]).tolist():
        _put_island(ground, tied, nodes[ground.home[nodes] == number], near)


def _put_island(ground: Ground, tied: Ties, nodes: Integers, near: dict[int, list[tuple[int, int]]]) -> None:
    """Lay out a whole new community by itself, and put it where it overlaps nothing."""
    within = tied.among(nodes)
    room = ground.sizes[nodes] + air(int(ground.placed.sum()))
    together = np.zeros(len(nodes), np.int64)
    spots = without_overlaps(inside(together, within, room), room) * STRETCH
    wish = _wish(ground, [pair for node in nodes.tolist() for pair in near[node]])
    middle = ground.window(wish, radii_of(together, room)[0] * STRETCH)
    for node, spot in zip(nodes.tolist(), np.round(middle + spots).astype(np.int64), strict=True):
        ground.put(node, spot)
