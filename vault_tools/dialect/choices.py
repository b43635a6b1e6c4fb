"""What a reader of the map can choose: `templates/graph/choices.toml`, which Python and the page's scripts share."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vault_tools import shipped

FILE = "graph/choices.toml"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its name in addresses, and the ids of its label and of its heading in the catalogue.

    `hidden` is the thing that an address sets when kinds of findings of a mode are off; "" if a mode has no kinds.
    `by` says where the values of a colour come from, for example `{"property": "status"}`; it is None for a colour that
    the page's scripts find by themselves.
    """

    name: str
    label: str
    heading: str = ""
    hidden: str = ""
    by: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be chosen. `address` has the word of an address for each thing that it sets."""

    kinds: tuple[str, ...]
    colors: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    address: Mapping[str, str]

    @property
    def sentences(self) -> frozenset[str]:
        """The ids of all labels and headings."""
        rows = (*self.colors, *self.sizes, *self.modes)
        return frozenset(id_ for row in rows for id_ in (row.label, row.heading) if id_)


def read(text: str) -> Choices:
    """Return the choices that a file says; KeyError or TypeError if a row lacks something or has too much."""
    tables = tomllib.loads(text)
    return Choices(
        kinds=tuple(tables["kinds"]),
        colors=_rows(tables["colors"]),
        sizes=_rows(tables["sizes"]),
        modes=_rows(tables["modes"]),
        address=tables["address"],
    )


@cache
def choices() -> Choices:
    """Return the shipped choices."""
    return read(shipped.asset(FILE))


def _rows(rows: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**row) for row in rows)
