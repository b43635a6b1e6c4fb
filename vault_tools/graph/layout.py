"""Where each node of a graph is drawn.

Communities are found, each is laid out by itself, and their circles are packed around the centre with strongly
linked ones near each other; small islands and lone nodes stand on rings outside. The same graph gives the same map.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.places import Places

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Links = tuple[Integers, Integers, Floats]
Neighbours = list[dict[int, float]]

_SWEEPS = 8
_LEVELS = 6
_RESOLUTION = 1.0
_SMALL = 4
_MOST_COMMUNITIES = 200
_ISLAND = 12
_FEW = 1000
_STEPS = 90
_TINY = 1e-6
_PAIRS_A_STEP = 60_000
_WIDTH = 1.25
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
_RAYS = np.column_stack((np.cos(np.arange(16) * math.pi / 8), np.sin(np.arange(16) * math.pi / 8)))
_NOTHING = np.zeros((len(_RAYS), 1))


def layout(nodes: Sequence[str], edges: Iterable[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Give every node a place, in the order of `nodes`; an edge is two positions in `nodes` and a weight above 0."""
    count = len(nodes)
    if not count:
        return []
    neighbours = _neighbours(count, edges)
    links = _links(neighbours)
    room = _room(np.array([len(near) for near in neighbours], dtype=np.float64))
    home = _communities(neighbours)
    places = _placed(home, links, room)
    places = _without_overlaps(places, room) * (_WIDTH, 1.0)
    return [(x, y) for x, y in np.round(places, 1).tolist()]


def places(graph: KnowledgeGraph, before: Places | None = None) -> Places:  # stand-in until the steady layout is merged
    """Return where each node stands."""
    position = {name: number for number, name in enumerate(graph.nodes)}
    edges = [(position[e.source], position[e.target], 1.0) for e in graph.edges]
    found = layout(list(graph.nodes), edges)
    home = _communities(_neighbours(len(position), edges)).tolist()
    return Places(
        tuple(position),
        tuple(round(x) for x, _ in found),
        tuple(round(y) for _, y in found),
        tuple(h if h < 200 else -1 for h in home),
    )


def dot_radius(links: int) -> float:
    """How large the dot of a node with so many links is drawn."""
    return round(min(26.0, 5.0 + 1.9 * math.sqrt(links)), 1)


# ------------------------------------------------------------------ the graph as numbers


def _neighbours(count: int, edges: Iterable[tuple[int, int, float]]) -> Neighbours:
    """Sum the weights of both directions; a link to oneself says nothing about place."""
    neighbours: Neighbours = [{} for _ in range(count)]
    for one, other, weight in edges:
        if one != other and weight > 0:
            neighbours[one][other] = neighbours[one].get(other, 0.0) + weight
            neighbours[other][one] = neighbours[other].get(one, 0.0) + weight
    return neighbours


def _links(neighbours: Neighbours) -> Links:
    """Every pair of linked nodes once, as three arrays."""
    pairs = [
        (one, other, weight) for one, near in enumerate(neighbours) for other, weight in near.items() if one < other
    ]
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    ones, others, weights = zip(*pairs, strict=True)
    return np.array(ones, np.int64), np.array(others, np.int64), np.array(weights)


def _room(degrees: Floats) -> Floats:
    """The radius each node claims: its dot and some air, more air where few linked nodes share the page."""
    air = 12.0 + 30.0 * min(1.0, 150.0 / max(1, int(np.count_nonzero(degrees))))
    return np.minimum(26.0, 5.0 + 1.9 * np.sqrt(degrees)) + np.where(degrees > 0, air, 12.0)


# ------------------------------------------------------------------ communities


def _communities(neighbours: Neighbours) -> Integers:
    """The community of each node, numbered from the largest down; a lone node is a community of one."""
    home = list(range(len(neighbours)))
    level = neighbours
    loops = [0.0] * len(neighbours)
    for _ in range(_LEVELS):
        moved, changed = _local_moves(level, loops)
        if not changed:
            break
        names = {name: number for number, name in enumerate(dict.fromkeys(moved))}
        moved = [names[name] for name in moved]
        home = [moved[place] for place in home]
        level, loops = _merged(level, loops, moved, len(names))
    return _by_size(_small_ones_joined(np.array(home, np.int64), neighbours))


