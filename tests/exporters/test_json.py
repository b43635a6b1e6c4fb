"""The machine interface: `export --format json` is what its JSON Schema says, whatever the vault."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from shared.vaults import MakeVault, Run, parsed

from vault_tools import Vault
from vault_tools.exporters.json import SCHEMA, export, schema
from vault_tools.graph.build import build
from vault_tools.model.export import Surroundings
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.vocabulary import build_vocabulary
from vault_tools.shipped import asset

WRITTEN: dict[str, Any] = json.loads(schema())


def closed(part: Any) -> Any:
    """Return a schema in which nothing but what it names may stand."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(value) for key, value in part.items()}
    if "properties" in part and "required" in part:
        inner["unevaluatedProperties"] = False
    return inner


def checked(text: str, *, strict: bool = True) -> dict[str, Any]:
    """Read an export; it must be JSON and fit the schema, to the last key if `strict`."""
    data: dict[str, Any] = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    Draft202012Validator(_strict() if strict else WRITTEN).validate(data)
    return data


def _strict() -> dict[str, Any]:
    """Close every object but `problem`, which a row of `problems` extends."""
    whole: dict[str, Any] = closed(WRITTEN)
    del whole["$defs"]["problem"]["unevaluatedProperties"]
    for row in whole["properties"]["problems"]["items"]["allOf"]:
        row.pop("unevaluatedProperties", None)
    whole["properties"]["problems"]["items"]["unevaluatedProperties"] = False
    return whole


def test_the_schema_of_the_export_is_printed_on_request(run: Run) -> None:
    """As it is shipped, without a vault."""
    Draft202012Validator.check_schema(WRITTEN)
    assert WRITTEN["properties"]["schema"]["const"] == SCHEMA
    assert run("export", "--schema").stdout == schema()


def test_the_schema_describes_every_part_of_the_export() -> None:
    """Each property of the schema says what it is, or its name does in the list of those that need no words."""
    plain = {"schema", "aliases", "headings", "level", "line", "embed", "syntax", "where", "form", "problems", "id"}
    plain |= {"line_start", "raw", "key", "note", "path", "source"}

    def told(part: dict[str, Any]) -> Iterator[str]:
        for name, inner in part.get("properties", {}).items():
            if not {"description", "$ref"} & inner.keys() and name not in plain:
                yield name
            yield from told(inner.get("items", {}))

    assert [name for part in (WRITTEN, *WRITTEN["$defs"].values()) for name in told(part)] == []


def test_the_export_of_the_sample_vault_fits_the_schema(run: Run, tmp_path: Path) -> None:
    """As a program reads it."""
    root = tmp_path / "sample"
    shutil.copytree(Path(__file__).parents[2] / "sample_vault", root)
    data = checked(run("export", root, "--format", "json").stdout)
    assert data["vault"] == "sample"
    assert {link["where"] for held in data["notes"] for link in held["links"]} == {"body", "frontmatter"}


def test_each_tag_in_the_export_has_its_line_and_column(vault: MakeVault) -> None:
    """With its line, and its column in UTF-16; those of the properties stand among `tags` alone."""
    root = vault({"a.md": "---\ntags: [p]\n---\n🟨 #标签 and #Tag/x\n"})
    (note,) = checked("".join(Vault.open(root, cache=False).export("json")))["notes"]
    assert note["tags"] == ["#p", "#标签", "#Tag/x"]
    assert note["body_tags"] == [
        {"name": "#标签", "line": 4, "column": 3},
        {"name": "#Tag/x", "line": 4, "column": 11},
    ]


def test_the_export_of_a_vault_full_of_problems_fits_the_schema(vault: MakeVault) -> None:
    """What belongs to no note stands among the problems of its own."""
    root = vault(
        {
            ".obsidian/app.json": "{",
            "Bad.md": b"\xff\xfe",
            "broken.md": "---\na: b: c\n---\n",
            "odd.md": "---\n1: {x: [.nan, 2024-01-01]}\ntags: [1, a]\naliases: 5\n---\n",
            "task.md": "- [ ] t 📅 2024-05-06 [k:: [[x]]]\n",
            "b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "gone.md"}]}',
            "bad.canvas": "{",
            "Note (Conflicted copy laptop 202405061305).md": "x",
            ".Away.md.icloud": "",
            "p.png": b"",
        }
    )
    data = checked("".join(Vault.open(root, cache=False).export("json")))
    assert {row["code"] for row in data["problems"]} == {"settings-invalid", "conflict-copy", "icloud-placeholder"}
    codes = {problem["code"] for held in data["notes"] for problem in held["problems"]}
    assert codes >= {"not-utf8", "properties-invalid", "canvas-invalid"}


PIECES = (
    *(
        "[[a]]",
        "![[b#^x|d]]",
        "[t](c.md)",
        "#tag",
        "\n",
        " ",
        "# H",
        "k:: v",
        "- [ ] 📅 2024-05-06",
        "^id",
        "字",
        "\ud800",
    ),
    *("| a |\n|-|\n| [[q]] |\n", "---\nup: '[[a]]'\n---\n", "---\nx: {y: [1, null]}\n---\n"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["a.md", "x/a.md", "b.md", "n.canvas", "p.png"]), texts))
