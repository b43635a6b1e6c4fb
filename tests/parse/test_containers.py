"""Quotes, list items and footnotes: what belongs to each, and what ends it."""

import pytest
from shared.notes import raws, read


def test_a_list_item_holds_the_table_that_begins_in_it() -> None:
    """What an item holds is read by itself: the line below its text makes both a table, and the pipe parts cells."""
    assert raws("- [[a|x]]\n---|---\n") == []
    assert raws("- [[a|x]]\n\n---|---\n") == ["[[a|x]]"]


def test_a_quote_belongs_to_the_list_item_above_it() -> None:
    """The fence then belongs to the item and ends with it, so that the one meant to close it opens another."""
    note = read("4. item\n  > quote\n\n   ```\n/** [[code]]\n * [[item]]\n```\n# Code\n[[code]]\n")
    assert [link.raw for link in note.links] == ["[[item]]"]
    assert note.headings == ()


def test_an_unindented_line_keeps_its_list_item_from_being_moved_left() -> None:
    """What stands four columns in, behind a blank line, is then code; without such a line it is an item."""
    assert raws("- one\n    - two\nlazy\n\n    - [[three]]\n") == []
    assert raws("- one\n    - two\n\n    - [[three]]\n") == ["[[three]]"]


@pytest.mark.parametrize("text", ["  1. one\n    - [[a]]\n", " *   one\n    - [[a]]\n", "100. one\n    - [[a]]\n"])
def test_a_list_item_indented_by_four_columns_belongs_to_the_item_above_it(text: str) -> None:
    """Even where it falls short of that one's text; it is no code, for no blank line stands before it."""
    assert raws(text) == ["[[a]]"]


def test_a_number_of_more_than_nine_digits_opens_no_list_item() -> None:
    """As in CommonMark; however many there are, they are text."""
    task = ". [ ] x 📅 2024-05-06\n"
    assert [field.key for field in read("1" * 9 + task).fields] == ["due"]
    assert read("1" * 10 + task).fields == ()
    assert raws("1" * 5000 + ". [[a]]\n- [[b]]\n") == ["[[a]]", "[[b]]"]


def test_a_tab_behind_a_quote_sign_makes_code() -> None:
    """The sign takes a blank with it, and the tab is four columns wherever it stands."""
    assert raws("> \t[[code]]\n") == []
    assert raws(">  [[text]]\n") == ["[[text]]"]


def test_a_line_of_nothing_but_a_tab_ends_no_paragraph() -> None:
    """So the indented line below it is text, where a blank line would make it code."""
    assert raws("one\n\t\n\t[[text]]\n") == ["[[text]]"]
    assert raws("one\n\n\t[[code]]\n") == []


def test_a_fence_closed_at_lesser_indent_inside_a_list_opens_a_new_one() -> None:
    """The text at lesser indent ends the list item and its fence; the closing marks then open a fence of their own."""
    text = "- item\n\n  ```\n  code\n```\n\n[[hidden]] #hidden\n\n# Hidden\n"
    note = read(text)
    assert (note.links, note.body_tags, note.headings) == ((), (), ())
    assert raws(text.replace("\n```\n", "\n  ```\n")) == ["[[hidden]]"]


def test_a_footnote_goes_on_where_its_lines_are_indented() -> None:
    """By four columns: those are no code, but for four more; what is not indented ends it behind a blank line."""
    assert raws("[^1]: [[a]]\n\n    [[b]]\n\n\t[[c]]\n") == ["[[a]]", "[[b]]", "[[c]]"]
    assert raws("[^1]: one\n[^二]: two\n\n    - [ ] [[a]]\n    ```\n    [[code]]\n    ```\n") == ["[[a]]"]
    assert raws("[^1]: one\n\n        [[code]]\n\n[[a]]\n\n    [[code]]\n") == ["[[a]]"]
    assert raws("- [^1]: one\n\n      [[a]]\n") == ["[[a]]"]
    note = read("[^1]: one\n\n    # no heading\n\n# Heading\n")
    assert [heading.text for heading in note.headings] == ["Heading"]
    assert note.footnotes == (("1", 1),)
