"""A new map that is turned, mirrored and numbered so that it resembles the one before."""

import numpy as np

from vault_tools.map.arrangement import Arrangement, unused
from vault_tools.map.packing import STRETCH
from vault_tools.map.ties import Integers
from vault_tools.model.places import ALONE, Places


def resembling(new: Arrangement, former: Integers, before: Places) -> Arrangement:
    """A new map, turned or mirrored to be as similar as possible to the one before.

    Communities keep their numbers by best overlap; a new one gets one that is not in use.
    """
    both = np.flatnonzero(former >= 0)
    then = np.column_stack((before.x, before.y))[former[both]] / STRETCH
    now, was = (row[:, 0] + 1j * row[:, 1] for row in (new.spots / STRETCH, then))
    was = was - was.mean()
    middle = now[both].mean()
    kept, mirrored = ((was * turned).sum() for turned in ((now[both] - middle).conj(), now[both] - middle))
    spots = now.conj() if abs(mirrored) > abs(kept) else now
    best = mirrored if abs(mirrored) > abs(kept) else kept
    spots = spots * (best / abs(best) if abs(best) > 0 else 1.0)
    home = _renumbered(new.home, both, np.array(before.communities, np.int64)[former[both]])
    return Arrangement(home, np.round(np.column_stack((spots.real, spots.imag)) * STRETCH).astype(np.int64), new.late)


def _renumbered(home: Integers, both: Integers, was: Integers) -> Integers:
    """Communities with the numbers of those that share most nodes with them, the largest share first."""
    tied = (home[both] != ALONE) & (was != ALONE)
    pairs, common = np.unique(np.column_stack((home[both], was))[tied], axis=0, return_counts=True)
    numbers: dict[int, int] = {ALONE: ALONE}
    for now, then in pairs[np.argsort(-common, kind="stable")].tolist():
        if now not in numbers and then not in numbers.values():
            numbers[now] = then
    for now in sorted(set(home.tolist()) - numbers.keys()):
        numbers[now] = unused(np.array(list(numbers.values())))
    return np.array([numbers[now] for now in home.tolist()], np.int64)
