"""Which nodes belong together: Louvain's method for all nodes together, in integers, so that every machine agrees."""

import numpy as np

from vault_tools.map.modularity import moved
from vault_tools.map.ties import Integers, Ties, group_sums, summed

_LEVELS = 8
_SMALL = 4
_MOST = 200


def communities(ties: Ties) -> Integers:
    """The community of each node, numbered from the largest down; a node without ties is a community by itself."""
    home, level, loops = np.arange(ties.size), ties, np.zeros(ties.size, np.int64)
    for _ in range(_LEVELS):
        names, seat = np.unique(moved(level, loops), return_inverse=True)
        seat = seat.reshape(-1)
        if len(names) == level.size:
            break
        home = seat[home]
        loops = group_sums(seat, loops, len(names)) + _inside(level, seat, len(names))
        level = summed(len(names), seat[level.ones], seat[level.others], level.weights)
    return by_size(settled(ties, _small_ones_joined(ties, home)))


def settled(ties: Ties, home: Integers) -> Integers:
    """The same communities, but no node stays in one without a tie to it while it has ties to others.

    Each move strengthens the ties within communities, so this ends, and a second run changes nothing.
    """
    home = home.copy()
    begins, ends, weights = ties.both_ways()
    first = np.searchsorted(begins, np.arange(ties.size + 1))
    while True:
        own = group_sums(begins, np.where(home[begins] == home[ends], weights, 0), ties.size)
        lost = np.flatnonzero((own == 0) & (np.diff(first) > 0)).tolist()
        if not lost:
            return home
        for node in lost:
            span = slice(first[node], first[node + 1])
            pulls = np.bincount(home[ends[span]], weights[span], home[node] + 1)
            if not pulls[home[node]]:
                home[node] = pulls.argmax()


def strongest(nodes: Integers, places: Integers, weights: Integers) -> tuple[Integers, Integers]:
    """Each of some nodes once, in order, with the place that pulls it most."""
    many = int(places.max()) + 1
    keys, number = np.unique(nodes * many + places, return_inverse=True)
    pull = np.bincount(number.reshape(-1), weights)
    keys = keys[np.lexsort((-(keys % many), pull, keys // many))]
    last = np.append(keys[1:] // many != keys[:-1] // many, True)
    return keys[last] // many, keys[last] % many


def by_size(home: Integers) -> Integers:
    """The same communities, numbered from the largest down."""
    _, first, numbers, sizes = np.unique(home, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first))
    return rank[numbers.reshape(-1)]


def _inside(level: Ties, seat: Integers, count: int) -> Integers:
    """The ties between the nodes of each community."""
    inner = seat[level.ones] == seat[level.others]
    return group_sums(seat[level.ones[inner]], level.weights[inner], count)


def _small_ones_joined(ties: Ties, home: Integers) -> Integers:
    """Very small communities join the one they are tied to most; so do the smallest if there are too many."""
    home = by_size(home)
    sizes = np.bincount(home)
    limit = sizes[_MOST - 1] if len(sizes) > _MOST else 0
    small = (sizes < _SMALL) | (sizes < limit)
    begins, ends, weights = ties.both_ways()
    leaving = small[home[begins]] & ~small[home[ends]]
    joined = home.copy()
    if leaving.any():
        nodes, places = strongest(begins[leaving], home[ends[leaving]], weights[leaving])
        joined[nodes] = places
    return joined
