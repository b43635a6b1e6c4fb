"""One level of Louvain's method: nodes move to the community where modularity gains most."""

import numpy as np

from vault_tools.map.ties import Bools, Integers, Ties, group_sums

_SWEEPS = 40


def moved(level: Ties, loops: Integers) -> Integers:
    """Nodes move to the neighbouring community where modularity gains most, half at a time, until few wish to."""
    home = np.arange(level.size)
    if not len(level.ones):
        return home
    begins, ends, weights = level.both_ways()
    strength = group_sums(begins, weights, level.size) + 2 * loops
    for sweep in range(_SWEEPS):
        best = _best(home, (begins, ends, weights), strength)
        wishing = np.flatnonzero(best != home)
        if len(wishing) * 500 <= level.size and (sweep > 1 or not len(wishing)):
            break
        moving = wishing[_half(wishing, sweep)]
        home[moving] = best[moving]
    return home


def _best(home: Integers, ends: tuple[Integers, Integers, Integers], strength: Integers) -> Integers:
    """The community where each node would add most to modularity; its own, if no other is better."""
    node, place, pull = _pulls(home, ends)
    count = len(home)
    total, whole = group_sums(home, strength, count), int(strength.sum())
    own = place == home[node]
    gain = whole * pull - strength[node] * (total[place] - np.where(own, strength[node], 0))
    stay = -strength * (total[home] - strength)
    stay[node[own]] = gain[own]
    start = np.flatnonzero(np.concatenate(([True], node[1:] != node[:-1])))
    most = np.full(count, np.iinfo(np.int64).min)
    most[node[start]] = np.maximum.reduceat(gain, start)
    best, winning = home.copy(), (gain == most[node]) & (gain > stay[node])
    best[node[winning][::-1]] = place[winning][::-1]
    return best


def _pulls(home: Integers, ends: tuple[Integers, Integers, Integers]) -> tuple[Integers, Integers, Integers]:
    """Each node with each community that it is tied to, in order, and the strength of these ties."""
    begins, others, weights = ends
    keys = begins * len(home) + home[others]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    pull = np.add.reduceat(weights[order], first)
    return keys[first] // len(home), keys[first] % len(home), pull


def _half(nodes: Integers, sweep: int) -> Bools:
    """About half of the nodes, different ones in each sweep: two that want to join each other must not just swap."""
    mixed = (nodes + 1 + sweep * 7_919) * 0x9E3779B1 & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x85EBCA77 & 0xFFFFFFFF
    return np.asarray((mixed ^ mixed >> 13) >> 7 & 1 == 0)
