"""The script that compares us with what Obsidian recorded finds agreement, and every doctored record."""

import json
from pathlib import Path
from typing import Any

import pytest
from agreement import BEFORE_1_9, EMPTY, GONE, OURS, STALE, WRITTEN_SINCE, main, measures
from shared.vaults import MakeVault, write

FILES = {
    "a.md": "---\ntag: old\n---\n# Head\n[[x/b]] 🟨 [[b#H|d]] ![[b]] ![[gone.png]] [[Lost]] #t\n\nblock ^id\n",
    "x/b.md": "---\nup: '[[a]]'\naliases: [乙]\nalias: B\n---\n# H\n",
}


def causes(vault: Path, oracle: Path) -> list[tuple[str, str, str]]:
    """Give each difference by measure, note and cause."""
    return [(found.name, each.note, each.cause) for found in measures(vault, oracle) for each in found.differences]


def saved(folder: Path, name: str, content: Any) -> Path:
    """Write a record beside the vault."""
    text = content if isinstance(content, str) else json.dumps(content)
    write(folder, {name: text})
    return folder / name


EXTRACTED: list[dict[str, Any]] = [
    {
        "relativePath": "a.md",
        "links": [
            {"link": "b", "relativePath": "x/b.md"},
            {"link": "b#H", "relativePath": "x/b.md", "displayText": "d"},
            {"link": "b", "relativePath": "x/b.md"},
            {"link": "Lost"},
        ],
        "headings": [{"heading": "Head", "level": 1}],
        "tags": ["t"],
    },
    {
        "relativePath": "x\\b.md",
        "aliases": ["乙"],
        "headings": [{"heading": "H", "level": 1}],
        "frontmatter": {"up": "[[a]]", "aliases": ["乙"], "alias": "B"},
    },
    {"relativePath": "long gone.md", "links": [{"link": "q"}]},
]


def test_the_script_agrees_with_a_dump_of_the_plugin_and_finds_a_doctored_one(vault: MakeVault, tmp_path: Path) -> None:
    """Its quirks are no differences; what changed since, and what Obsidian read otherwise then, is explained."""
    root = vault(FILES)
    assert causes(root, saved(tmp_path, "whole.json", EXTRACTED)) == []
    first, *others = EXTRACTED
    for changed, expected in (
        ({"headings": []}, ("headings", "a.md", OURS)),
        ({"links": first["links"][1:]}, ("links", "a.md", OURS)),
        ({"links": [*first["links"], {"link": "Never written"}]}, ("links", "a.md", STALE)),
        (
            {"links": [{"link": "b", "relativePath": "q.md"}]},
            ("resolved targets", "a.md: b", OURS),
        ),
        (
            {"links": [*first["links"][:3], {"link": "Lost", "displayText": "d"}]},
            ("display texts", "a.md", OURS),
        ),
        ({"links": first["links"][:3]}, ("links only ours", "a.md", OURS)),
        ({"frontmatter": {"seen": 1}}, ("properties", "a.md", OURS)),
        ({"frontmatter": {"seen": "long ago"}}, ("properties", "a.md", STALE)),
        ({"aliases": ["甲"]}, ("aliases", "a.md", OURS)),
        ({"tags": ["old", "t"]}, ("tags", "a.md", BEFORE_1_9)),
        (
            {"links": [*first["links"][:3], {"link": "Lost", "relativePath": "q.md"}]},
            ("resolved targets", "a.md: Lost", OURS),
        ),
    ):  # fmt: skip
        assert expected in causes(root, saved(tmp_path, "d.json", [first | changed, *others]))
    older = others[0] | {"aliases": ["乙", "B"]}
    assert causes(root, saved(tmp_path, "d.json", [first, older])) == [("aliases", "x/b.md", BEFORE_1_9)]


def test_a_recorded_note_that_is_not_exported_is_a_difference(vault: MakeVault, tmp_path: Path) -> None:
    """It must not go missing in silence, whatever we take it for."""
    name = "n (conflicted copy).md"
    root = vault({**FILES, name: "x", ".trash/gone.md": "x"})
    record = saved(tmp_path, "whole.json", [*EXTRACTED, {"relativePath": name}])
    assert causes(root, record) == [("notes exported", name, OURS)]
    assert ("notes exported", name, OURS) in causes(root, saved(tmp_path, "list.md", "- [[Lost]] in [[a]]\n"))


def test_the_script_agrees_with_a_list_of_unresolved_links_and_finds_a_doctored_one(
    vault: MakeVault, tmp_path: Path
) -> None:
    """Whichever side has one more."""
    root = vault(FILES)
    whole = "- [[Lost]] in [[a]]\n- [[gone.png]] in [[a]]\n"
    assert causes(root, saved(tmp_path, "list.md", whole)) == []
    assert causes(root, saved(tmp_path, "less.md", whole.partition("\n")[2])) == [("unresolved names", "lost", OURS)]
    more = whole + "- [[b]] in [[a]]\n- [[Never written]] in [[a]]\n"
    assert [cause for _, _, cause in causes(root, saved(tmp_path, "more.md", more))] == [WRITTEN_SINCE, STALE]


