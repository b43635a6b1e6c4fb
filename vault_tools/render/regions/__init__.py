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


def body(known: Mapping[str, RegionKind], report: Report, note: Note, region: Region) -> str | None:
    """Return what a region of a note is to hold, as Markdown; None where its name is not known."""
    kind = known.get(region.name)
    return kind.fill(report, note, region.argument) if kind else None


def unknown(known: Mapping[str, RegionKind], note: Note) -> Iterator[Problem]:
    """Yield a problem for each region of a note whose name is not known, or that is given a word it does not know."""
    for region in note.regions:
        words = known[region.name].words if region.name in known else ()
        strange = [word for word in region.argument.split() if words and word not in words]
        if strange:
            message = "region.word-unknown"
            remedy = "region.word-unknown-fix"
            told = (("name", region.name), ("word", strange[0]), ("known", words))
            yield Problem("region-word-unknown", region.line, message, remedy, told)
        elif region.name not in known:
            near = get_close_matches(region.name.lower(), known, 1)
            message = "region.name-unknown"
            remedy = "region.name-unknown-fix-near" if near else "region.name-unknown-fix"
            values = (("name", region.name), ("near", "".join(near)), ("known", tuple(sorted(known))))
            yield Problem("region-unknown", region.line, message, remedy, values)
