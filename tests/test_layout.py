"""Where nodes are drawn: laws that hold for every graph."""

import math
import random
import time

import numpy as np
import pytest

from vault_tools.graph.layout import dot_radius, layout

Edges = list[tuple[int, int, float]]


def names(count: int) -> list[str]:
    """Ids of notes."""
    return [f"{number}.md" for number in range(count)]


def star(count: int) -> Edges:
    """One hub and its leaves."""
    return [(0, leaf, 1.0) for leaf in range(1, count)]


def chain(count: int) -> Edges:
    """Each node linked to the next."""
    return [(node, node + 1, 1.0) for node in range(count - 1)]


def clusters(count: int, groups: int, per_node: int = 3) -> Edges:
    """Groups of linked nodes, few links between them, and hubs: what a vault looks like."""
    chance = random.Random(count)
    pools: list[list[int]] = [[] for _ in range(groups)]
    edges: Edges = []
    for node in range(count):
        group = node % groups
        for _ in range(per_node):
            pool = pools[group] if chance.random() < 0.9 else pools[chance.randrange(groups)]
            if pool:
                other = chance.choice(pool)
                edges.append((node, other, 1.0))
                pools[other % groups].append(other)
        pools[group].append(node)
    return edges


GRAPHS = {
    "nothing": (0, []),
    "one": (1, []),
    "two": (2, []),
    "a pair": (2, [(0, 1, 1.0)]),
    "a link to itself": (2, [(0, 0, 1.0), (1, 1, 2.0)]),
    "no links": (700, []),
    "only pairs": (1000, [(node, node + 1, 1.0) for node in range(0, 1000, 2)]),
    "a star": (5000, star(5000)),
    "a chain": (1500, chain(1500)),
    "a vault": (800, clusters(700, 9)),
    "all linked": (60, [(one, other, 1.0) for one in range(60) for other in range(one)]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_of_every_graph_gets_a_place(name: str) -> None:
    """One finite place for each node, whatever the shape of the graph."""
    count, edges = GRAPHS[name]
    places = layout(names(count), edges)
    assert len(places) == count
    assert all(math.isfinite(part) for place in places for part in place)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_same_graph_is_drawn_the_same_way_twice(name: str) -> None:
    """Nothing but the graph decides: no clock, no chance without a seed."""
    count, edges = GRAPHS[name]
    assert repr(layout(names(count), iter(edges))) == repr(layout(names(count), iter(edges)))


@pytest.mark.parametrize("name", [name for name in GRAPHS if GRAPHS[name][0] > 1])
def test_dots_do_not_lie_on_one_another(name: str) -> None:
    """At most one dot in a hundred touches another."""
    count, edges = GRAPHS[name]
    places = np.array(layout(names(count), edges))
    degrees = [len({*ends} - {node}) for node, ends in enumerate(_neighbours(count, edges))]
    size = np.array([dot_radius(degree) for degree in degrees])
    touching = 0
    for node in range(count):
        apart = np.hypot(*(places - places[node]).T)
        apart[node] = np.inf
        touching += bool((apart < size + size[node]).any())
    assert touching <= count / 100


def test_places_are_short_numbers() -> None:
    """One decimal is enough for a map and keeps the page small."""
    places = layout(names(300), clusters(300, 5))
    assert all(part == round(part, 1) for place in places for part in place)


def test_linked_nodes_stand_nearer_than_strangers() -> None:
    """The mean length of a link is far below the mean distance of two nodes."""
    edges = clusters(600, 8)
    places = np.array(layout(names(600), edges))
    ends = np.array([(one, other) for one, other, _ in edges])
    linked = np.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T).mean()
    strangers = np.hypot(*(places - places[np.random.default_rng(1).permutation(600)]).T).mean()
    assert linked < strangers / 2


def test_communities_stay_together() -> None:
    """Most of a node's nearest drawn neighbours belong to its own group."""
    places = np.array(layout(names(600), clusters(600, 6)))
    own = 0
    for node in range(600):
        nearest = np.argsort(np.hypot(*(places - places[node]).T))[1:6]
        own += int((nearest % 6 == node % 6).sum())
    assert own / (600 * 5) > 0.75


def test_lone_nodes_stand_outside() -> None:
    """A note tied to nothing is drawn further out than any note that is tied to something."""
    places = np.array(layout(names(330), clusters(300, 5))) / (1.25, 1.0)
    middle = (places[:300].max(axis=0) + places[:300].min(axis=0)) / 2
    away = np.hypot(*(places - middle).T)
    assert np.median(away[300:]) > away[:300].max() * 0.95


@pytest.mark.parametrize("heavy", [0, 10])
def test_a_heavier_link_pulls_more(heavy: int) -> None:
    """A node between two groups is drawn with the one it is tied to more strongly."""
    edges = [(one, other, 1.0) for group in (0, 10) for one in range(group, group + 10) for other in range(group, one)]
    places = np.array(layout(names(21), [*edges, (20, heavy, 3.0), (20, 10 - heavy, 1.0)]))
    nearest = np.argmin(np.hypot(*(places[:20] - places[20]).T))
    assert nearest // 10 * 10 == heavy


def test_ten_thousand_nodes_are_placed_while_one_waits() -> None:
    """A bound ten times what it takes on a quiet machine: it catches a quadratic step, not a busy day."""
    edges = clusters(10_000, 40)
    start = time.perf_counter()
    layout(names(10_000), edges)
    assert time.perf_counter() - start < 10


def test_a_dot_grows_with_its_links_up_to_a_limit() -> None:
    """More links, a larger dot; never a dot that covers the map."""
    sizes = [dot_radius(links) for links in (0, 1, 10, 100, 10_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert sizes[-1] <= 30


def _neighbours(count: int, edges: Edges) -> list[set[int]]:
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other, _ in edges:
        near[one].add(other)
        near[other].add(one)
    return near
