"""How a graph leaves the tool as one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from vault_tools.model.graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that an exporter may know beside the graph: the vault's name, and shipped files by name."""

    vault: str
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name (`--format NAME`), a file suffix, and a function that yields the file's text.

    `assets` are the shipped files (below `templates/`) that it needs; they are read for it. `mark` is how every text
    that it yields begins (or see `store.marks`: among the first members of a JSON object, the first `meta` of an HTML
    page); without one, an older export is not told from another's file and stays.
    """

    name: str
    suffix: str
    export: Callable[[KnowledgeGraph, Surroundings], Iterator[str]]
    assets: tuple[str, ...] = ()
    mark: str = ""
