"""Broken links: headings, blocks and attachments that are not there."""

from shared.insight_findings import found, said, seen
from shared.vaults import MakeVault

from vault_tools import Vault


def test_a_link_to_a_missing_heading_or_block_is_found_with_the_nearest_name(vault: MakeVault) -> None:
    """With the line of the link; headings and blocks that are there are no finding."""
    files: dict[str, str | bytes] = {
        "A.md": "\n[[B#Heading one]]\n[[B#Headng one]]\n[[B#^blok-1]]\n"
        "[[B#^block-1]]\n[[#Nowhere at all]]\n[[B#heading ONE!]]",
        "B.md": "# Heading one\ntext ^block-1\n",
    }
    opened = Vault.open(vault(files))
    got = {finding.subject.line: said(finding) for finding in opened.findings["broken"]}
    assert sorted(got) == [3, 4, 6]
    assert "#Heading one" in got[3]
    assert "#^block-1" in got[4]
    assert "nearest" not in got[6]


def test_a_link_to_a_missing_attachment_is_found_with_the_nearest_name(vault: MakeVault) -> None:
    """One that is there is no finding; a missing note is not one either."""
    got = found(
        vault,
        "broken",
        {"A.md": "![[diagrm.png]] ![[there.pdf#page=2]] [[Note]] ![[zzz.mp3]]", "x/diagram.png": b"", "there.pdf": b""},
    )
    assert sorted(got) == ["missing://diagrm.png", "missing://zzz.mp3"]
    assert "x/diagram.png" in said(got["missing://diagrm.png"])
    assert "diagram" not in said(got["missing://zzz.mp3"])
    assert seen(got["missing://diagrm.png"]) == [("A.md", 1)]


def test_links_to_footnotes_pdf_pages_and_hidden_notes_are_not_broken(vault: MakeVault) -> None:
    """Places in other files are not checked."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": '{"userIgnoreFilters": ["Old"]}',
        "Old.md": "[[B#Gone]]",
        "A.md": "[[B]] [[B#]] [[Board.canvas#x]] [[p.pdf#page=3]]",
        "B.md": "",
        "Board.canvas": "{}",
        "p.pdf": b"",
    }
    assert not found(vault, "broken", files)
