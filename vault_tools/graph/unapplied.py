"""Which filters and searches of Obsidian's settings are not applied here, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from vault_tools.dialect.regex import Reason
from vault_tools.graph.kinds import unread_filters
from vault_tools.graph.query import is_understood
from vault_tools.model.note import Problem

_CODE = "filter-not-applied"
_WHY: Mapping[Reason, Problem] = {
    "unsupported": Problem(
        _CODE,
        0,
        "the excluded-files filter {filter} uses lookaround or a backreference, which vault-tools does not "
        "support: it hides no notes",
        r"write it without `(?=`, `(?!`, `(?<`, `\1` and `\k`, or enter a folder instead",
    ),
    "invalid": Problem(
        _CODE,
        0,
        "the excluded-files filter {filter} is not a valid regular expression: it hides no notes",
        "correct it in Obsidian's settings, under Excluded files",
    ),
    "large": Problem(
        _CODE,
        0,
        "the excluded-files filter {filter} is too large: it hides no notess",
        "simplify it, or enter a folder instead",
    ),
}


def unapplied_filters(entries: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each filter of the excluded files that is not applied."""
    for entry, reason in unread_filters(entries):
        yield replace(_WHY[reason], values=(("filter", entry),))


def unapplied_searches(queries: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each search of a graph group that is not understood."""
    message = "vault-tools does not understand the search {query} of a graph group: the group colours nothing here"
    remedy = "use words, `path:`, `tag:` or a property, and no lookaround"
    for query in queries:
        if not is_understood(query):
            yield Problem("search-not-applied", 0, message, remedy, (("query", query),))
