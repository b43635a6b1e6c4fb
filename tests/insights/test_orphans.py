"""Orphans by each definition, and the advice for each."""

import re

import pytest
from shared.insight_findings import SEA, found, said, text
from shared.vaults import MakeVault

from vault_tools import words as catalogue
from vault_tools.model.speech import format_words

BY = {
    "isolated": ["Alone.md", "Self.md", "Pic.md", "Alone and short.md"],
    "no-in": ["Hub.md", "Alone.md", "Self.md", "Pic.md", "Island 1.md", "Alone and short.md"],
    "no-out": ["Alone.md", "Self.md", "Pic.md", "Alone and short.md", "In.md", "Island 2.md", "Logged.md"],
    "islands": ["Island 1.md", "Island 2.md", "Logged.md"],
    "weak": ["Logged.md"],
}


@pytest.mark.parametrize("definition", BY)
def test_each_definition_of_orphans_finds_its_orphans(definition: str, vault: MakeVault) -> None:
    """Logs, index notes and templates are not asked; attachments, tags and links to oneself are no neighbours."""
    got = found(vault, "orphans", SEA, f'[orphans]\ndefinition = "{definition}"')
    assert sorted(got) == sorted(BY[definition])


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("\n \r\n", True),
        ("---\n---\n", True),
        ("---\ntype: knowledge\n---\n", False),
        ("---\na: [\n---\n", False),
        (b"z\xfcrich", False),
        (b"\0\0", False),
        ("%% later %%", False),
        ("![](https://x.org/a.png)", False),
    ],
)
def test_only_an_orphan_that_holds_nothing_is_called_empty(text: str | bytes, empty: bool, vault: MakeVault) -> None:  # noqa: FBT001
    """The advice to delete it would lose what could not be read."""
    (finding,) = found(vault, "orphans", {"A.md": text}).values()
    assert (
        format_words(finding.step, catalogue.words(), lambda ref: ref.id) == "it is empty: add some text, or delete it"
    ) is empty


def test_orphans_with_the_most_words_come_first(vault: MakeVault) -> None:
    """They have most to give."""
    assert next(iter(found(vault, "orphans", SEA))) == "Alone.md"
    assert not found(vault, "orphans", {"A.md": "[[B]]", "B.md": ""})


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("C#", "rename C#.md to C, then link to it"),
        ("a|b", "rename a|b.md to a-b, then link to it"),
        ("x[[y]]", "rename x[[y]].md to xy, then link to it"),
        ("c^d", "link to it from a related note"),
        ("问：答", "link to it from a related note"),
    ],
)
def test_the_advice_for_an_orphan_that_no_link_reaches_is_to_rename_it(name: str, step: str, vault: MakeVault) -> None:
    """Linking it from somewhere would lead nowhere."""
    (finding,) = found(vault, "orphans", {f"{name}.md": "word"}).values()
    assert said(finding) == step


def test_all_definitions_of_orphans_are_counted_over_the_same_notes(vault: MakeVault) -> None:
    """With the number of notes that could be one, and the chosen one marked."""
    got = found(vault, "definitions", SEA, '[orphans]\ndefinition = "weak"')
    cells = {re.findall(r"\((\S+?)[,)]", name)[-1]: text(finding.cells[0]) for name, finding in got.items()}
    assert cells == {name: f"{len(names)} of 10" for name, names in BY.items()}
    assert [name for name in got if "chosen" in name] == [
        "backlinks only from logs, reflections and index notes (weak, chosen)"
    ]
