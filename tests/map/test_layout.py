"""Where nodes are drawn: laws that hold for every graph."""

import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shared.maps import Edges, Net, clusters, overlap, power_law, purity, spots

from vault_tools.map.layout import dot_radii, places
from vault_tools.map.ties import links
from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.places import ALONE, Places


def star(count: int) -> Edges:
    """One hub and its leaves."""
    return [(0, leaf, False) for leaf in range(1, count)]


def chain(count: int) -> Edges:
    """Each node linked to the next."""
    return [(node, node + 1, False) for node in range(count - 1)]


GRAPHS: dict[str, tuple[int, Edges]] = {
    "nothing": (0, []),
    "one": (1, []),
    "two": (2, []),
    "a pair": (2, [(0, 1, False)]),
    "a link to itself": (2, [(0, 0, False), (1, 1, True)]),
    "no links": (700, []),
    "only pairs": (1000, [(node, node + 1, False) for node in range(0, 1000, 2)]),
    "a star": (3000, star(3000)),
    "a chain": (1500, chain(1500)),
    "a vault": (800, clusters(700, 9)),
    "a power law": (2000, power_law(2000)),
    "all linked": (60, [(one, other, True) for one in range(60) for other in range(one)]),
}


def by_number(count: int, edges: Edges) -> KnowledgeGraph:
    """A graph whose nodes are in the order of their numbers."""
    names = [f"{number:06}.md" for number in range(count)]
    return Net(tuple(names), tuple((names[one], names[other], means) for one, other, means in edges)).graph


@cache
def graph_of(name: str) -> KnowledgeGraph:
    """One of the graphs."""
    return Net.of(*GRAPHS[name]).graph


@cache
def drawn(name: str) -> Places:
    """One of the graphs, drawn."""
    return places(graph_of(name))


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_of_every_graph_gets_a_place(name: str) -> None:
    """A whole number each way and a community, in the order of the graph, whatever its shape."""
    graph, found = graph_of(name), drawn(name)
    assert found.ids == tuple(graph.nodes)
    assert all(len(row) == len(found.ids) for row in (found.x, found.y, found.communities, found.ties))
    assert all(type(part) is int for row in (found.x, found.y, found.communities, found.ties) for part in row)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_same_graph_gets_the_same_map(name: str) -> None:
    """Nothing but the graph decides: no clock, no chance without a seed."""
    assert places(graph_of(name)) == drawn(name)


@pytest.mark.parametrize("name", GRAPHS)
def test_dots_of_a_map_do_not_overlap(name: str) -> None:
    """At most one dot in a hundred touches another."""
    assert overlap(graph_of(name), drawn(name)) <= 0.01


@pytest.mark.parametrize("name", [name for name in GRAPHS if GRAPHS[name][0] > 500])
def test_a_map_is_a_little_wider_than_high(name: str) -> None:
    """As a window is; no long empty strips."""
    found = drawn(name)
    shape = (max(found.x) - min(found.x)) / (max(found.y) - min(found.y))
    assert 1.0 < shape < 1.6


def test_linked_nodes_stand_nearer_than_strangers() -> None:
    """The mean length of a link is far below the mean distance of two nodes."""
    edges = clusters(600, 8)
    found = spots(places(by_number(600, edges)))
    ends = np.array([(one, other) for one, other, _ in edges])
    linked = np.hypot(*(found[ends[:, 0]] - found[ends[:, 1]]).T).mean()
    strangers = np.hypot(*(found - found[np.random.default_rng(1).permutation(600)]).T).mean()
    assert linked < strangers / 2


@pytest.mark.parametrize(("count", "groups"), [(600, 6), (2000, 12)])
def test_communities_stay_together(count: int, groups: int) -> None:
    """Most of a node's nearest drawn neighbours belong to its own group, those that were found and those there were."""
    found = places(by_number(count, clusters(count, groups)))
    assert purity(found) > 0.95
    assert purity(found, [number % groups for number in range(count)]) > 0.85


def test_communities_stay_together_on_a_map_with_hardly_any() -> None:
    """A power law has hubs and no groups; what is found in it is drawn as groups."""
    assert purity(places(by_number(2000, power_law(2000)))) > 0.85


def test_communities_are_numbered_from_the_largest_to_the_smallest() -> None:
    """Small numbers, so that colours are stable; a node tied to nothing has none."""
    found = places(by_number(930, clusters(900, 9)))
    sizes = np.bincount([number for number in found.communities if number != ALONE])
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    assert [number == ALONE for number in found.communities] == [number >= 900 for number in range(930)]


def test_lone_nodes_are_outside_of_the_connected_part_of_a_map() -> None:
    """A note tied to nothing is drawn further out than any note that is tied to something."""
    found = spots(places(by_number(330, clusters(300, 5)))) / (1.25, 1.0)
    away = np.hypot(*found.T)
    assert away[300:].min() > away[:300].max()


def test_many_lone_nodes_hardly_enlarge_a_map() -> None:
    """Ten times more lone notes than others take no more than as much of the width again."""
    found = spots(places(by_number(4400, clusters(400, 5))))
    assert np.ptp(found[:400, 0]) > 0.5 * np.ptp(found[:, 0])


@pytest.mark.parametrize("heavy", [0, 10])
def test_a_heavier_link_pulls_a_node_more(heavy: int) -> None:
    """A node between two groups is drawn with the one to which it means something."""
    edges = [(one, other, False) for at in (0, 10) for one in range(at, at + 10) for other in range(at, one)]
    found = spots(places(by_number(21, [*edges, (20, heavy, True), (20, 10 - heavy, False)])))
    nearest = np.argmin(np.hypot(*(found[:20] - found[20]).T))
    assert nearest // 10 * 10 == heavy


def test_a_tag_hardly_pulls_nodes() -> None:
    """Two groups that share a tag stay two, though all of their notes carry it."""
    edges = [(one, other, False) for at in (0, 10) for one in range(at, at + 10) for other in range(at, one)]
    graph = by_number(20, edges)
    tag = Node("tag://all", "tag", "all", "tag")
    tagged = tuple(Edge(name, "tagged", tag.id, "structural", ()) for name in graph.nodes)
    found = places(replace(graph, nodes={**graph.nodes, tag.id: tag}, edges=(*graph.edges, *tagged)))
    assert found.communities[:20] in ((0,) * 10 + (1,) * 10, (1,) * 10 + (0,) * 10)


def test_ten_thousand_nodes_are_placed_while_one_waits() -> None:
    """A bound on what it takes beside a job of the same run: it catches a quadratic step, not a busy day."""
    graph = by_number(10_000, clusters(10_000, 40))
    start = time.process_time()
    np.sort(np.random.default_rng(1).random(3_000_000))
    job, start = time.process_time() - start, time.process_time()
    places(graph)
    assert time.process_time() - start < 50 * job


def test_a_link_of_a_note_to_itself_counts_once() -> None:
    """It is one link, though both of its ends are here; so it is for the page, which draws by the same count."""
    assert links(by_number(3, [(0, 0, False), (0, 1, False), (2, 2, True)])).tolist() == [2, 1, 1]


def test_a_dot_grows_with_its_links_up_to_a_limit() -> None:
    """More links, a larger dot; never a dot that covers the map."""
    sizes = dot_radii(np.array([0, 1, 10, 100, 10_000])).tolist()
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert sizes[-1] <= 30
