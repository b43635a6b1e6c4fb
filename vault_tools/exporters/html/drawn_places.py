"""Where the nodes of a map are, as the page carries it: written, and read again from an earlier page."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

import numpy as np

from vault_tools.exporters.html.community_names import communities
from vault_tools.exporters.html.encoding import Record, clean, column, numbers
from vault_tools.map.ties import marks, summed
from vault_tools.model.graph import KnowledgeGraph, Node
from vault_tools.model.places import Places, farthest


def map_columns(graph: KnowledgeGraph, nodes: Sequence[Node], places: Places) -> Record:
    """Return places from the upper left corner, and communities with their names."""
    spot = {id_: number for number, id_ in enumerate(places.ids)}
    order = [spot[node.id] for node in nodes]
    left, top = min(places.x, default=0), min(places.y, default=0)
    home = [places.communities[at] for at in order]
    return {
        "corner": (left, top),
        "late": column(np.flatnonzero([places.late[at] for at in order])),
        "communities": communities(graph, nodes, home),
        "map": {
            "x": column([places.x[at] - left for at in order]),
            "y": column([places.y[at] - top for at in order]),
            "community": column([community + 1 for community in home]),
        },
    }


def places_in(page: Record, ids: Sequence[str]) -> Places:
    """Return the places of an earlier map: its core, and the ids of its nodes.

    Raises ValueError, TypeError or LookupError if vault-tools did not write them.
    """
    _check_names(ids)
    left, top = (_whole_number(value) for value in page["corner"])
    x, y, communities_ = (numbers(page["map"][name]) for name in ("x", "y", "community"))
    places = Places(
        tuple(ids),
        tuple(left + each for each in x),
        tuple(top + each for each in y),
        tuple(community - 1 for community in communities_),
        _late(page, len(ids)),
        _ties(page, ids),
    )
    _check_spots(places)
    return _sorted_by_name(places)


def respelled(before: Places | None, ids: Iterable[str]) -> Places | None:
    """Return earlier places with the names that no file can hold as they are in the vault: a page has them cleaned."""
    if before is None:
        return None
    odd = {clean(id_): id_ for id_ in ids if not id_.isascii() and clean(id_) != id_}
    return replace(before, ids=tuple(odd.get(id_, id_) for id_ in before.ids)) if odd else before


def _sorted_by_name(places: Places) -> Places:
    """Return the same places in the order of the graph's nodes; ValueError if a column is too short or too long."""
    columns = (getattr(places, field.name) for field in fields(places))
    rows = sorted(zip(*columns, strict=True))
    return Places(*zip(*rows, strict=True))


def _late(page: Record, count: int) -> tuple[bool, ...]:
    """Tell of each node whether it got its place later than the others."""
    late = set(numbers(page["late"]))
    if not late <= set(range(count)):
        raise ValueError("a node that is none")
    return tuple(at in late for at in range(count))


def _ties(page: Record, ids: Sequence[str]) -> tuple[int, ...]:
    """Return the marks of each node's neighbours, which follow from the edges of the page."""
    ends = [np.array(numbers(page["edges"][name]), np.int64) for name in ("from", "to")]
    if any(some.max(initial=-1) >= len(ids) for some in ends):
        raise ValueError("an edge that ends nowhere")
    return tuple(marks(ids, summed(len(ids), ends[0], ends[1], np.ones_like(ends[0]))).tolist())


def _check_names(ids: Sequence[str]) -> None:
    if not all(isinstance(id_, str) for id_ in ids):
        raise TypeError("not a name")
    if len(set(ids)) < len(ids):
        raise ValueError("two nodes of one name")


def _check_spots(places: Places) -> None:
    """Raise ValueError for a node that is too far from the middle, and for a community that cannot be."""
    most, count = farthest(len(places.ids)), len(places.ids)
    if any(abs(each) > most for each in (*places.x, *places.y)):
        raise ValueError("too far away")
    if any(community >= count for community in places.communities):
        raise ValueError("more communities than nodes")


def _whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value
