"""Communities on the page, as circles: tied ones near each other, the rest on rings outside."""

import math

import numpy as np
from numpy.typing import NDArray

from vault_tools.map.ties import LINK, Floats, Integers, Ties

STRETCH = np.array((1.25, 1.0))
"""A map is wider than it is high; circles are drawn as ellipses."""
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
_RAYS = np.column_stack((np.cos(np.arange(16) * math.pi / 8), np.sin(np.arange(16) * math.pi / 8)))
_MOST = 240
_TINY = 1e-9
_STEPS = 100
_PAIRS = 3_000_000
_NOTHING = np.zeros((len(_RAYS), 1))


def radii_of(home: Integers, room: Floats) -> Floats:
    """The radius of each community's circle: the area its nodes claim, and a margin."""
    return np.asarray(1.12 * np.sqrt(np.bincount(home, room**2)) + 14.0)


def pack_circles(radii: Floats, home: Integers, ties: Ties) -> Floats:
    """The middle of each community's circle: the largest around the centre, each near those it is tied to."""
    count = len(radii)
    central = min(count, _MOST)
    centres = np.zeros((count, 2))
    bonds = np.zeros((central, central))
    ones, others = home[ties.ones], home[ties.others]
    outer = (ones != others) & (np.maximum(ones, others) < central)
    np.add.at(bonds, (ones[outer], others[outer]), ties.weights[outer] / LINK)
    bonds = (bonds + bonds.T) / np.sqrt(np.outer(radii[:central], radii[:central]))
    clustered = _pressed(_clustered(radii[:central], bonds), radii[:central], bonds)
    centres[:central] = centred(clustered, radii[:central])
    edge = float(np.max(np.hypot(*centres[:central].T) + radii[:central], initial=0.0))
    centres[central:] = rings(radii[central:], edge)
    return centres


def centred(centres: Floats, radii: Floats) -> Floats:
    """The same circles with the middle of the smallest ring around all of them, nearly, at (0, 0)."""
    if not len(radii):
        return centres
    low, high = (centres - radii[:, None]).min(axis=0), (centres + radii[:, None]).max(axis=0)
    middle = (low + high) / 2.0
    for turn in range(2, 200):
        away = centres - middle
        distance = np.sqrt((away**2).sum(axis=1))
        farthest = int((distance + radii).argmax())
        middle = middle + away[farthest] / turn * (1.0 + radii[farthest] / max(distance[farthest], 1.0)) * 0.5
    return np.asarray(centres - middle)


def _clustered(radii: Floats, bonds: Floats) -> Floats:
    """Circles put down one after the other, each as near as it can be to those it is tied to."""
    centres = np.zeros((len(radii), 2))
    waiting, tied = np.ones(len(radii), bool), bonds.max(axis=1, initial=0.0) > 0
    pull = radii * np.where(tied, 1e-6, 1e-9)
    for turn in range(len(radii)):
        circle = int(np.argmax(np.where(waiting, pull, -1.0)))
        waiting[circle] = False
        done = np.flatnonzero(~waiting)
        done = done[done != circle]
        if turn:
            heart = done[tied[done]] if not tied[circle] else done
            wish = _wish(bonds[circle, heart], centres[heart], radii[heart], turn)
            centres[circle] = _nearest_gap(wish, radii[circle], centres[done], radii[done], turn)
        pull = pull + bonds[circle]
    return centres


def _wish(bonds: Floats, centres: Floats, radii: Floats, turn: int) -> Floats:
    """The best places for a circle: among those it is tied to; without ties, at the edge, in every direction."""
    if bonds.any():
        weight = bonds + 1e-3 * radii
        return np.asarray((centres * weight[:, None]).sum(axis=0) / weight.sum() * 0.9)
    rim = float((np.hypot(*centres.T) + radii).max(initial=0.0))
    return np.array((math.cos(turn * _GOLDEN), math.sin(turn * _GOLDEN))) * rim


def _pressed(centres: Floats, radii: Floats, bonds: Floats) -> Floats:
    """The same circles drawn towards the middle and towards those they are tied to, until they touch."""
    steps = min(_STEPS, int(_PAIRS / len(radii) ** 2)) if len(radii) > 1 else 0
    weight = np.sqrt(bonds)
    total = np.maximum(weight.sum(axis=1), _TINY)
    for step in range(steps):
        heat = 0.12 * (1.0 - step / steps)
        towards = np.column_stack([(weight * centres[:, axis]).sum(axis=1) / total for axis in (0, 1)])
        towards = np.where(total[:, None] > _TINY, towards, centres)
        centres = centres + heat * (0.5 * (towards - centres) - 0.5 * centres)
        for _ in range(3):
            centres = _unstacked(centres, radii, 0.5)
    for _ in range(2 * steps):
        centres = _unstacked(centres, radii, 0.6)
    return np.asarray(centres)


