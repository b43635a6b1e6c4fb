"""What a layout says of each node: community and place."""

from typing import NamedTuple

from vault_tools.map.ties import Bools, Integers


class Arrangement(NamedTuple):
    """Every node's community and place, and whether it got its place after everything was arranged."""

    home: Integers
    spots: Integers
    late: Bools


def unused(home: Integers) -> int:
    """The smallest number that no community has."""
    used = set(home.tolist())
    return next(number for number in range(len(used) + 1) if number not in used)
