"""Which node of a map is which of the map before: a note may be in another folder, or have another name."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

import numpy as np

from vault_tools.map.ties import MARKS, Bools, Integers, Ties, last_name, mark
from vault_tools.model.normal_form import composed
from vault_tools.model.places import ALONE, Places

_COMMON = 2
_PAIRS = 4_000_000
Key = TypeVar("Key", bound=Hashable)


class Likeness(Protocol):
    """Which of the removed nodes had the neighbours of a new one, exactly or nearly."""

    def __call__(self, node: int, gone: Integers, *, nearly: bool) -> Bools: ...  # noqa: D102


def recognised(names: Sequence[str], marks: Integers, tied: Ties, before: Places) -> Integers:
    """The place of each node in `before`, by its name, in another folder, or under another name; -1 if it is new.

    A node without ties takes the place of an earlier one without ties: they cannot be distinguished.
    """
    known = {name: number for number, name in enumerate(before.ids)}
    former = np.array([known.get(name, -1) for name in names], np.int64)
    gone = np.setdiff1d(np.arange(len(before.ids)), former).tolist()
    new = np.flatnonzero(former < 0).tolist()
    if not new or not gone:
        return former
    for called in (composed, last_name):
        by_name = _only((called(before.ids[at]), at) for at in gone)
        for name, at in _only((called(names[at]), at) for at in new).items():
            former[at] = by_name.get(name, -1)
        gone = sorted(set(gone).difference(former[new].tolist()))
        new = [at for at in new if former[at] < 0]
    if before.ties and len(new) * len(gone) <= _PAIRS:
        _match(former, new, gone, _likeness(names, marks, tied, before))
    lone = [at for at in new if former[at] < 0 and not marks[at]]
    left = sorted(at for at in set(gone).difference(former[new].tolist()) if before.communities[at] == ALONE)
    for now, then in zip(lone, left, strict=False):
        former[now] = then
    return former


def _likeness(names: Sequence[str], marks: Integers, tied: Ties, before: Places) -> Likeness:
    """Make the function that finds which of the removed nodes had the neighbours that a new one has.

    Either exactly, or except for one neighbour that came or went, or for both if there are enough others.
    """
    then = np.array(before.ties, np.int64)
    went = np.sort(np.array([mark(name) for name in before.ids], np.int64))
    begins, ends, _ = tied.both_ways()

    def alike(node: int, gone: Integers, *, nearly: bool) -> Bools:
        if not nearly:
            return np.asarray((then[gone] == marks[node]) & (then[gone] != 0))
        first, last = np.searchsorted(begins, (node, node + 1))
        came = np.array([mark(names[other]) for other in ends[first:last].tolist()], np.int64)
        lack = (then[gone] - marks[node]) % MARKS
        found = _among(lack, went)
        if len(came) > 1:
            more = (lack[:, None] + came) % MARKS
            found |= (_among(more, went) if len(came) > _COMMON else more == 0).any(axis=1)
        return np.asarray(found & (then[gone] != 0) & (len(came) > 0))

    return alike


def _among(numbers: Integers, ordered: Integers) -> Bools:
    """Which of some numbers are among others, which are sorted."""
    place = np.searchsorted(ordered, numbers).clip(0, len(ordered) - 1)
    return np.asarray(ordered[place] == numbers)


def _match(former: Integers, new: Sequence[int], gone: Sequence[int], alike: Likeness) -> None:
    """Return the removed node that each new node was: first exact matches, in order; then near ones, if unique."""
    left = np.array(gone, np.int64)
    for node in new:
        same = alike(node, left, nearly=False)
        if same.any():
            former[node] = left[same.argmax()]
            left = np.delete(left, same.argmax())
    pairs = [
        (node, other) for node in new if former[node] < 0 for other in left[alike(node, left, nearly=True)].tolist()
    ]
    was = _only(pairs)
    for other, node in _only((other, node) for node, other in pairs).items():
        if was.get(node) == other:
            former[node] = other


def _only(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """The place of each key that is in only one place."""
    found: dict[Key, list[int]] = defaultdict(list)
    for key, place in pairs:
        found[key].append(place)
    return {key: places[0] for key, places in found.items() if len(places) == 1}
