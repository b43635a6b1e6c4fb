"""The marker lines of regions: which lines are markers, which of them belong together, and what is wrong with the rest.

    %% vault-tools:begin NAME ARGUMENT %%
    this text is replaced
    %% vault-tools:end NAME %%

A region is a first marker that is followed by the last one of its name, with no marker between them and at the same
depth; any other marker is a problem, and its text is not changed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vault_tools.model.note import Problem, Region
from vault_tools.parse.plain_blocks import Leaf

_LINE = re.compile(
    r"(?P<prefix>[ \t]*(?:>[ \t]*)*)%%[ \t]*vault-tools:(?P<word>[\w-]*+)(?P<rest>(?:(?!%%)[^\n])*)%%[ \t]*(?=\n|\Z)"
)
_LINE_END = re.compile(r"\r\n?|\n")


class Marker(NamedTuple):
    """A marker: its row (0-based), the text before it, its word (`begin`, `end`), the name, and what follows."""

    row: int
    prefix: str
    word: str
    name: str
    argument: str


def markers(leaf: Leaf, text: str, code: Iterable[tuple[int, int]] = ()) -> Iterator[Marker]:
    """Yield the lines of a leaf of `text` that are markers; `code` are its code spans, in order."""
    if leaf.cell:
        return
    spans, at = iter(code), 0
    span = next(spans, None)
    for line in leaf.lines:
        while span is not None and span[1] <= at:
            span = next(spans, None)
        begin = text.rfind("\n", 0, line.offset) + 1
        found = _LINE.match(text, begin)
        if found is not None and (span is None or at <= span[0]):
            name, _, argument = found["rest"].strip().partition(" ")
            yield Marker(line.row, found["prefix"], found["word"], name, argument.strip())
        at += len(line.text) + 1


def paired(found: list[Marker], text: str) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """Return the regions that markers make in a text whose line ends may be any, and what is wrong with the others."""
    regions: list[Region] = []
    problems: list[Problem] = []
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    at = 0
    while at < len(found):
        first, last = found[at], found[at + 1] if at + 1 < len(found) else None
        if last is not None and _belong(first, last):
            place = starts[first.row + 1], starts[last.row]
            regions.append(Region(first.name, first.argument, *place, first.row + 1, last.row + 1, first.prefix))
            at += 2
            continue
        problems.append(_problem(first, last))
        at += 1
    return tuple(regions), tuple(problems)


def _belong(first: Marker, last: Marker) -> bool:
    return (
        (first.word, last.word) == ("begin", "end")
        and bool(first.name)
        and first.name == last.name
        and first.prefix.rstrip() == last.prefix.rstrip()
    )


def _problem(marker: Marker, following: Marker | None) -> Problem:
    """Say why a marker makes no region with the one that follows."""
    line, name = marker.row + 1, marker.name
    if marker.word not in {"begin", "end"} or not name:
        message = "problem.region.not-a-marker"
        return Problem("region-marker", line, message, "problem.region.not-a-marker-fix")
    values = (("name", name), ("begin", f"%% vault-tools:begin {name} %%"), ("end", f"%% vault-tools:end {name} %%"))
    if marker.word == "end":
        message = "problem.region.not-begun"
        return Problem("region-unopened", line, message, "problem.region.not-begun-fix", values)
    if following is None:
        message = "problem.region.not-closed"
        return Problem("region-unclosed", line, message, "problem.region.not-closed-fix", values)
    if following.word == "end" and following.name == name:
        message = "problem.region.depth-differs"
        return Problem("region-depth", line, message, "problem.region.depth-differs-fix", values)
    message = "problem.region.nested"
    remedy = "problem.region.nested-fix"
    return Problem("region-crossed", line, message, remedy, (*values, ("line", str(following.row + 1))))
