"""Room around dots: how much each needs; dots that would touch are pushed apart."""

import numpy as np

from vault_tools.map.ties import Floats, Integers

_DRAWS = 4
_TINY = 1e-6


def air(count: int) -> float:
    """The free space around each dot, more where few share the page."""
    return 12.0 + 30.0 * min(1.0, 150.0 / max(1, count))


def gathered(places: Floats, home: Integers, room: Floats) -> Floats:
    """Each community drawn together while its dots keep their distance: no stragglers, and room between islands."""
    sizes = np.maximum(np.bincount(home), 1)
    for _ in range(_DRAWS):
        centre = np.column_stack([np.bincount(home, places[:, axis]) / sizes for axis in (0, 1)])[home]
        places = without_overlaps(centre + (places - centre) * 0.965, room, turns=4)
    return without_overlaps(places, room)


def without_overlaps(places: Floats, room: Floats, turns: int = 16) -> Floats:
    """Pushes nodes that are too close a little apart; they are found strip by strip."""
    places = places.copy()
    height = 2.0 * float(room.max()) * 0.8
    for turn in range(turns):
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
