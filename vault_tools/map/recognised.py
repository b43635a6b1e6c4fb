"""Which node of a map is which of the map before: a note may be in another folder, or have another name."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np

from vault_tools.map.ties import MARKS, Bools, Integers, Ties, last_name, mark
from vault_tools.model.normal_form import composed
from vault_tools.model.places import ALONE, Places

_COMMON = 2
_PAIRS = 4_000_000
_Key = TypeVar("_Key", bound=Hashable)


class Likeness(Protocol):
    """Which of the removed nodes had the neighbours of a new one, exactly or nearly."""

    def __call__(self, node: int, gone: Integers, *, nearly: bool) -> Bools: ...  # noqa: D102


class _Matching:
    """Which place of the earlier map each node had, as far as that is clear.

    `new` are the nodes whose place is not clear, `gone` the places that no node had.
    """

    def __init__(self, names: Sequence[str], before: Sequence[str]) -> None:
        """Match equal names."""
        place_of = {name: place for place, name in enumerate(before)}
        self.former = np.array([place_of.get(name, -1) for name in names], np.int64)
        self.new: list[int] = np.flatnonzero(self.former < 0).tolist()
        self.gone: list[int] = np.setdiff1d(np.arange(len(before)), self.former).tolist()

    def add(self, places: Iterable[tuple[int, int]]) -> None:
        """Give some of the new nodes, each with its place, the place that they had."""
        for node, place in places:
            self.former[node] = place
        self.gone = sorted(set(self.gone).difference(self.former[self.new].tolist()))
        self.new = [node for node in self.new if self.former[node] < 0]


def recognised(names: Sequence[str], marks: Integers, tied: Ties, before: Places) -> Integers:
    """The place of each node in `before`, by its name, in another folder, or under another name; -1 if it is new.

    A node without ties takes the place of an earlier one without ties: they cannot be distinguished.
    """
    matching = _Matching(names, before.ids)
    if not matching.new or not matching.gone:
        return matching.former
    for called in (composed, last_name):
        matching.add(_same_name(matching, names, before, called))
    if before.ties and len(matching.new) * len(matching.gone) <= _PAIRS:
        alike = _likeness(names, marks, tied, before)
        matching.add(_same_neighbours(matching, alike))
        matching.add(_nearly_same_neighbours(matching, alike))
    lone = (node for node in matching.new if not marks[node])
    left = (place for place in matching.gone if before.communities[place] == ALONE)
    matching.add(zip(lone, left, strict=False))
    return matching.former


def _same_name(
    matching: _Matching, names: Sequence[str], before: Places, called: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Yield each new node that has a name of its own, with the only place where a node of this name was."""
    place_of = _only((called(before.ids[place]), place) for place in matching.gone)
    for name, node in _only((called(names[node]), node) for node in matching.new).items():
        if name in place_of:
            yield node, place_of[name]


def _same_neighbours(matching: _Matching, alike: Likeness) -> Iterator[tuple[int, int]]:
    """Yield new nodes, in order, each with the first place that is left where a node had all of its neighbours."""
    left = np.array(matching.gone, np.int64)
    for node in matching.new:
        same = alike(node, left, nearly=False)
        if same.any():
            yield node, int(left[same.argmax()])
            left = np.delete(left, same.argmax())


def _nearly_same_neighbours(matching: _Matching, alike: Likeness) -> Iterator[tuple[int, int]]:
    """Yield new nodes, each with the only place where a node had nearly its neighbours, if no other node fits there."""
    left = np.array(matching.gone, np.int64)
    pairs = [(node, place) for node in matching.new for place in left[alike(node, left, nearly=True)].tolist()]
    place_of = _only(pairs)
    for place, node in _only((place, node) for node, place in pairs).items():
        if place_of.get(node) == place:
            yield node, place


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


def _only(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, int]:
    """The place of each key that is in only one place."""
    places_of: dict[_Key, list[int]] = defaultdict(list)
    for key, place in pairs:
        places_of[key].append(place)
    return {key: places[0] for key, places in places_of.items() if len(places) == 1}
