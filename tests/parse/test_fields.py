"""Inline fields: the links and values that they hold."""

from shared.notes import read


def test_a_field_knows_the_link_that_it_holds() -> None:
    """So that a link in a field is a relation, and one beside it is not."""
    note = read("[[x]] (up:: [[a]]) [[y]] [next:: [[b]]]\nrelated:: [[c]], [[d]]\n")
    assert [(link.target, link.property) for link in note.links] == [
        ("x", None), ("a", "up"), ("y", None), ("b", "next"), ("c", "related"), ("d", "related"),
    ]  # fmt: skip


def test_two_colons_in_code_are_no_field() -> None:
    """A code span hides its own colons and no others."""
    assert read("call `std::move` here\n").fields == ()
    assert [field.key for field in read("`a` [k:: v] `b`\n").fields] == ["k"]
    assert [field.value for field in read("k:: `v`\n").fields] == ["`v`"]


def test_code_hides_fields_exactly_where_it_hides_links() -> None:
    """Backticks that nothing closes may open with fewer, escaped ones open nothing, and code goes over lines."""
    assert read("`` [k:: v] `\n").fields == ()
    assert [field.key for field in read("\\`[k:: v]\\`\n").fields] == ["k"]
    assert [field.key for field in read("`one\n[k:: v]` [二:: v]\n").fields] == ["二"]


def test_a_field_of_too_many_digits_is_text() -> None:
    """A number that no reader of the export could hold is left as it stands."""
    digits = "9" * 400
    values = [field.value for field in read(f"a:: {digits}\n\nb:: 999999999999999999\n\nc:: {digits}.5\n").fields]
    assert values == [digits, 999999999999999999, f"{digits}.5"]
