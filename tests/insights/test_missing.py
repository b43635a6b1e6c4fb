"""Missing notes: which notes are to be written, and in which order."""

import pytest
from shared.insight_findings import found, said, seen, typed
from shared.vaults import MakeVault


def test_missing_notes_are_listed_in_the_order_of_demand(vault: MakeVault) -> None:
    """A requirement asks louder than a link, two notes louder than one, a log more softly."""
    got = found(
        vault,
        "missing",
        {
            "A.md": typed("knowledge", "[[Linked twice]]", requires="Required"),
            "B.md": "[[Linked twice]] [[linked twice]] [[Linked once]]",
            "L.md": "---\ntype: log\n---\n[[In a log]]",
        },
    )
    assert [name.removeprefix("missing://") for name in got] == ["Required", "Linked twice", "Linked once", "In a log"]
    assert [finding.weight for finding in got.values()] == [3.0, 2.0, 1.0, 0.5]
    assert seen(got["missing://Required"]) == [("A.md", 3)]
    assert seen(got["missing://Linked twice"]) == [("A.md", 5), ("B.md", 1)]
    assert "2 notes" in said(got["missing://Linked twice"])


def test_a_link_to_an_alias_or_to_another_folder_is_no_missing_note(vault: MakeVault) -> None:
    """It is a broken link to a note that is there; one that is merely alike is offered."""
    got = found(
        vault,
        "missing",
        {
            "Key value cache.md": "---\naliases: [KV cache]\n---\n",
            "Sub/Deep.md": "x",
            "B.md": "[[kv cache]] [[Other/Deep]] [[Unknown]] [[Key valeu cache]]",
        },
    )
    assert sorted(got) == ["missing://Key valeu cache", "missing://Unknown"]
    assert "Key value cache.md" in said(got["missing://Key valeu cache"])
    assert ".md" not in said(got["missing://Unknown"])


def test_a_missing_note_gets_the_type_that_its_relation_asks_for(vault: MakeVault) -> None:
    """What is required should be knowledge."""
    got = found(vault, "missing", {"A.md": typed("project", "", requires="Wanted"), "B.md": "[[Just linked]]"})
    assert "knowledge" in said(got["missing://Wanted"])
    assert "knowledge" not in said(got["missing://Just linked"])


@pytest.mark.parametrize("name", ["{{title}}", "<% tp.file.title %>", "${1:note}", "2031-05-17", "photo.png"])
def test_placeholders_coming_days_and_attachments_are_no_missing_notes(name: str, vault: MakeVault) -> None:
    """They are no notes to write."""
    assert list(found(vault, "missing", {"A.md": f"[[{name}]] [[Real]]"})) == ["missing://Real"]


def test_links_of_templates_and_hidden_notes_ask_for_no_missing_note(vault: MakeVault) -> None:
    """What only they link to is not missed."""
    files: dict[str, str | bytes] = {
        ".obsidian/templates.json": '{"folder": "T"}',
        ".obsidian/app.json": '{"userIgnoreFilters": ["Old"]}',
        "T/x.md": "[[From a template]]",
        "Old.md": "[[From a hidden note]]",
        "Asks.md": "---\ntype: template\n---\n[[From a typed template]]",
    }
    assert not found(vault, "missing", files)
    assert not found(vault, "missing", {"A.md": "[[B]] [[#Here]] [[A]]\n# Here", "B.md": "[[a]]"})