def _local_moves(neighbours: Neighbours, loops: list[float]) -> tuple[list[int], bool]:
    """Move each node to the neighbouring community where modularity gains most, until hardly any moves."""
    strength = [sum(near.values()) + 2.0 * loop for near, loop in zip(neighbours, loops, strict=True)]
    home = list(range(len(neighbours)))
    total = strength.copy()
    scale = _RESOLUTION / (sum(strength) or 1.0)
    changed = False
    for _ in range(_SWEEPS):
        moves = sum(
            _moved(node, near, home, total, strength[node], scale) for node, near in enumerate(neighbours) if near
        )
        changed = changed or moves > 0
        if moves * 100 <= len(neighbours):
            break
    return home, changed


def _moved(
    node: int, near: dict[int, float], home: list[int], total: list[float], strength: float, scale: float
) -> bool:
    """Move one node to its best community; True if it left the old one."""
    old = home[node]
    total[old] -= strength
    pull: dict[int, float] = {old: 0.0}
    for other, weight in near.items():
        place = home[other]
        pull[place] = pull.get(place, 0.0) + weight
    cost = strength * scale
    best, most = old, pull[old] - cost * total[old]
    for place, weight in pull.items():
        gain = weight - cost * total[place]
        if gain > most + 1e-9:
            best, most = place, gain
    home[node] = best
    total[best] += strength
    return best != old


def _merged(neighbours: Neighbours, loops: list[float], home: list[int], count: int) -> tuple[Neighbours, list[float]]:
    """The graph whose nodes are the communities."""
    above: Neighbours = [{} for _ in range(count)]
    inside = [0.0] * count
    for node, near in enumerate(neighbours):
        place = home[node]
        inside[place] += loops[node]
        row = above[place]
        for other, weight in near.items():
            target = home[other]
            if target == place:
                inside[place] += weight / 2.0
            else:
                row[target] = row.get(target, 0.0) + weight
    return above, inside


def _small_ones_joined(home: Integers, neighbours: Neighbours) -> Integers:
    """Very small communities join the one they are linked to most, and so do the least of too many."""
    sizes = np.bincount(home)
    limit = np.sort(sizes)[-_MOST_COMMUNITIES] if len(sizes) > _MOST_COMMUNITIES else 0
    small = (sizes < _SMALL) | (sizes < limit)
    joined = home.copy()
    for node in np.flatnonzero(small[home]).tolist():
        pull: dict[int, float] = {}
        for other, weight in neighbours[node].items():
            if not small[home[other]]:
                pull[int(home[other])] = pull.get(int(home[other]), 0.0) + weight
        if pull:
            joined[node] = max(pull, key=lambda place: (pull[place], -place))
    return joined


