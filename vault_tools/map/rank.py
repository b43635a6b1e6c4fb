"""How central each node is: PageRank over all links."""

from collections.abc import Mapping

import numpy as np

from vault_tools.model.graph import KnowledgeGraph

_DAMPING = 0.85
_ROUNDS = 30


def ranks(graph: KnowledgeGraph) -> Mapping[str, float]:
    """Return the PageRank of each node by id (Brin and Page 1998, damping 0.85, 30 rounds); together they are 1.

    Each of several relations between two nodes counts. A node without outgoing links gives its weight to all equally.
    """
    count = len(graph.nodes)
    if not count:
        return {}
    position = {name: number for number, name in enumerate(graph.nodes)}
    sources = np.array([position[edge.source] for edge in graph.edges], np.int64)
    targets = np.array([position[edge.target] for edge in graph.edges], np.int64)
    leaving = np.bincount(sources, minlength=count)
    share = np.divide(1.0, leaving, out=np.zeros(count), where=leaving > 0)
    rank = np.full(count, 1.0 / count)
    for _ in range(_ROUNDS):
        lost = rank[leaving == 0].sum()
        given = np.bincount(targets, (rank * share)[sources], count)
        rank = (1.0 - _DAMPING + _DAMPING * lost) / count + _DAMPING * given
    return dict(zip(position, rank.tolist(), strict=True))
