"""Headings, comments and the ids of blocks."""

import pytest
from shared.notes import read


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("</split>\n---\n", ["</split>"]),
        ("one\ntwo\n---\n", []),
        ("one\n--\n", []),
        ("one\n ---\n", []),
        ("one\n--- ", []),
    ],
)
def test_a_heading_is_underlined_by_three_dashes_under_one_line(text: str, headings: list[str]) -> None:
    """Whatever that line is, but for a heading; the dashes stand at the line's beginning."""
    assert [heading.text for heading in read(text).headings] == headings


def test_a_comment_holds_no_headings_and_no_tasks() -> None:
    """A comment block keeps its links and tags, and loses its structure."""
    note = read("%%\n# Draft #tag\n\n- [ ] k:: v\n%%\n")
    assert note.headings == ()
    assert [tag.name for tag in note.body_tags] == ["#tag"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- one\n- two\n\n^id\n", (1, 2)),
        ("- one\n\n  ^id\n", (1, 3)),
        ("- one\n  - two\n    three\n\n    ^id\n", (2, 5)),
        ("- > ^id\n", (1, 1)),
        ("[^1]: one\n\n    two\n\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d |\n\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d |\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d | ^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | ^id |\n", (1, 3)),
    ],
)
def test_a_block_id_with_no_text_of_its_own_names_a_whole_block(text: str, lines: tuple[int, int]) -> None:
    """The block above it, the item it ends, or the table it stands in; inside a quote it names nothing but itself."""
    assert [(block.line_start, block.line_end) for block in read(text).blocks] == [lines]