def _unstacked(centres: Floats, radii: Floats, share: float) -> Floats:
    """Move circles that overlap apart, the smaller one more."""
    across, down = (centres[:, None, axis] - centres[None, :, axis] for axis in (0, 1))
    distance = np.maximum(np.sqrt(across**2 + down**2), 1e-3)
    area = radii**2
    push = np.maximum(radii[:, None] + radii[None, :] - distance, 0.0) * share / distance
    push *= area[None, :] / (area[:, None] + area[None, :])
    np.fill_diagonal(push, 0.0)
    moves = np.column_stack(((across * push).sum(axis=1), (down * push).sum(axis=1)))
    return np.asarray(np.round(centres + moves, 6))


def _nearest_gap(wish: Floats, radius: float, centres: Floats, radii: Floats, turn: int) -> Floats:
    """The free place nearest to a wish along a fan of rays: on each, circles block stretches, and gaps remain.

    The fan turns a little each time; otherwise the circles would line up along its rays.
    """
    sine, cosine = math.sin(turn * _GOLDEN), math.cos(turn * _GOLDEN)
    rays = _RAYS @ np.array(((cosine, sine), (-sine, cosine)))
    away = centres - wish
    along = rays @ away.T
    half = np.sqrt(np.maximum((radii + radius) ** 2 - (away**2).sum(axis=1) + along**2, 0.0))
    begins = np.where(half > 0, along - half, np.inf)
    ends = np.where(half > 0, along + half, 0.0)
    order = np.argsort(begins, axis=1)
    begins, ends = np.take_along_axis(begins, order, axis=1), np.take_along_axis(ends, order, axis=1)
    blocked = np.concatenate((_NOTHING, np.maximum.accumulate(np.maximum(ends, 0.0), axis=1)), axis=1)
    free = np.concatenate((begins, _NOTHING + np.inf), axis=1) >= blocked
    distance = blocked[np.arange(len(rays)), free.argmax(axis=1)]
    ray = int(distance.argmin())
    return np.asarray(wish + rays[ray] * distance[ray])


def rings(radii: Floats, edge: float) -> Floats:
    """Circles side by side on rings outside `edge`, all rings equally full."""
    radius = float(radii.max(initial=1.0))
    step = 2.16 * radius
    rim = edge + step * (np.arange(2 + int(math.sqrt(len(radii)))) + (0.6 if edge else 0.0))
    holds = np.maximum(1, (2.0 * math.pi * rim / step).astype(np.int64))
    many = int(np.searchsorted(holds.cumsum(), len(radii))) + 1
    share = np.diff(np.round(np.append(0, holds[:many].cumsum()) * len(radii) / holds[:many].sum())).astype(np.int64)
    ring = np.repeat(np.arange(many), share)
    rank = np.arange(len(radii)) - (share.cumsum() - share)[ring]
    angle = (rank + 0.5) * 2.0 * math.pi / share[ring]
    return np.column_stack((rim[ring] * np.cos(angle), rim[ring] * np.sin(angle)))


def turned(inside: Floats, centres: Floats, home: Integers, ties: Ties) -> Floats:
    """Each community turned, or mirrored, so that its nodes face the outside nodes they are tied to."""
    node, other, weight = ties.both_ways()
    spot, middle = inside[:, 0] + 1j * inside[:, 1], centres[:, 0] + 1j * centres[:, 1]
    wish = (middle[home[other]] - middle[home[node]]) * weight.astype(np.complex128)
    kept = _summed(home[node], wish * spot[node].conj(), len(centres))
    mirrored = _summed(home[node], wish * spot[node], len(centres))
    flip = np.abs(mirrored) > np.abs(kept)
    best = np.where(flip, mirrored, kept)
    turn = np.where(np.abs(best) > 0, best / np.maximum(np.abs(best), 1e-12), 1.0)
    spot = np.where(flip[home], spot.conj(), spot) * turn[home]
    return np.column_stack((spot.real, spot.imag))


def _summed(group: Integers, values: NDArray[np.complex128], count: int) -> NDArray[np.complex128]:
    """The sum of complex values in each group."""
    return np.asarray(np.bincount(group, values.real, count) + 1j * np.bincount(group, values.imag, count))
