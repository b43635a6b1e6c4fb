"""Measures how far our reading of a vault agrees with what Obsidian recorded of it, and explains each difference.

    python tests/agreement.py VAULT ORACLE

ORACLE is one of: a dump of the plugin Metadata Extractor (`metadata.json`); a Markdown list of unresolved links
(`- [[KEY]] in [[note]], [[note]]`); a folder with `resolvedLinks.json` and `unresolvedLinks.json`; a folder of dumps of
single notes (`cachedMetadata` and `fileContents`), for which VAULT is not looked at. Ends with 1 if any difference is
ours.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vault_tools import Vault
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Link, Note, Source
from vault_tools.parse.note import parse

OURS = "ours"
STALE = "stale dump: what it recorded stands nowhere in the note now"
BEFORE_1_9 = "before 1.9: the dump counts the property `tag` or `alias`, which Obsidian has not read since"
WRITTEN_SINCE = "stale dump: the file that it could not find is there now"
EMPTY = "stale dump: it has no link at all of this note, which holds some now"
GONE = "not in this copy of the vault"


_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|webm|3gp|mkv|mov|mp4|ogv|pdf|canvas)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same: where, what we say, what the record says, and why."""

    note: str
    ours: object
    theirs: object
    cause: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of thing, how often it was compared, and where it differs."""

    name: str
    compared: int
    differences: tuple[Difference, ...]


Rows = Iterable[tuple[str, object, object]]
"""A note, what we say of it, what the record says."""
Counts = Iterable[tuple[str, Iterable[object], Iterable[object]]]
"""A note, and the same with many things."""
Cause = Callable[[str, object, object], str]


def compared(name: str, rows: Rows, cause: Cause = lambda _note, _ours, _theirs: OURS) -> Measure:
    """Compare row by row; `cause` explains one that differs."""
    taken = list(rows)
    wrong = (
        Difference(note, ours, theirs, cause(note, ours, theirs)) for note, ours, theirs in taken if ours != theirs
    )
    return Measure(name, len(taken), tuple(wrong))


def only_ours(name: str, rows: Counts, cause: Cause = lambda _note, _ours, _theirs: OURS) -> Measure:
    """Look at each thing that we report (precision): one that the record lacks is a difference."""
    reported, wrong = 0, []
    for note, ours, theirs in rows:
        mine = Counter(ours)
        reported += mine.total()
        extra = (mine - Counter(theirs)).elements()
        wrong += [Difference(note, each, None, cause(note, each, None)) for each in extra]
    return Measure(f"{name} only ours", reported, tuple(wrong))


def exported(vault: Path, graph: KnowledgeGraph, recorded: Iterable[str] | None = None) -> Measure:
    """Look at each note on the disk, or those of them that are recorded: is it in the graph?"""
    on_disk = {path.relative_to(vault).as_posix() for path in vault.rglob("*.md")}
    seen = sorted(path for path in on_disk if not any(part.startswith(".") for part in path.split("/")))
    known = seen if recorded is None else [path for path in seen if path in set(recorded)]
    return compared("notes exported", ((path, path in graph.nodes, True) for path in known))


def measures(vault: Path, oracle: Path) -> list[Measure]:
    """Compare a vault with a record of it, of whatever kind it is."""
    if oracle.is_dir() and (oracle / "resolvedLinks.json").exists():
        return list(_counts(vault, Vault.open(vault, cache=False).knowledge, oracle))
    if oracle.is_dir():
        dumps = [json.loads(path.read_text("utf-8")) for path in sorted(oracle.glob("*.json"))]
        return list(_dumps([dump for dump in dumps if "cachedMetadata" in dump]))
    graph = Vault.open(vault, cache=False).knowledge
    if oracle.suffix == ".json":
        return list(_extracted(vault, graph, json.loads(oracle.read_text("utf-8"))))
    return [exported(vault, graph), _listed(vault, graph, oracle)]


# ---------------------------------------------------------------- Metadata Extractor


def _extracted(vault: Path, graph: KnowledgeGraph, rows: list[dict[str, Any]]) -> Iterator[Measure]:
    """Compare links, targets, headings and tags with the plugin's dump.

    It leaves out links in properties, links to files that are no notes, attachments and embeds that find nothing, and
    cuts the text of a link to what follows its last slash.
    """
    theirs = {row["relativePath"].replace("\\", "/"): row for row in rows}
    held = {path: node.note for path, node in graph.nodes.items() if node.note and path in theirs}
    plain = {path: list(_plain_links(graph, note)) for path, note in held.items()}
    links = {path: [(_cut(link), target) for link, target in found] for path, found in plain.items()}
    texts = {path: (vault / path).read_text("utf-8", "replace") for path in held}

    def stale(path: str, ours: object, recorded: object) -> str:
        extra: Counter[str] = Counter(map(str, recorded)) - Counter(map(str, ours))  # type: ignore[call-overload]
        return STALE if extra and all(name not in texts[path] for name in extra) else OURS

    def before_1_9(name: str) -> Cause:
        return lambda path, _ours, _theirs: (
            BEFORE_1_9 if name in {key.lower() for key in held[path].frontmatter or ()} else OURS
        )

    def written_since(path: str, _ours: object, recorded: object) -> str:
        """Tell whether the record holds a property whose value stands nowhere in the note now."""
        values = recorded.values() if isinstance(recorded, dict) else ()
        return STALE if any(isinstance(value, str) and value not in texts[path] for value in values) else OURS

    yield exported(vault, graph, theirs)
    listed = ((path, [text for text, _ in links[path]], _texts(theirs[path], "links", "link")) for path in held)
    yield only_ours("links", listed)
    yield compared(
        "properties",
        (
            (path, _properties(note.frontmatter), _properties(theirs[path].get("frontmatter")))
            for path, note in held.items()
        ),
        written_since,
    )
    yield compared(
        "links",
        (
            (path, sorted(text for text, _ in links[path]), sorted(_texts(theirs[path], "links", "link")))
            for path in held
        ),
        stale,
    )
    yield compared("resolved targets", _targets(links, theirs))
    yield compared(
        "display texts",
        (
            (
                path,
                sorted(_shown(link) for link, _ in found if _shown(link) != link.target + link.subpath),
                sorted(row["displayText"] for row in theirs[path].get("links") or () if "displayText" in row),
            )
            for path, found in plain.items()
        ),
        stale,
    )
    yield compared(
        "aliases",
        ((path, list(note.aliases), theirs[path].get("aliases") or []) for path, note in held.items()),
        before_1_9("alias"),
    )
    yield compared(
        "headings",
        (
            (
                path,
                [(heading.text, heading.level) for heading in note.headings],
                [(row["heading"], row["level"]) for row in theirs[path].get("headings") or ()],
            )
            for path, note in held.items()
        ),
    )
    yield compared(
        "tags",
        (
            (path, _tags(note), sorted({tag.lower() for tag in theirs[path].get("tags") or ()}))
            for path, note in held.items()
        ),
        before_1_9("tag"),
    )


_NAMES_AND_TAGS = {"tags", "tag", "aliases", "alias", "position"}
"""Properties that the plugin writes down elsewhere, and one that Obsidian's index adds."""


