"""What is ours in a vault: the names of the files that vault-tools keeps there, and the marks that identify them."""

from collections.abc import Iterable

SETTINGS = "vault-tools.toml"
GRAPH_PAGE = "graph.html"
CHARTS = "learning.svg"
RECORD = "obsidian.json"
"""What is recorded of Obsidian's settings, beside the pages."""

PAGE_MARK = "generated-by: vault-tools"
MAP_MARK = '<meta name="generator" content="vault-tools">'
RECORD_MARK = '"generated-by": "vault-tools"'
EXPORT_MARK = '"generator": "vault-tools"'
"""The mark of a graph that was exported as JSON."""

MARKS = (PAGE_MARK, MAP_MARK, RECORD_MARK)
"""The marks of all files in the folder of our pages."""
LISTING_MARKS = (EXPORT_MARK, MAP_MARK, PAGE_MARK)
"""The marks of files that name every file of the vault, so their names prove nothing."""


def paths(folder: str, pages: Iterable[str]) -> frozenset[str]:
    """Return the vault paths of all files in the folder of our pages; `pages` are the names of the report pages."""
    return frozenset(f"{folder}/{name}" for name in (*pages, CHARTS, RECORD, GRAPH_PAGE))
