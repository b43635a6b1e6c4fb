"""A graph as numbers: which nodes are tied, and how strongly, in whole numbers, so that sums are exact everywhere."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vault_tools.model.graph import Edge, KnowledgeGraph, Node
from vault_tools.model.normal_form import composed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

MARKS = 1 << 48
"""Marks are below this: JavaScript and JSON hold them exactly."""
LINK = 20
"""The weight of a plain link: a typed relation pulls twice as much, and a tag hardly at all."""
_WEIGHTS = {"semantic": 2 * LINK, "structural": LINK}
_TAG = 1


class Ties(NamedTuple):
    """Every pair of tied nodes once, as positions in the graph, in order, with the sum of their ties."""

    size: int
    ones: Integers
    others: Integers
    weights: Integers

    @property
    def degrees(self) -> Integers:
        """How many others each node is tied to."""
        return np.bincount(self.ones, minlength=self.size) + np.bincount(self.others, minlength=self.size)

    def both_ways(self) -> tuple[Integers, Integers, Integers]:
        """From, to and weight of every tie, seen from either end, sorted by the first."""
        begins, ends = np.concatenate((self.ones, self.others)), np.concatenate((self.others, self.ones))
        order = np.argsort(begins, kind="stable")
        return begins[order], ends[order], np.concatenate((self.weights, self.weights))[order]

    def among(self, nodes: Integers) -> "Ties":
        """Only the ties between some nodes, which get new numbers in their order."""
        seat = np.full(self.size, -1)
        seat[nodes] = np.arange(len(nodes))
        ones, others = seat[self.ones], seat[self.others]
        kept = (ones >= 0) & (others >= 0)
        return summed(len(nodes), ones[kept], others[kept], self.weights[kept])


def summed(count: int, ones: Integers, others: Integers, weights: Integers) -> Ties:
    """Sum the ties of the same two nodes; a link to the node itself is ignored."""
    apart = ones != others
    low, high = np.minimum(ones, others)[apart], np.maximum(ones, others)[apart]
    pairs, number = np.unique(low * max(count, 1) + high, return_inverse=True)
    total = np.bincount(number.reshape(-1), weights[apart], len(pairs)).astype(np.int64)
    return Ties(count, pairs // max(count, 1), pairs % max(count, 1), total)


def group_sums(group: Integers, values: Integers, count: int) -> Integers:
    """The sum of the values of each group; below 2 to the 53rd, so exact."""
    return np.bincount(group, values, count).astype(np.int64)


def ties(graph: KnowledgeGraph) -> Ties:
    """The ties between the nodes of a graph."""
    position = {name: number for number, name in enumerate(graph.nodes)}
    ends = _whole(position[end] for edge in graph.edges for end in (edge.source, edge.target)).reshape(-1, 2)
    return summed(len(position), ends[:, 0], ends[:, 1], _whole(_weight(edge, graph.nodes) for edge in graph.edges))


def links(graph: KnowledgeGraph) -> Integers:
    """How many edges end at each node, in the order of the graph; one from a node to itself counts once."""
    counts = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges:
        counts[edge.source] += 1
        if edge.target != edge.source:
            counts[edge.target] += 1
    return _whole(counts.values())


def marks(names: Iterable[str], of: Ties) -> Integers:
    """A number for each node that identifies its neighbours: the sum of theirs, below MARKS; 0 if there are none."""
    own = _whole(mark(name) for name in names)
    begins, ends, _ = of.both_ways()
    sums = np.append(0, own[ends].cumsum())[np.searchsorted(begins, np.arange(of.size + 1))]
    return np.diff(sums) % MARKS


def mark(name: str) -> int:
    """A number for a name without its folder, because the folder may be renamed."""
    return int.from_bytes(blake2b(last_name(name).encode("utf-8", "surrogatepass"), digest_size=6).digest())


def last_name(name: str) -> str:
    """The name of a node without its folder, for existing and missing notes, in one spelling for all systems."""
    return composed(name).rpartition("/")[2].removesuffix(".md")


def _weight(edge: Edge, nodes: Mapping[str, Node]) -> int:
    tag = "tag" in (nodes[edge.source].kind, nodes[edge.target].kind)
    return _TAG if tag else _WEIGHTS[edge.namespace]


def _whole(numbers: Iterable[int]) -> Integers:
    return np.fromiter(numbers, np.int64)
