"""Which of several searches finds a node first."""

from collections.abc import Callable, Iterable, Sequence

from vault_tools.dialect.query.conditions import Condition
from vault_tools.dialect.query.parser import parse
from vault_tools.dialect.query.searchable import Searchable, searchable
from vault_tools.model.graph import Node


def first_found(queries: Sequence[str], nodes: Sequence[Node], text: Callable[[str], str]) -> list[int]:
    """Return for each node the number, from 1, of the first query that finds it; 0 where none does.

    `text` gives the text of a note by its path; it is called only if a query needs it.
    """
    searches = [(number, search) for number, query in enumerate(queries, 1) if (search := parse(query)) is not None]
    if not searches:
        return [0 for _ in nodes]
    return [_first(searches, searchable(node, text)) for node in nodes]


def is_understood(query: str) -> bool:
    """Tell whether the search finds the same as in Obsidian; an empty query finds nothing there either."""
    return not query.strip() or parse(query) is not None


def _first(searches: Iterable[tuple[int, Condition]], node: Searchable) -> int:
    return next((number for number, search in searches if search.finds(node)), 0)
