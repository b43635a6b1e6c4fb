"""What can be filled into notes, a file for each kind or family of regions: a file here with `REGIONS` adds them.

A new one needs no other edit: `kinds()` walks this folder.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from vault_tools.families import Family
from vault_tools.model.note import Note, Problem, Region
from vault_tools.render.region import RegionKind
from vault_tools.render.report import Report

_FAMILY = Family(__name__, "REGIONS", RegionKind)


def kinds() -> dict[str, RegionKind]:
    """Return every kind of region by the name in its markers."""
    return {kind.name: kind for kind in _FAMILY.rows()}


def body(kinds_by_name: Mapping[str, RegionKind], report: Report, note: Note, region: Region) -> str | None:
    """Return what a region of a note is to hold, as Markdown; None where its name is not known."""
    kind = kinds_by_name.get(region.name)
    return kind.fill(report, note, region.argument) if kind else None


def unknown(kinds_by_name: Mapping[str, RegionKind], note: Note) -> Iterator[Problem]:
    """Yield a problem for each region of a note whose name is not known, or that is given a word it does not know."""
    for region in note.regions:
        if region.name not in kinds_by_name:
            yield _unknown_name(kinds_by_name, region)
        else:
            yield from _unknown_word(kinds_by_name[region.name], region)


def _unknown_name(kinds_by_name: Mapping[str, RegionKind], region: Region) -> Problem:
    near = get_close_matches(region.name.lower(), kinds_by_name, 1)
    remedy = "region.name-unknown-fix-near" if near else "region.name-unknown-fix"
    values = (("name", region.name), ("near", "".join(near)), ("known", tuple(sorted(kinds_by_name))))
    return Problem("region-unknown", region.line, "region.name-unknown", remedy, values)


def _unknown_word(kind: RegionKind, region: Region) -> Iterator[Problem]:
    """Yield a problem with the first word of an argument that a kind does not know."""
    words = [word for word in region.argument.split() if word not in kind.words]
    if kind.words and words:
        values = (("name", region.name), ("word", words[0]), ("known", kind.words))
        yield Problem("region-word-unknown", region.line, "region.word-unknown", "region.word-unknown-fix", values)
