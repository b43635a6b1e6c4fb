"""What Obsidian makes of some hundred small vaults (tests/obsidian/), and that we make the same of them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from shared.obsidian_cases import CASES
from shared.vaults import parsed

from vault_tools.exporters.json import export
from vault_tools.graph.build import build
from vault_tools.graph.resolve import Resolver
from vault_tools.graph.sections import Sections
from vault_tools.model.export import Surroundings
from vault_tools.model.graph import KnowledgeGraph
from vault_tools.model.note import Note
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

Case = dict[str, Any]

AREAS = {
    "base", "block", "canvas", "config", "embed", "frontmatter", "frontmatter-link", "heading", "inline-field",
    "markdown-link", "resolution", "tag", "typed-edge", "unresolved", "wikilink",
}  # fmt: skip
ELSEWHERE = {
    "link-writing": ("graph/test_linktext.py",),
    "template": ("dialect/test_template.py",),
    "template-merge": ("parse/test_edit.py",),
    "uri": ("dialect/test_uri.py",),
    "writing": ("dialect/test_filenames.py", "dialect/test_properties.py", "parse/test_edit.py"),
}
UNTOLD = {
    "note": "a remark in words",
    "click_creates": "what a click does is no part of the graph",
    "displayText": "the text that the app shows for a link without one",
}
KNOWN: dict[str, str] = {}
"""Cases that are believed to be wrong, and why."""
STRUCTURAL = {"links-to", "embeds", "tagged"}


@dataclass(frozen=True)
class Vault:
    """The vault of one case, in memory."""

    case: Case
    fast: bool

    @cached_property
    def files(self) -> dict[str, str]:
        """Give the files that belong to the vault: those outside folders whose names start with a dot."""
        return {path: text for path, text in self.case["files"].items() if not _hidden(path)}

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """Parse the notes and build the graph, with the vocabulary that is shipped."""
        words = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
        return build(parsed(self.files, fast=self.fast), self.files, words)

    @cached_property
    def told(self) -> dict[str, Any]:
        """Give what the JSON export says of the vault."""
        told: dict[str, Any] = json.loads("".join(export(self.graph, Surroundings("vault", {}))))
        return told

    @cached_property
    def source(self) -> dict[str, Any]:
        """Give what the JSON export says of the case's note; a file that is no note says nothing."""
        path = self.case["source"]
        if path in self.told["files"]:
            return {"links": [], "tags": []}
        return next(row for row in self.told["notes"] if row["path"] == path)

    @property
    def note(self) -> Note:
        """Give the case's note as parsed."""
        found = self.graph.nodes[self.case["source"]].note
        assert found is not None
        return found


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _of(name: str) -> Callable[[Vault, Any], object]:
    """Look at a key of the note's JSON; of rows, only at what the case tells of them."""

    def look(vault: Vault, expected: object) -> object:
        value = vault.source[name]
        if not isinstance(expected, list) or len(value) != len(expected):
            return value
        return [_told_of(row, wanted) for row, wanted in zip(value, expected, strict=True)]

    return look


def _told_of(row: object, wanted: object) -> object:
    """Take from a row the keys that are wanted; those that are no part of the graph stand as they are."""
    if not isinstance(row, dict) or not isinstance(wanted, dict):
        return row
    return {key: value if key in UNTOLD else row.get(key) for key, value in wanted.items()}


def _resolved(vault: Vault, _: object) -> object:
    return dict(Counter(row["resolved"] for row in vault.source["links"] if row["resolved"] is not None))


def _resolutions(vault: Vault, expected: list[dict[str, str]]) -> object:
    resolver = Resolver(vault.files)
    return [{**row, "resolved": resolver.resolve(row["link"].partition("#")[0], row["from"])} for row in expected]


def _subpaths(vault: Vault, expected: list[dict[str, Any]]) -> object:
    return [_subpath(vault.note, row["subpath"]) for row in expected]


def _subpath(held: Note, subpath: str) -> dict[str, Any]:
    """Say where a subpath leads, and to what."""
    line = Sections(held).find(subpath)
    lines = {
        "heading": {heading.line for heading in held.headings},
        "block": {block.line_start for block in held.blocks},
        "footnote": {at for _, at in held.footnotes},
    }
    kind = next((kind for kind, at in lines.items() if line in at), None)
    return {"subpath": subpath, "type": kind} | ({} if line is None else {"line": line})


def _edges(vault: Vault, expected: list[dict[str, Any]]) -> object:
    """List the semantic edges; implied ones only where the case tells of some."""
    rows = [row for row in vault.told["edges"] if row["relation"] not in STRUCTURAL]
    if not any(edge["implied"] for edge in expected):
        rows = [row for row in rows if not row["inferred"]]
    return [
        {
            "type": row["relation"],
            "source": row["source"],
            "target": None if row["target"].startswith("missing://") else row["target"],
            "implied": row["inferred"],
        }
        for row in rows
    ]


def _is_invalid(vault: Vault, _: object) -> object:
    return any(problem.code == "properties-invalid" for problem in vault.note.problems)


CHECKS: dict[str, Callable[[Vault, Any], object]] = {
    "aliases": _of("aliases"),
    "blocks": _of("blocks"),
    "edges": _edges,
    "external": lambda vault, _: list(vault.note.external),
    "fields": _of("fields"),
    "frontmatter": _of("frontmatter"),
    "frontmatter_error": _is_invalid,
    "headings": _of("headings"),
    "links": _of("links"),
    "resolutions": _resolutions,
    "resolved_links": _resolved,
    "subpaths": _subpaths,
    "tag_counts": lambda vault, _: vault.told["tag_counts"],
    "tags": _of("tags"),
    "unresolved": lambda vault, _: vault.told["unresolved"].get(vault.case["source"], {}),
}


def _chosen() -> Iterator[Any]:
    for case in CASES:
        if case["area"] in AREAS - {"config"} and case["expect"].keys() - UNTOLD:
            reason = KNOWN.get(case["id"])
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "full"])
@pytest.mark.parametrize("case", list(_chosen()))
def test_each_recorded_vault_is_read_as_obsidian_reads_it(case: Case, *, fast: bool) -> None:
    """Each key that a case names is what Obsidian makes of it."""
    vault = Vault(case, fast)
    for key in case["expect"].keys() - UNTOLD:
        expected = case["expect"][key]
        assert CHECKS[key](vault, expected) == expected, f"{key}: {case['why']}"


def test_every_area_of_the_recorded_cases_is_tested() -> None:
    """A new area of cases must be taken up, here or elsewhere."""
    told = [*AREAS, *ELSEWHERE]
    assert sorted(told) == sorted({case["area"] for case in CASES})


@pytest.mark.parametrize("area", sorted(ELSEWHERE))
def test_every_recorded_case_is_named_by_the_test_file_of_its_area(area: str) -> None:
    """By its area as a whole, or one by one."""
    text = "".join((Path(__file__).parents[1] / file).read_text("utf-8") for file in ELSEWHERE[area])
    cases = [case["id"] for case in CASES if case["area"] == area]
    assert f'"{area}"' in text or [name for name in cases if name not in text] == []


def test_every_known_failure_is_a_recorded_case() -> None:
    """A case that is renamed takes its entry in KNOWN with it."""
    assert {case["id"] for case in CASES if case["area"] in AREAS} >= KNOWN.keys()
