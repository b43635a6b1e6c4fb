"""Where each node of a graph is drawn.

Communities are found, each is laid out by itself, and their circles are packed around the centre with strongly
tied ones near each other; nodes without ties are on rings outside. The same graph gives the same map.
"""

import numpy as np

from vault_tools.map.apart import air, gathered
from vault_tools.map.arrangement import Arrangement
from vault_tools.map.communities import communities
from vault_tools.map.packing import STRETCH, centred, pack_circles, radii_of, rings, turned
from vault_tools.map.recognised import recognised
from vault_tools.map.relaxing import inside
from vault_tools.map.resembling import resembling
from vault_tools.map.steady import stay
from vault_tools.map.ties import Floats, Integers, Ties, links, marks, ties
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.places import ALONE, Places

_LONE_AIR = 4.0


def places(graph: KnowledgeGraph, before: Places | None = None) -> Places:
    """Give every node a place; with the places `before`, nodes that were there keep theirs.

    Everything is arranged again without them, or if a third of the nodes is new or has changed sides since then.
    Places that fit the graph already come back as they are.
    """
    names, tied = tuple(graph.nodes), ties(graph)
    sizes, own = dot_radii(links(graph)), marks(names, tied)
    home, spots, late = (
        _updated(recognised(names, own, tied, before), tied, sizes, before) if before else _arranged(tied, sizes)
    )
    across, down = spots[:, 0].tolist(), spots[:, 1].tolist()
    return Places(names, tuple(across), tuple(down), tuple(home.tolist()), tuple(late.tolist()), tuple(own.tolist()))


def dot_radii(links: Integers) -> Floats:
    """How large the dots of nodes are drawn, by their number of links."""
    return np.minimum(26.0, 5.0 + 1.9 * np.sqrt(links)).round(1)


def _updated(former: Integers, tied: Ties, sizes: Floats, before: Places) -> Arrangement:
    """Old nodes at their old places; or, if too much has changed, a new map that resembles the old one."""
    if (former < 0).all():
        return _arranged(tied, sizes)
    return stay(former, tied, sizes, before) or resembling(_arranged(tied, sizes), former, before)


def _arranged(tied: Ties, sizes: Floats) -> Arrangement:
    """A new community and place for every node; the middle of the map is (0, 0)."""
    lone = tied.degrees == 0
    home, spots = np.full(tied.size, ALONE), np.zeros((tied.size, 2))
    members, alone = np.flatnonzero(~lone), np.flatnonzero(lone)
    edge = 0.0
    if len(members):
        among = tied.among(members)
        room = sizes[members] + air(len(members))
        own = home[members] = communities(among)
        within, radii = inside(own, among, room), radii_of(own, room)
        centres = pack_circles(radii, own, among)
        spots[members] = centred(gathered(centres[own] + turned(within, centres, own, among), own, room), room)
        edge = float((np.hypot(*spots[members].T) + room).max())
    spots[alone] = rings(sizes[alone] + _LONE_AIR, edge)
    return Arrangement(home, np.round(spots * STRETCH).astype(np.int64), np.zeros(tied.size, bool))
