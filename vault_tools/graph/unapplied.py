"""Which filters and searches of Obsidian's settings are not applied here, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from vault_tools.dialect.query import is_understood
from vault_tools.dialect.regex import PatternFault
from vault_tools.graph.excluded import unusable_filters
from vault_tools.model.note import Problem

_CODE = "filter-not-applied"
_WHY: Mapping[PatternFault, Problem] = {
    "unsupported": Problem(
        _CODE,
        0,
        "problem.unapplied.filter-unsupported",
        "problem.unapplied.filter-unsupported-fix",
    ),
    "invalid": Problem(
        _CODE,
        0,
        "problem.unapplied.filter-invalid",
        "problem.unapplied.filter-invalid-fix",
    ),
    "large": Problem(
        _CODE,
        0,
        "problem.unapplied.filter-too-large",
        "problem.unapplied.filter-too-large-fix",
    ),
}


def unapplied_filters(entries: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each filter of the excluded files that is not applied."""
    for entry, reason in unusable_filters(entries):
        yield replace(_WHY[reason], values=(("filter", entry),))


def unapplied_searches(queries: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each search of a graph group that is not understood."""
    message = "problem.unapplied.search-not-understood"
    remedy = "problem.unapplied.search-not-understood-fix"
    for query in queries:
        if not is_understood(query):
            yield Problem("search-not-applied", 0, message, remedy, (("query", query),))
