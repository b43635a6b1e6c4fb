"""How the lines of a list are cut into items."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vault_tools.parse.blocks.list_items import cut_items, unmarked

LINES = st.lists(st.sampled_from(["- a", "* b", "1. c", "  - d", "text", "  text", "\ttext", "", "  ", "---", "# e"]))


@given(LINES)
def test_items_follow_each_other_and_have_a_line(below: list[str]) -> None:
    """No line belongs to two items; only blank lines between them belong to none."""
    lines = ["- first", *below]

    items = cut_items(lines)

    assert items[0].first == 0
    assert all(item.first < item.last <= len(lines) for item in items)
    for item, following in pairwise(items):
        assert item.last <= following.first
        assert not any(line.strip() for line in lines[item.last : following.first])


@given(LINES)
def test_items_of_a_list_have_one_marker(below: list[str]) -> None:
    """Another marker begins another list."""
    lines = ["- first", *below]

    assert all(lines[item.first].lstrip().startswith("- ") for item in cut_items(lines))


def test_an_unindented_line_goes_on_with_an_item_until_a_blank_one() -> None:
    """As in a paragraph; behind a blank line, it is outside of the list."""
    items = cut_items(["- one", "goes on", "- two", "", "outside"])

    assert [(item.first, item.last) for item in items] == [(0, 2), (2, 3)]


def test_the_text_of_an_item_loses_its_marker_and_its_common_indentation() -> None:
    """An unindented line keeps all other lines where they are."""
    assert unmarked(["- one", "  - below", "    deeper"]) == ["one", "- below", "  deeper"]
    assert unmarked(["- one", "  - below", "lazy"]) == ["one", "  - below", "lazy"]
