"""What the value of an inline field means, as Dataview reads it: its own grammar, case by case."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import parsed

from vault_tools.parse.literals import value

A, B = {"link": "a"}, {"link": "b", "display": "B"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # nothing, truth
        ("", None), ("  ", None), ("null", None), ("NULL", "NULL"), ("nullable", "nullable"),
        ("null, null", [None, None]),
        ("true", True), ("True", True), ("false", False), ("False", False), ("TRUE", "TRUE"), ("truely", "truely"),
        # numbers
        ("9", 9), ("-1.5", -1.5), ("007", 7), ("+5", "+5"), (".5", ".5"), ("5.", "5."), ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("5 apples", "5 apples"), ("1,000", [1, 0]), ("9" * 19, "9" * 19),
        # days
        ("2024-05", {"date": "2024-05"}), ("2024-05-06", {"date": "2024-05-06"}),
        ("2024-05-06T10", {"date": "2024-05-06T10"}), ("2024-05-06T10:00", {"date": "2024-05-06T10:00"}),
        ("2024-05-06T10:00:00.123", {"date": "2024-05-06T10:00:00.123"}),
        ("2024-05-06T10:00:00+9", {"date": "2024-05-06T10:00:00+9"}),
        ("2024-05-06T10:00:00-09:30", {"date": "2024-05-06T10:00:00-09:30"}),
        ("2024-05-06T10:00:00Z", {"date": "2024-05-06T10:00:00Z"}),
        ("2024-05-06T10:00:00[Europe/Paris]", {"date": "2024-05-06T10:00:00[Europe/Paris]"}),
        ("2024-05-06T10:00Z", "2024-05-06T10:00Z"), ("2024-05-06 10:00", "2024-05-06 10:00"),
        ("2024-02-30", "2024-02-30"), ("2024-13", "2024-13"), ("2024-05-06T25:00", "2024-05-06T25:00"), ("2024", 2024),
        ("2024-05-06 x", "2024-05-06 x"), ("2024-05-06, 2024-05", [{"date": "2024-05-06"}, {"date": "2024-05"}]),
        # lengths of time stay as they are written; commas join their parts
        ("90 min", "90 min"), ("1 day, 2 hours", "1 day, 2 hours"), ("4hr2min", "4hr2min"), ("1d, [[a]]", ["1d", A]),
        ("1 day, 2 x", "1 day, 2 x"), ("1 day, 2", ["1 day", 2]),
        # quoted text
        ('"x"', "x"), ('"a, b"', "a, b"), ('"say \\"hi\\""', 'say "hi"'), ('"C:\\\\Users"', "C:\\Users"),
        ('"C:\\Users"', "C:\\Users"), ('"\\n"', "\\n"), ('""', ""), ('"a" b', '"a" b'), ('"open', '"open'),
        ('"a", "b, c"', ["a", "b, c"]), ('"a\\"', '"a\\"'), ("'x'", "'x'"), ('"2024-05-06"', "2024-05-06"),
        # links
        ("[[a]]", A), ("![[a]]", A | {"embed": True}), ("[[b|B]]", B), ("[[a#H|d]]", {"link": "a#H", "display": "d"}),
        ("see [[a]]", "see [[a]]"), ("[[a]] [[b]]", "[[a]] [[b]]"), ("[x](a.md)", "[x](a.md)"), ("[[a] ]", "[[a] ]"),
        # lists
        ("[[a]], [[b|B]]", [A, B]), ("[[a]],", [A]), ("[[a]] ,", [A]), ("1,", [1]), ("x,", "x,"), (",", ","),
        ("[[a]], [[b]],", "[[a]], [[b]],"), ("[[a]], , [[b]]", "[[a]], , [[b]]"), ("[[a]],,", "[[a]],,"),
        ('1, 2, "x", true', [1, 2, "x", True]), ("1, word", "1, word"), ("word, 1", "word, 1"), ("1;2", "1;2"),
        ("[1, 2]", "[1, 2]"), ("[[a]], 2 days, null", [A, "2 days", None]),
        # tags
        ("#a/b", "#a/b"), ("#a, #b", ["#a", "#b"]), ("#a #b", "#a #b"),
    ],
)  # fmt: skip
def test_the_value_of_a_field_is_what_dataview_reads(text: str, meant: Any) -> None:
    """The first kind that it begins as decides, and where something follows it is text as it was written."""
    assert value(text) == meant
    assert type(value(text)) is type(meant)


def quoted(text: str) -> str:
    """Write a text so that it is one value."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.text())
def test_a_quoted_text_in_a_field_is_read_back(text: str) -> None:
    """Whatever it holds: backslashes, quotes, commas, brackets."""
    assert value(quoted(text)) == text


@given(st.lists(st.one_of(st.integers(-(10**17), 10**17), st.booleans(), st.none(), st.text()), min_size=2))
def test_a_list_in_a_field_is_read_back(items: list[Any]) -> None:
    """Item by item."""
    written = [quoted(item) if isinstance(item, str) else json.dumps(item) for item in items]
    assert value(", ".join(written)) == items


@given(st.text(alphabet='[]#"\\, 1d-n:', max_size=40))
def test_any_value_of_a_field_has_a_meaning_and_text_stays_as_written(text: str) -> None:
    """Nothing raises, and nothing is lost."""
    found = value(text)
    if isinstance(found, str) and not text.strip().startswith('"'):
        assert found == text.strip()


@pytest.mark.parametrize(
    ("line", "key", "canonical"),
    [
        ("_requires_:: x", "requires", "requires"),
        ("__needs__:: x", "needs", "needs"),
        ("***up***:: x", "up", "up"),
        ("**Bold Key**:: x", "Bold Key", "bold-key"),
        ("snake_case_:: x", "snake_case_", "snake_case_"),
        ("**_requires_**:: x", "requires", "requires"),
        ("[**requires**:: x]", "requires", "requires"),
        ("a (_needs_:: x) b", "needs", "needs"),
        ("[`code`:: x]", "code", "code"),
        ("[a*b:: x]", "a*b", "ab"),
    ],
)
def test_the_key_of_a_field_is_read_without_markup(line: str, key: str, canonical: str) -> None:
    """In a line of its own and in brackets alike, so that it names its relation in both."""
    (note,) = parsed({"a.md": line})
    assert [(field.key, field.canonical, field.value) for field in note.fields] == [(key, canonical, "x")]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("minutes:: 90 ^m1", 90),
        ("- solved-in:: 2 days ^s1", "2 days"),
        ("outcome:: success ^o-1", "success"),
        ("up:: [[a]] ^x", A),
        ("k:: a ^not_an_id", "a ^not_an_id"),
        ("k:: x^2", "x^2"),
        ("a [k:: 1 ^b] c", "1 ^b"),
    ],
)
def test_a_block_id_at_the_end_of_a_line_is_no_part_of_the_value_of_a_field(line: str, meant: Any) -> None:
    """It is an address, which a link to the line puts there."""
    (note,) = parsed({"a.md": line})
    assert [field.value for field in note.fields] == [meant]
