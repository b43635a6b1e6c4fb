"""What can be filled into notes, a file for each kind or family of regions: a file here with `REGIONS` adds them.

A new one needs no other edit: `kinds()` walks this folder.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules

from vault_tools.model.note import Note, Problem, Region
from vault_tools.render.pages import Report
from vault_tools.render.regions._kind import Kind


def kinds() -> dict[str, Kind]:
    """Return every kind of region by the name in its markers."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found: list[Kind] = [kind for name in names for kind in import_module(f"{__name__}.{name}").REGIONS]
    return {kind.name: kind for kind in found}


def body(known: Mapping[str, Kind], report: Report, note: Note, region: Region) -> str | None:
    """Return what a region of a note is to hold, as Markdown; None where its name is not known."""
    kind = known.get(region.name)
    return kind.fill(report, note, region.argument) if kind else None


def unknown(known: Mapping[str, Kind], note: Note) -> Iterator[Problem]:
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
