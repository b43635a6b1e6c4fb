"""The members of each community laid out around its middle: linked ones near each other, all evenly spread."""

import math

import numpy as np

from vault_tools.map.ties import LINK, Floats, Integers, Ties

_FEW = 1000
_STEPS = 90
_PAIRS_A_STEP = 60_000
_TINY = 1e-6
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))


def inside(home: Integers, ties: Ties, room: Floats) -> Floats:
    """Places around (0, 0) for the members of every community, all communities at the same time."""
    sizes = np.bincount(home)
    order = np.argsort(home, kind="stable")
    rank = np.empty(len(home), np.int64)
    rank[order] = np.arange(len(home)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = _sunflower(rank)
    inner = home[ties.ones] == home[ties.others]
    if inner.any():
        bonds = Ties(ties.size, ties.ones[inner], ties.others[inner], ties.weights[inner])
        places = _relaxed(places, home, bonds, order, rank)
    return _evened(places, home, order, room)


def _sunflower(rank: Integers) -> Floats:
    """Points that fill a disc evenly, from the middle outwards."""
    radius, angle = np.sqrt(rank + 0.5), rank * _GOLDEN
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _relaxed(places: Floats, home: Integers, ties: Ties, order: Integers, rank: Integers) -> Floats:
    """Linked nodes drawn together, the members of a community pushed apart, in ever smaller steps.

    Each step is rounded: machines that differ in the last bit draw the same map.
    """
    sizes = np.bincount(home)
    size, start = sizes[home], (np.cumsum(sizes) - sizes)[home]
    samples = int(max(1, min(sizes.max() - 1, 64, _PAIRS_A_STEP // len(home))))
    steps = _STEPS if len(home) <= _FEW else _STEPS // 3
    chance = np.random.default_rng(7)
    reach = np.sqrt(size)
    strength = np.minimum(ties.weights / LINK, 3.0) * 0.5
    for step in range(steps):
        share = (np.arange(samples) + chance.random(samples)) / samples
        shift = 1 + (share[:, None] * np.maximum(size - 1, 1)).astype(np.int64)
        partner = order[start + (rank + shift) % size]
        force = _repulsion(places, partner, (size - 1) / samples) + _attraction(places, ties, strength)
        force -= places * (0.5 / reach)[:, None]
        length = np.sqrt((force**2).sum(axis=1)) + _TINY
        heat = 0.35 * reach * (1.0 - step / steps) ** 1.5 + 0.02
        places = np.round(places + force * (np.minimum(length, heat) / length)[:, None], 6)
    return places


def _repulsion(places: Floats, partner: Integers, share: Floats) -> Floats:
    """The push of a sample of each node's own community, scaled up to the whole of it."""
    x, y = places[:, 0], places[:, 1]
    apart_x, apart_y = x - x[partner], y - y[partner]
    push = 1.0 / (apart_x**2 + apart_y**2 + 0.05)
    return np.column_stack(((apart_x * push).sum(axis=0) * share, (apart_y * push).sum(axis=0) * share))


def _attraction(places: Floats, ties: Ties, strength: Floats) -> Floats:
    """The pull of ties, growing with their length."""
    apart = places[ties.others] - places[ties.ones]
    apart *= (np.sqrt((apart**2).sum(axis=1)) * strength)[:, None]
    pull = [
        np.bincount(ties.ones, apart[:, axis], ties.size) - np.bincount(ties.others, apart[:, axis], ties.size)
        for axis in (0, 1)
    ]
    return np.column_stack(pull)


def _evened(places: Floats, home: Integers, order: Integers, room: Floats) -> Floats:
    """The same picture with even density: distance from the middle follows the area of the nodes further in."""
    sizes = np.bincount(home)
    centre = np.column_stack([np.bincount(home, places[:, axis]) / sizes for axis in (0, 1)])
    apart = places - centre[home]
    radius = np.sqrt((apart**2).sum(axis=1))
    outwards = np.lexsort((order, radius, home))
    area = np.cumsum(room[outwards] ** 2)
    before = np.concatenate(([0.0], area))[(np.cumsum(sizes) - sizes)]
    even = np.empty(len(home))
    even[outwards] = np.sqrt(np.maximum(area - before[home[outwards]] - room[outwards] ** 2 * 0.5, 0.0)) * 1.12
    even[(sizes == 1)[home]] = 0.0
    return np.asarray(apart * (even / np.maximum(radius, 1e-9))[:, None])
