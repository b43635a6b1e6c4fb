"""Which community a new node joins."""

import numpy as np

from vault_tools.map.arrangement import unused
from vault_tools.map.communities import communities, strongest
from vault_tools.map.ties import Bools, Integers, Ties, group_sums

UNKNOWN = -2
"""The community of a node that has none yet."""
_ISLAND = 8
_LAST = 4


def join(tied: Ties, home: Integers) -> Integers:
    """Give new nodes a community: a new one if they belong together, else the one they are tied to most.

    An old node that nothing else ties to its community any more pulls more: it would have to leave.
    """
    home = home.copy()
    new = np.flatnonzero(home == UNKNOWN)
    if not len(new):
        return home
    own = communities(tied.among(new))
    for group in np.flatnonzero(_independent(tied, home, new, own)).tolist():
        home[new[own == group]] = unused(home)
    _follow(tied, home)
    for group in range(int(own.max()) + 1):
        left = new[(own == group) & (home[new] == UNKNOWN)]
        if len(left):
            home[left] = unused(home)
    return home


def _follow(tied: Ties, home: Integers) -> None:
    """Let nodes join the community that pulls them most, then those that are tied to them, as long as there are any."""
    begins, ends, weights = tied.both_ways()
    inside = (home[begins] == home[ends]) & (home[ends] >= 0)
    bound = group_sums(begins, np.where(inside, weights, 0), tied.size)
    weights = np.where(bound[ends] == 0, _LAST * weights, weights)
    while True:
        open_ones = (home[begins] == UNKNOWN) & (home[ends] != UNKNOWN)
        if not open_ones.any():
            return
        nodes, places = strongest(begins[open_ones], home[ends[open_ones]], weights[open_ones])
        home[nodes] = places


def _independent(tied: Ties, home: Integers, new: Integers, own: Integers) -> Bools:
    """Tell which groups of new nodes are tied more to each other than to all old ones."""
    group = np.full(tied.size, -1)
    group[new] = own
    count = int(own.max()) + 1
    inner = (group[tied.ones] == group[tied.others]) & (group[tied.ones] >= 0)
    within = group_sums(group[tied.ones[inner]], tied.weights[inner], count)
    begins, ends, weights = tied.both_ways()
    outer = (group[begins] >= 0) & (home[ends] != UNKNOWN)
    without = group_sums(group[begins[outer]], weights[outer], count)
    return np.asarray((np.bincount(own, minlength=count) >= _ISLAND) & (within > without))
