"""Graphs to draw maps of, what changes in a vault, and how good a map is."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vault_tools.map.layout import dot_radii
from vault_tools.map.ties import links
from vault_tools.model.graph import Edge, KnowledgeGraph, Node, NodeKind
from vault_tools.model.places import Places
from vault_tools.model.vocabulary import Vocabulary

Edges = list[tuple[int, int, bool]]
Floats = NDArray[np.float64]


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
                edges.append((node, other, False))
                pools[other % groups].append(other)
        pools[group].append(node)
    return edges


def power_law(count: int, per_node: int = 3) -> Edges:
    """Each node linked to some that were there before, the more linked the likelier."""
    chance = random.Random(count)
    pool, edges = [0], Edges()
    for node in range(1, count):
        for _ in range(per_node):
            other = chance.choice(pool)
            edges.append((node, other, False))
            pool.append(other)
        pool.append(node)
    return edges


def graph_of(nodes: Iterable[Node], edges: Iterable[Edge], vocabulary: Vocabulary) -> KnowledgeGraph:
    """A whole graph around some nodes and edges, in their order."""
    edges = tuple(edges)
    incoming, outgoing = defaultdict[str, list[Edge]](list), defaultdict[str, list[Edge]](list)
    for edge in edges:
        incoming[edge.target].append(edge)
        outgoing[edge.source].append(edge)
    into, out = ({name: tuple(some) for name, some in side.items()} for side in (incoming, outgoing))
    return KnowledgeGraph({node.id: node for node in nodes}, edges, into, out, {}, {}, (), {}, vocabulary)


@dataclass(frozen=True)
class Net:
    """Names, and links between them: (from, to, whether it means something)."""

    names: tuple[str, ...]
    edges: tuple[tuple[str, str, bool], ...]

    @classmethod
    def of(cls, count: int, edges: Iterable[tuple[int, int, bool]]) -> "Net":
        """A net of so many notes, some hundred in a folder."""
        names = tuple(f"Area {number % 7}/{number:06}.md" for number in range(count))
        return cls(names, tuple((names[one], names[other], means) for one, other, means in edges))

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph that a vault of such notes has."""
        nodes = (Node(name, _kind(name), name, "note") for name in sorted(self.names))
        edges = (
            Edge(one, "requires" if means else "links-to", other, "semantic" if means else "structural", ())
            for one, other, means in sorted(set(self.edges))
        )
        return graph_of(nodes, edges, Vocabulary())

    def renamed(self, names: dict[str, str]) -> "Net":
        """The same net, some notes by other names."""
        return Net(
            tuple(names.get(name, name) for name in self.names),
            tuple((names.get(one, one), names.get(other, other), means) for one, other, means in self.edges),
        )

    def without(self, gone: Iterable[str]) -> "Net":
        """The same net without some notes."""
        left = dict.fromkeys(self.names)
        for name in gone:
            del left[name]
        return Net(tuple(left), tuple(edge for edge in self.edges if edge[0] in left and edge[1] in left))


def changed(net: Net, share: float, seed: int) -> tuple[Net, dict[str, str], set[str]]:
    """A share of the notes removed, as many renamed, as many new; and of the links some removed, some new.

    Also what the renamed ones are called now, and every old note of which a link came or went.
    """
    chance = random.Random(seed)
    many, links = max(1, round(len(net.names) * share)), max(1, round(len(net.edges) * share))
    chosen = chance.sample(net.names, 2 * many)
    names = {name: f"{name[:-3]} called {seed}.md" for name in chosen[many:]}
    after = net.without(chosen[:many]).renamed(names)
    cut = set(chance.sample(range(len(after.edges)), links))
    edges = [edge for number, edge in enumerate(after.edges) if number not in cut]
    near = defaultdict[str, list[str]](list)
    for one, other, _ in edges:
        near[one].append(other)
        near[other].append(one)
    for one in chance.sample(after.names, links):
        middle = chance.choice(near[one] or [one])
        edges.append((one, chance.choice(near[middle] or after.names), False))
    new = [f"New/{seed}-{number}.md" for number in range(many)]
    for name in new:
        first = chance.choice(after.names)
        edges += [(name, other, False) for other in [first, *chance.sample(near[first], min(2, len(near[first])))]]
    after = replace(after, names=(*after.names, *new), edges=tuple(edges))
    ways = set(net.renamed(names).edges) ^ set(after.edges)
    return after, names, {end for way in ways for end in way[:2]}


def spots(places: Places) -> Floats:
    """The places as rows."""
    return np.column_stack((places.x, places.y)).astype(np.float64).reshape(-1, 2)


def moved(before: Places, after: Places, names: dict[str, str] | None = None) -> dict[str, float]:
    """How far each node that is in both went, by its name now, as a share of the width."""
    width = max(before.x) - min(before.x) or 1
    now = dict(zip(after.ids, spots(after), strict=True))
    then = {(names or {}).get(name, name): spot for name, spot in zip(before.ids, spots(before), strict=True)}
    return {name: float(np.hypot(*(now[name] - spot))) / width for name, spot in then.items() if name in now}


def overlap(graph: KnowledgeGraph, places: Places) -> float:
    """The share of dots that touch another."""
    size = dot_radii(links(graph))
    at, touching = spots(places), 0
    for node in range(len(at)):
        apart = np.hypot(*(at - at[node]).T)
        apart[node] = np.inf
        touching += bool((apart < size + size[node]).any())
    return touching / max(1, len(at))


def purity(places: Places, home: Sequence[int] | None = None, sample: int = 2000) -> float:
    """The share of a node's nearest five drawn neighbours that are of its own community, lone ones left out."""
    own = np.array(places.communities if home is None else home)
    at, own = spots(places)[np.array(places.communities) >= 0], own[np.array(places.communities) >= 0]
    chosen = np.random.default_rng(1).permutation(len(at))[:sample]
    near = [np.argpartition(((at - at[node]) ** 2).sum(axis=1), 5)[:6] for node in chosen]
    return float(np.mean([(own[row] == own[node]).sum() - 1 for node, row in zip(chosen, near, strict=True)]) / 5)


def _kind(name: str) -> NodeKind:
    return "tag" if name.startswith("tag://") else "note"
