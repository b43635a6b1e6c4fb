"""A stable map: old nodes keep their places, new ones get a free place near the nodes they are tied to."""

import numpy as np

from vault_tools.map.arrangement import Arrangement
from vault_tools.map.communities import settled
from vault_tools.map.joining import UNKNOWN, join
from vault_tools.map.placing import place
from vault_tools.map.spots import Ground
from vault_tools.map.ties import Floats, Integers, Ties
from vault_tools.model.places import ALONE, Places, farthest

_FEW = 24


def stay(former: Integers, tied: Ties, sizes: Floats, before: Places) -> Arrangement | None:
    """Return the next map after `before`; None if so much is new that everything should be arranged again.

    `former` gives the place of each node in `before`, -1 if it has none.
    Old nodes keep their exact places. A node that gets its first tie, or loses the last one, or has no tie to its
    own community any more, is placed like a new one, and is late. A removed node leaves a hole and is not late: a note
    that goes and comes, on one device and not on the other, say, is late once.
    """
    home = np.where(former < 0, UNKNOWN, np.append(before.communities, UNKNOWN)[former])
    lone = tied.degrees == 0
    staying = (former >= 0) & ((home == ALONE) == lone)
    home = np.where(lone, ALONE, np.where(staying, home, UNKNOWN))
    joined = settled(tied, join(tied, home))
    staying &= (joined == home) | lone
    late = ~staying | np.append(before.late or np.zeros(len(before.ids), bool), True)[former]
    if late.sum() * 3 > max(len(former), _FEW):
        return None
    spots = np.column_stack([np.append(axis, 0)[former] for axis in (before.x, before.y)]).astype(np.int64)
    ground = Ground(spots, sizes, joined, staying)
    place(ground, tied, set(home[staying].tolist()))
    return Arrangement(joined, ground.spots, late) if np.abs(ground.spots).max() <= farthest(len(former)) else None