def _by_size(home: Integers) -> Integers:
    """The same communities, numbered from the largest down."""
    _, first, numbers, sizes = np.unique(home, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[numbers.reshape(-1)]


# ------------------------------------------------------------------ places


def _placed(home: Integers, links: Links, room: Floats) -> Floats:
    """Each community laid out inside, all of them packed, each turned towards what it is linked to."""
    ones, others, weights = links
    inner = home[ones] == home[others]
    inside = _inside(home, (ones[inner], others[inner], weights[inner]), room)
    radii = _radii(home, room)
    outer = (ones[~inner], others[~inner], weights[~inner])
    centres = _packed(radii, np.bincount(home), (home[outer[0]], home[outer[1]], outer[2]))
    return centres[home] + _turned(inside, centres, home, outer)


def _radii(home: Integers, room: Floats) -> Floats:
    """The radius of each community's circle: the area its nodes claim, and a margin."""
    area = np.bincount(home, weights=room**2)
    alone = np.bincount(home) == 1
    return np.asarray(np.where(alone, np.sqrt(area), 1.18 * np.sqrt(area) + 14.0))


def _inside(home: Integers, links: Links, room: Floats) -> Floats:
    """Places around (0, 0) for the members of every community, all communities at the same time."""
    sizes = np.bincount(home)
    order = np.argsort(home, kind="stable")
    rank = np.empty(len(home), np.int64)
    rank[order] = np.arange(len(home)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = _sunflower(rank)
    if len(links[0]):
        places = _relaxed(places, home, links, order, rank)
    return _evened(places, home, order, room)


def _sunflower(rank: Integers) -> Floats:
    """Points that fill a disc evenly, from the middle outwards."""
    radius, angle = np.sqrt(rank + 0.5), rank * _GOLDEN
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _relaxed(places: Floats, home: Integers, links: Links, order: Integers, rank: Integers) -> Floats:
    """Linked nodes drawn together, the members of a community pushed apart, in ever smaller steps."""
    sizes = np.bincount(home)
    size, start = sizes[home], (np.cumsum(sizes) - sizes)[home]
    samples = int(max(1, min(sizes.max() - 1, 64, _PAIRS_A_STEP // len(home))))
    steps = _STEPS if len(home) <= _FEW else _STEPS // 3
    chance = np.random.default_rng(7)
    reach = np.sqrt(size)
    for step in range(steps):
        share = (np.arange(samples) + chance.random(samples)) / samples
        shift = 1 + (share[:, None] * np.maximum(size - 1, 1)).astype(np.int64)
        partner = order[start + (rank + shift) % size]
        force = _repulsion(places, partner, (size - 1) / samples) + _attraction(places, links, len(home))
        force -= places * (0.5 / reach)[:, None]
        length = np.sqrt((force**2).sum(axis=1)) + _TINY
        heat = 0.35 * reach * (1.0 - step / steps) ** 1.5 + 0.02
        places = places + force * (np.minimum(length, heat) / length)[:, None]
    return places


def _repulsion(places: Floats, partner: Integers, share: Floats) -> Floats:
    """The push of a sample of each node's own community, scaled up to the whole of it."""
    x, y = places[:, 0], places[:, 1]
    apart_x, apart_y = x - x[partner], y - y[partner]
    push = 1.0 / (apart_x**2 + apart_y**2 + 0.05)
    return np.column_stack(((apart_x * push).sum(axis=0) * share, (apart_y * push).sum(axis=0) * share))


def _attraction(places: Floats, links: Links, count: int) -> Floats:
    """The pull of links, growing with their length."""
    ones, others, weights = links
    apart = places[others] - places[ones]
    apart *= (np.sqrt((apart**2).sum(axis=1)) * np.minimum(weights, 3.0) * 0.5)[:, None]
    pull = [np.bincount(ones, apart[:, axis], count) - np.bincount(others, apart[:, axis], count) for axis in (0, 1)]
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


# ------------------------------------------------------------------ communities on the page


def _packed(radii: Floats, sizes: Integers, links: Links) -> Floats:
    """The middle of each community's circle: linked and large ones around the centre, the rest on rings."""
    count = len(radii)
    linked = np.zeros(count, bool)
    linked[links[0]] = True
    linked[links[1]] = True
    central = np.flatnonzero(linked | (sizes >= _ISLAND))
    seat = np.full(count, -1)
    seat[central] = np.arange(len(central))
    bonds = np.zeros((len(central), len(central)))
    np.add.at(bonds, (seat[links[0]], seat[links[1]]), links[2])
    centres = np.zeros((count, 2))
    centres[central] = _centred(_clustered(radii[central], bonds + bonds.T), radii[central])
    edge = float(np.max(np.hypot(*centres[central].T) + radii[central], initial=0.0))
    outside = np.flatnonzero(seat < 0)
    centres[outside] = _rings(radii[outside], edge)
    return centres


def _centred(centres: Floats, radii: Floats) -> Floats:
    """The same circles with the middle of all of them at (0, 0)."""
    if not len(radii):
        return centres
    low, high = (centres - radii[:, None]).min(axis=0), (centres + radii[:, None]).max(axis=0)
    return np.asarray(centres - (low + high) / 2.0)


def _clustered(radii: Floats, bonds: Floats) -> Floats:
    """Circles put down one after the other, each as near as it can be to those it is linked to."""
    centres = np.zeros((len(radii), 2))
    bonds = bonds / np.sqrt(np.outer(radii, radii) + 1e-9)
    waiting = np.ones(len(radii), bool)
    pull = radii * 1e-6
    for turn in range(len(radii)):
        circle = int(np.argmax(np.where(waiting, pull, -1.0)))
        waiting[circle] = False
        done = np.flatnonzero(~waiting)
        done = done[done != circle]
        if turn:
            weight = bonds[circle, done] + 1e-3 * radii[done]
            wish = (centres[done] * weight[:, None]).sum(axis=0) / weight.sum()
            centres[circle] = _nearest_gap(wish * 0.9, radii[circle], centres[done], radii[done], turn)
        pull = pull + bonds[circle]
    return centres


def _nearest_gap(wish: Floats, radius: float, centres: Floats, radii: Floats, turn: int) -> Floats:
    """The free place nearest to a wish along a fan of rays: on each, circles block stretches, and gaps remain.

    Each turn turns the fan a little, or the circles would line up along its rays.
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


def _rings(radii: Floats, edge: float) -> Floats:
    """Circles side by side on rings outside `edge`, the largest first, evenly spread on each ring."""
    places, first, outer = np.zeros((len(radii), 2)), 0, edge
    while first < len(radii):
        widest = float(radii[first])
        ring = outer + widest * 1.15 if outer else 0.0
        angles = 2.0 * np.arcsin(np.minimum(1.0, radii[first:] * 1.08 / ring)) if ring else np.full(1, 2.0 * math.pi)
        many = max(1, int(np.searchsorted(np.cumsum(angles), 2.0 * math.pi, side="right")))
        middle = (np.cumsum(angles[:many]) - angles[:many] / 2) * (2.0 * math.pi / angles[:many].sum())
        places[first : first + many] = ring * np.column_stack((np.cos(middle), np.sin(middle)))
        first, outer = first + many, ring + widest
    return places


def _turned(inside: Floats, centres: Floats, home: Integers, links: Links) -> Floats:
    """Each community turned, or mirrored, so that its nodes face what they are linked to outside."""
    if not len(links[0]):
        return inside
    node = np.concatenate((links[0], links[1]))
    other = np.concatenate((links[1], links[0]))
    weight = np.concatenate((links[2], links[2]))
    spot, middle = inside @ (1, 1j), centres @ (1, 1j)
    wish = (middle[home[other]] - middle[home[node]]) * weight
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


# ------------------------------------------------------------------ dots that touch


def _without_overlaps(places: Floats, room: Floats) -> Floats:
    """Nodes that stand too near are pushed apart a little, found strip by strip."""
    places = places.copy()
    height = 2.0 * float(room.max()) * 0.8
    for turn in range(16):
        along, across = (0, 1) if turn % 2 else (1, 0)
        strip = np.floor(places[:, across] / height + 0.5 * (turn // 2 % 2))
        order = np.lexsort((places[:, along], strip))
        for step in range(1, 7):
            _push_apart(places, order[:-step], order[step:], room)
    return places


def _push_apart(places: Floats, ones: Integers, others: Integers, room: Floats) -> None:
    """Move the two of each pair that is too near by half of what is missing."""
    apart = places[others] - places[ones]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    wanted = (room[ones] + room[others]) * 0.8
    near = distance < wanted
    if not near.any():
        return
    ones, others, apart, distance = ones[near], others[near], apart[near], distance[near]
    apart[distance < _TINY] = (1.0, 0.3)
    move = apart * ((wanted[near] - distance) * 0.25 / np.maximum(distance, 1.0))[:, None]
    places[ones] -= move
    places[others] += move