def _properties(values: dict[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (values or {}).items() if key.lower() not in _NAMES_AND_TAGS}


def _shown(link: Link) -> str:
    """Return the text that the app shows for a link."""
    if link.display is not None:
        return link.display
    return " > ".join(part for part in (link.target + link.subpath).split("#") if part)


def _cut(link: Link) -> str:
    """Return a link's text as the plugin records it."""
    return (link.target + link.subpath).rpartition("/")[2]


def _plain_links(graph: KnowledgeGraph, note: Note) -> Iterator[tuple[Link, str | None]]:
    """Yield the links that the plugin records of a note, and their targets."""
    for link, target in zip(note.links, graph.resolved[note.path], strict=True):
        lost = target is None and (link.embed or _ATTACHMENT.search(link.target))
        if not link.frontmatter and not lost and (target is None or target.lower().endswith(".md")):
            yield link, target


def _targets(links: dict[str, list[tuple[str, str | None]]], theirs: dict[str, dict[str, Any]]) -> Rows:
    """Compare targets link by link, for those that both sides list; several may be cut to the same text."""
    for path, ours in links.items():
        known: dict[str, list[str]] = {}
        for row in theirs[path].get("links") or ():
            if row.get("relativePath"):
                known.setdefault(row["link"], []).append(row["relativePath"])
        for text, target in ours:
            if text in known:
                yield f"{path}: {text}", target, target if target in known[text] else known[text][0]


def _texts(row: dict[str, Any], name: str, key: str) -> list[str]:
    return [item[key] for item in row.get(name) or ()]


def _tags(note: Note) -> list[str]:
    names = (*note.tags, *(tag.name for tag in note.body_tags))
    return sorted({name.removeprefix("#").rstrip("/").lower() for name in names})


# ---------------------------------------------------------------- a list of unresolved links

_LISTED = re.compile(r"^- \[\[(.+?)\]\] in (.+)$", re.MULTILINE)


def _listed(vault: Path, graph: KnowledgeGraph, oracle: Path) -> Measure:
    """Compare the names that nothing answers to."""
    text = oracle.read_text("utf-8")
    theirs = {found[1].lower() for found in _LISTED.finditer(text)}
    own = oracle.relative_to(vault).as_posix() if oracle.is_relative_to(vault) else ""
    ours = {name.lower() for note, names in graph.unresolved.items() if note != own for name in names}
    whole = "\n".join(path.read_text("utf-8", "replace").lower() for path in vault.rglob("*.md") if path != oracle)

    there = {path.name.lower().removesuffix(".md") for path in vault.rglob("*")}

    def cause(name: str, mine: object, _recorded: object) -> str:
        if not mine and name.rpartition("/")[2].removesuffix(".md") in there:
            return WRITTEN_SINCE
        return STALE if not mine and name not in whole else OURS

    return compared("unresolved names", ((name, name in ours, name in theirs) for name in sorted(ours | theirs)), cause)


# ---------------------------------------------------------------- resolved and unresolved links, counted


def _counts(vault: Path, graph: KnowledgeGraph, folder: Path) -> Iterator[Measure]:
    """Compare `metadataCache.resolvedLinks` and `unresolvedLinks`, note by note."""
    held = {path for path, node in graph.nodes.items() if node.note}
    resolved = {path: dict(Counter(target for target in graph.resolved[path] if target)) for path in held}

    rows = {name: json.loads((folder / f"{name}Links.json").read_text("utf-8")) for name in ("resolved", "unresolved")}

    def cause(path: str, ours: object, theirs: object) -> str:
        if path not in held:
            return GONE
        if not any(row.get(path) for row in rows.values()):
            return EMPTY
        return GONE if _without(theirs, graph) == ours else OURS

    yield exported(vault, graph, {path for row in rows.values() for path in row})
    for name, mine in (("resolved", resolved), ("unresolved", graph.unresolved)):
        both = ((path, _elements(mine.get(path, {})), _elements(row)) for path, row in rows[name].items())
        yield only_ours(name, both, lambda path, _ours, _theirs: cause(path, None, {}))
        counted = ((path, dict(mine.get(path, {})), row) for path, row in rows[name].items())
        yield compared(f"{name} counts", counted, cause)


def _elements(counts: Mapping[str, int]) -> Iterable[object]:
    return Counter(counts).elements()


def _without(counts: object, graph: KnowledgeGraph) -> object:
    """Leave out files that this copy of the vault does not have."""
    assert isinstance(counts, dict)
    return {path: count for path, count in counts.items() if path in graph.nodes}


# ---------------------------------------------------------------- dumps of single notes


def _dumps(dumps: list[dict[str, Any]]) -> Iterator[Measure]:
    """Compare everything with its place: line (from 0) and column (UTF-16 units), as Obsidian has it."""
    notes = [(dump["filePath"], parse(Source(dump["filePath"], dump["fileContents"], "")), dump) for dump in dumps]
    asked: list[tuple[str, Callable[[Note], object], Callable[[dict[str, Any]], object]]] = [
        ("links", lambda note: _placed(note, embed=False), lambda cache: _recorded(cache, "links")),
        ("embeds", lambda note: _placed(note, embed=True), lambda cache: _recorded(cache, "embeds")),
        (
            "tags",
            lambda note: [(tag.name, tag.line - 1, tag.column) for tag in note.body_tags],
            lambda cache: [(row["tag"], *_start(row)) for row in cache.get("tags") or ()],
        ),
        (
            "headings",
            lambda note: [(heading.text, heading.level, heading.line - 1) for heading in note.headings],
            lambda cache: [(row["heading"], row["level"], _start(row)[0]) for row in cache.get("headings") or ()],
        ),
        (
            "blocks",
            lambda note: sorted((block.id.lower(), block.line_start - 1, block.line_end - 1) for block in note.blocks),
            lambda cache: sorted(
                (name.lower(), _start(row)[0], row["position"]["end"]["line"])
                for name, row in (cache.get("blocks") or {}).items()
            ),
        ),
        (
            "frontmatter links",
            lambda note: [(link.property, link.raw) for link in note.links if link.frontmatter],
            lambda cache: [(row["key"], row["original"]) for row in cache.get("frontmatterLinks") or ()],
        ),
    ]
    for name, ours, theirs in asked:
        yield compared(name, [(path, ours(note), theirs(dump["cachedMetadata"] or {})) for path, note, dump in notes])
    yield only_ours(
        "links",
        (
            (
                path,
                _raws(note),
                [row["original"] for name in _LINKS for row in (dump["cachedMetadata"] or {}).get(name) or ()],
            )
            for path, note, dump in notes
        ),
    )
    yield compared(
        "columns",
        (
            (path, _columns_of(note), sorted(_recorded_columns(dump["cachedMetadata"] or {})))
            for path, note, dump in notes
        ),
    )
    yield compared(
        "properties",
        (
            (path, note.frontmatter or {}, (dump["cachedMetadata"] or {}).get("frontmatter") or {})
            for path, note, dump in notes
        ),
    )
    every = ((path, [*note.tags, *(tag.name for tag in note.body_tags)], dump) for path, note, dump in notes)
    shown = (
        (path, sorted(map(_shown, note.links)), sorted(_recorded_texts(dump["cachedMetadata"] or {})))
        for path, note, dump in notes
    )
    yield compared("display texts", shown)
    yield compared("aliases", ((path, list(note.aliases), _recorded_aliases(dump)) for path, note, dump in notes))
    yield compared("all tags", ((path, tags, dump["getAllTags"] or []) for path, tags, dump in every))


_LINKS = ("links", "embeds", "frontmatterLinks")


def _raws(note: Note) -> list[str]:
    return [link.raw for link in note.links]


def _columns_of(note: Note) -> list[int]:
    """Return the columns of links and tags in the text, in order."""
    links = [link.column for link in note.links if not link.frontmatter]
    return sorted([*links, *(tag.column for tag in note.body_tags)])


def _recorded_columns(cache: dict[str, Any]) -> Iterator[int]:
    for name in ("links", "embeds", "tags"):
        yield from (_start(row)[1] for row in cache.get(name) or ())


def _placed(note: Note, *, embed: bool) -> list[tuple[str, int, int]]:
    chosen: Iterable[Link] = (link for link in note.links if link.embed == embed and not link.frontmatter)
    return [(link.raw, link.line - 1, link.column) for link in chosen]


def _recorded(cache: dict[str, Any], name: str) -> list[tuple[str, int, int]]:
    return [(row["original"], *_start(row)) for row in cache.get(name) or ()]


def _recorded_texts(cache: dict[str, Any]) -> Iterator[str]:
    for name in ("links", "embeds", "frontmatterLinks"):
        yield from (row["displayText"] for row in cache.get(name) or ())


def _recorded_aliases(dump: dict[str, Any]) -> list[str]:
    """Take the aliases from the recorded properties: a text, or a list of some."""
    values = (dump["cachedMetadata"] or {}).get("frontmatter") or {}
    aliases = values.get("aliases") or []
    return [aliases] if isinstance(aliases, str) else [alias for alias in aliases if alias]


def _start(row: dict[str, Any]) -> tuple[int, int]:
    start = row["position"]["start"]
    return start["line"], start["col"]


# ---------------------------------------------------------------- the table


def main(arguments: list[str]) -> int:
    """Print a table, then every difference with its cause."""
    found = measures(*map(Path, arguments))
    lines = [f"{'':20} {'compared':>9} {'agree':>9} {'%':>8}"]
    for measure in found:
        agree = measure.compared - len(measure.differences)
        share = 100 * agree / max(measure.compared, 1)
        lines.append(f"{measure.name:20} {measure.compared:9} {agree:9} {share:8.2f}")
    for measure in found:
        for each in measure.differences:
            lines.append(f"\n{measure.name}: {each.note}")
            lines += [f"  ours    {each.ours}", f"  theirs  {each.theirs}", f"  cause   {each.cause}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(each.cause == OURS for measure in found for each in measure.differences))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
