"""The marker lines of regions: which lines are markers, which of them belong together, and what is wrong with the rest.

    %% vault-tools:begin NAME ARGUMENT %%
    this text is replaced
    %% vault-tools:end NAME %%

A region is a first marker that is followed by the last one of its name, with no marker between them and at the same
depth; any other marker is a problem, and its text is not changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vault_tools.model.note import Problem, Region
from vault_tools.parse.inline import scan
from vault_tools.parse.leaf import Leaf
from vault_tools.parse.positions import join_lines

MARK = "vault-tools:"
"""What every marker contains."""
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


def read_regions(source: str, text: str, leaves: Iterable[Leaf]) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """Return the regions of a note, as places in `source`, and what is wrong with its other markers.

    `text` is what the parser reads of the source, and `leaves` are its live text.
    """
    markers: list[Marker] = []
    for leaf in leaves:
        run = join_lines(leaf)
        if MARK in run and not leaf.cell:
            markers.extend(_markers(leaf, text, scan(run).code if "`" in run else ()))
    return _paired(markers, source)


def without_regions(body: str, first: int, regions: Sequence[Region]) -> str:
    """Return a body that begins at line `first` (0-based) without its regions."""
    lines = body.split("\n")
    at, kept = 0, []
    for region in regions:
        kept += lines[at : region.line - 1 - first]
        at = region.last - first
    return "\n".join([*kept, *lines[at:]])


def _markers(leaf: Leaf, text: str, code: Iterable[tuple[int, int]]) -> Iterator[Marker]:
    """Yield the lines of a leaf of `text` that are markers; `code` are its code spans, in order."""
    spans, at = iter(code), 0
    span = next(spans, None)
    for line in leaf.lines:
        while span is not None and span[1] <= at:
            span = next(spans, None)
        begin = text.rfind("\n", 0, line.offset) + 1
        marker = _LINE.match(text, begin)
        if marker is not None and (span is None or at <= span[0]):
            name, _, argument = marker["rest"].strip().partition(" ")
            yield Marker(line.row, marker["prefix"], marker["word"], name, argument.strip())
        at += len(line.text) + 1


def _paired(markers: list[Marker], source: str) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """Return the regions that markers make in a text whose line ends may be any, and what is wrong with the others."""
    regions: list[Region] = []
    problems: list[Problem] = []
    starts = [0, *(end.end() for end in _LINE_END.finditer(source))]
    at = 0
    while at < len(markers):
        first, last = markers[at], markers[at + 1] if at + 1 < len(markers) else None
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


_MESSAGES = {
    "region-marker": ("problem.region.not-a-marker", "problem.region.not-a-marker-fix"),
    "region-unopened": ("problem.region.not-begun", "problem.region.not-begun-fix"),
    "region-unclosed": ("problem.region.not-closed", "problem.region.not-closed-fix"),
    "region-depth": ("problem.region.depth-differs", "problem.region.depth-differs-fix"),
    "region-crossed": ("problem.region.nested", "problem.region.nested-fix"),
}


def _problem(marker: Marker, following: Marker | None) -> Problem:
    """Say why a marker makes no region with the one that follows."""
    code = _code(marker, following)
    message, remedy = _MESSAGES[code]
    return Problem(code, marker.row + 1, message, remedy, tuple(_values(code, marker.name, following)))


def _code(marker: Marker, following: Marker | None) -> str:
    if marker.word not in {"begin", "end"} or not marker.name:
        return "region-marker"
    if marker.word == "end":
        return "region-unopened"
    if following is None:
        return "region-unclosed"
    is_own_end = following.word == "end" and following.name == marker.name
    return "region-depth" if is_own_end else "region-crossed"


def _values(code: str, name: str, following: Marker | None) -> Iterator[tuple[str, str]]:
    """Yield what the sentences about a problem mention."""
    if code == "region-marker":
        return
    yield "name", name
    yield "begin", f"%% vault-tools:begin {name} %%"
    yield "end", f"%% vault-tools:end {name} %%"
    if code == "region-crossed" and following is not None:
        yield "line", str(following.row + 1)