def test_the_script_agrees_with_counts_of_links_and_finds_doctored_ones(vault: MakeVault, tmp_path: Path) -> None:
    """Note by note."""
    root = vault(FILES)
    resolved: dict[str, dict[str, int]] = {"a.md": {"x/b.md": 3}, "x/b.md": {"a.md": 1}}
    unresolved: dict[str, dict[str, int]] = {"a.md": {"gone.png": 1, "Lost": 1}, "x/b.md": {}}

    def told(right: dict[str, dict[str, int]]) -> list[tuple[str, str, str]]:
        saved(tmp_path / "o", "resolvedLinks.json", right)
        saved(tmp_path / "o", "unresolvedLinks.json", unresolved)
        return causes(root, tmp_path / "o")

    assert told(resolved) == []
    assert told(resolved | {"a.md": {"x/b.md": 2}}) == [
        ("resolved only ours", "a.md", OURS),
        ("resolved counts", "a.md", OURS),
    ]
    assert told(resolved | {"a.md": {"x/b.md": 3, "away.md": 1}}) == [("resolved counts", "a.md", GONE)]
    assert told(resolved | {"x/b.md": {}}) == [
        ("resolved only ours", "x/b.md", EMPTY),
        ("resolved counts", "x/b.md", EMPTY),
    ]
    assert told(resolved | {"away.md": {"a.md": 1}}) == [("resolved counts", "away.md", GONE)]


def _at(line: int, column: int, **said: object) -> dict[str, Any]:
    return {**said, "position": {"start": {"line": line, "col": column}, "end": {"line": line, "col": column}}}


DUMP: dict[str, Any] = {
    "filePath": "n.md",
    "fileContents": "---\nup: '[[a]]'\naliases: 甲\n---\n# H\n🟨 [[a#b| 甲 ]] ![[b#c]] #t\n\ntext ^Id\n",
    "getAllTags": ["#t"],
    "cachedMetadata": {
        "links": [_at(5, 3, original="[[a#b| 甲 ]]", displayText="甲")],
        "embeds": [_at(5, 15, original="![[b#c]]", displayText="b > c")],
        "tags": [_at(5, 24, tag="#t")],
        "headings": [_at(4, 0, heading="H", level=1)],
        "blocks": {"id": _at(7, 0)},
        "frontmatterLinks": [{"key": "up", "original": "[[a]]", "displayText": "a"}],
        "frontmatter": {"up": "[[a]]", "aliases": "甲"},
    },
}


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"links": [_at(5, 2, original="[[a#b| 甲 ]]", displayText="甲")]}, "links"),
        ({"embeds": [_at(4, 15, original="![[b#c]]", displayText="b > c")]}, "embeds"),
        ({"links": [_at(5, 3, original="[[a#b| 甲 ]]", displayText="a")]}, "display texts"),
        ({"frontmatter": {"aliases": ["甲", "乙"]}}, "aliases"),
        ({"tags": [_at(3, 24, tag="#t")]}, "tags"),
        ({"headings": [_at(4, 0, heading="H", level=2)]}, "headings"),
        ({"blocks": {"id": _at(5, 0)}}, "blocks"),
        ({"links": []}, "links only ours"),
        ({"tags": [_at(5, 25, tag="#t")]}, "columns"),
        ({"frontmatter": {"up": "[[a]]", "aliases": "甲", "x": 1}}, "properties"),
        ({"frontmatterLinks": [{"key": "up.0", "original": "[[a]]", "displayText": "a"}]}, "frontmatter links"),
    ],
)
def test_the_script_agrees_with_a_dump_of_a_note_and_finds_a_doctored_one(
    changed: dict[str, Any], name: str, tmp_path: Path
) -> None:
    """To the line and the column."""
    saved(tmp_path / "o", "n.json", DUMP)
    assert causes(tmp_path, tmp_path / "o") == []
    saved(tmp_path / "o", "n.json", DUMP | {"cachedMetadata": DUMP["cachedMetadata"] | changed})
    assert (name, "n.md", OURS) in causes(tmp_path, tmp_path / "o")


def test_the_script_of_agreement_ends_with_1_if_a_difference_is_ours(
    vault: MakeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And shows both sides of it."""
    root = str(vault(FILES))
    assert main([root, str(saved(tmp_path, "list.md", "- [[Lost]] in [[a]]\n"))]) == 1
    assert "gone.png" in capsys.readouterr().out
    assert main([root, str(saved(tmp_path, "whole.json", EXTRACTED))]) == 0
