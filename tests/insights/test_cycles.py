"""Circles of relations."""

import re

from shared.insight_findings import found, said, seen, typed
from shared.vaults import MakeVault

from vault_tools.insights import insights
from vault_tools.model.text import mentions


def test_a_circle_of_relations_is_found_once_with_each_of_its_notes_and_drawn(vault: MakeVault) -> None:
    """The picture is Mermaid, and closes."""
    got = found(
        vault,
        "cycles",
        {
            "A.md": typed("knowledge", depends_on="B"),
            "B.md": typed("knowledge", depends_on="C"),
            "C.md": typed("knowledge", depends_on="A"),
            "D.md": typed("knowledge", depends_on="A"),
        },
    )
    assert list(got) == ["A.md"]
    assert [ref.id for ref in mentions(got["A.md"].why)] == ["A.md", "B.md", "C.md", "A.md"]
    assert seen(got["A.md"]) == [("A.md", 3), ("B.md", 3), ("C.md", 3)]
    (insight,) = (one for one in insights() if one.name == "cycles")
    assert insight.picture is not None
    lines = insight.picture(tuple(got.values())).splitlines()
    assert lines[0].startswith("flowchart")
    arrows = [re.findall(r'\["(\w)"\]', line) for line in lines[1:]]
    assert arrows == [["A", "B"], ["B", "C"], ["C", "A"]]


def test_a_long_circle_of_relations_names_its_first_notes_and_counts_the_rest(vault: MakeVault) -> None:
    """A row of a thousand names helps nobody; such a circle is not drawn either."""
    files: dict[str, str | bytes] = {
        f"N{at:03}.md": typed("knowledge", depends_on=f"N{(at + 1) % 300:03}") for at in range(300)
    }
    got = found(vault, "cycles", files)
    assert list(got) == ["N000.md"]
    assert [ref.id for ref in mentions(got["N000.md"].why)] == [f"N{at:03}.md" for at in [*range(12), 0]]
    assert "288 more notes" in said(got["N000.md"])
    assert len(seen(got["N000.md"])) == 12
    (insight,) = (one for one in insights() if one.name == "cycles")
    assert insight.picture is not None
    assert insight.picture(tuple(got.values())) == ""


def test_a_note_that_requires_itself_is_a_circle(vault: MakeVault) -> None:
    """The shortest there is."""
    assert list(found(vault, "cycles", {"A.md": typed("knowledge", depends_on="A")})) == ["A.md"]


def test_relations_that_allow_circles_and_inverses_make_no_circle(vault: MakeVault) -> None:
    """Links may go in circles, so may `related` and `causes`; both ends of one relation are one relation."""
    files: dict[str, str | bytes] = {
        "A.md": typed("knowledge", "[[B]]", related="B", causes="B", requires="G", depends_on="C"),
        "B.md": typed("knowledge", "[[A]]", related="A", causes="A"),
        "C.md": typed("knowledge", supports="A"),
        "G.md": typed("project", requires="A"),
    }
    assert not found(vault, "cycles", files)