def test_the_export_of_any_vault_fits_the_schema(files: dict[str, str]) -> None:
    """Whatever stands in its notes."""
    words = build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})
    checked("".join(export(build(parsed(files), files, words), Surroundings("v"))))


def test_the_export_names_a_file_card_by_its_path(vault: MakeVault) -> None:
    """Its target is a vault path like every other, and its text can be found in the file."""
    board = '{"nodes": [{"id": "1", "type": "file", "file": "x/字.md", "subpath": "#H"}]}'
    data = checked("".join(Vault.open(vault({"字.md": "# H", "b.canvas": board}), cache=False).export("json")))
    (link,) = next(held["links"] for held in data["notes"] if held["path"] == "b.canvas")
    (broken,) = data["broken_links"]
    assert (link["raw"], link["target"], link["subpath"]) == ("x/字.md", "x/字.md", "#H")
    assert (broken["raw"], broken["replacements"], broken["guess"]) == ("x/字.md", ["字.md"], False)


def exported(root: Path) -> dict[str, Any]:
    """Export a vault as JSON."""
    return checked("".join(Vault.open(root, cache=False).export("json")))


def test_an_exported_edge_names_the_note_of_its_line(vault: MakeVault) -> None:
    """Of an inverse that is the other end, and of an arrow the canvas."""
    board = {
        "nodes": [{"id": "1", "type": "file", "file": "A.md"}, {"id": "2", "type": "file", "file": "B.md"}],
        "edges": [{"fromNode": "1", "toNode": "2", "label": "related"}],
    }
    files = {"A.md": "---\nrequires: '[[字]]'\n---\n\n[[B]]\n", "字.md": "", "B.md": "", "c.canvas": json.dumps(board)}
    edges = exported(vault(files))["edges"]
    places = {(edge["source"], edge["relation"], edge["target"]): (edge["note"], edge["line"]) for edge in edges}
    assert places["A.md", "links-to", "B.md"] == ("A.md", 5)
    assert places["A.md", "requires", "字.md"] == ("A.md", 2)
    assert places["A.md", "related", "B.md"] == places["B.md", "related", "A.md"] == ("c.canvas", 1)
    inverse = [edge for edge in edges if edge["source"] == "字.md" and edge["inferred"]]
    assert [(edge["note"], edge["line"]) for edge in inverse] == [("A.md", 2)]


def test_the_export_lists_every_file_that_a_link_finds(vault: MakeVault) -> None:
    """Conflict copies, what the settings skip, and our own pages too; but none that no link leads to."""
    copies = [f"{name} (Conflicted copy laptop 202405061305).md" for name in ("笔记", "Other")]
    skipped = {"vault-tools.toml": 'skip = ["Raw/"]', "Raw/Old.md": "", "Raw/Unasked.md": "", "p.png": ""}
    asking = {"A.md": f"[[{copies[0][:-3]}]] [[Old]] [[_vault-tools/Gaps]]"}
    root = vault(skipped | dict.fromkeys(copies, "x") | asking)
    Vault.open(root, cache=False).report()
    data = exported(root)
    assert data["files"] == ["Raw/Old.md", "_vault-tools/Gaps.md", "p.png", copies[0]]
    known = {held["path"] for held in data["notes"]} | set(data["files"])
    assert {link["resolved"] for held in data["notes"] for link in held["links"]} <= known


def test_an_exported_link_in_a_property_has_the_line_of_the_property(vault: MakeVault) -> None:
    """Beside `line`, which is that of links in the text."""
    data = exported(vault({"A.md": "---\ntitle: t\nup:\n  - '[[Gone]]'\n---\n\n[[Lost]]\n"}))
    for rows in (data["notes"][0]["links"], data["broken_links"]):
        places = [(row["key"], row["line"], row["property_line"]) for row in rows]
        assert places == [("up.0", None, 3), (None, 7, None)]


def test_the_schema_allows_more_keys_and_no_fewer() -> None:
    """Within a schema number keys may be added, so readers must bear them."""
    data = json.loads(
        "".join(
            export(build((), (), build_vocabulary(asset("vocabulary.toml"), parse_settings(""), {})), Surroundings("v"))
        )
    )
    checked(json.dumps(data | {"new": 1}), strict=False)
    assert not Draft202012Validator(WRITTEN).is_valid({key: value for key, value in data.items() if key != "files"})
    assert not Draft202012Validator(_strict()).is_valid(data | {"new": 1})


def test_the_export_comes_piece_by_piece(vault: MakeVault) -> None:
    """No piece is larger than what one note says, so that no vault has to fit in memory as text."""
    root = vault({f"{at}.md": f"# T\n[[{at + 1}]] #x\n" for at in range(300)})
    pieces = list(Vault.open(root, cache=False).export("json"))
    assert max(map(len, pieces)) < 20_000
    assert len(pieces) > 600
