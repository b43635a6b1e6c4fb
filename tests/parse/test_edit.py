"""Properties that are added to a note: nothing else of it changes."""

import re
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shared.json_values import json_values, read, some_text
from shared.obsidian_cases import CASES

from vault_tools.parse import frontmatter
from vault_tools.parse.edit import PropertiesError, add, append, extend, insert, merge
from vault_tools.parse.note import clean

laws = partial(settings, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "---\nk: v\n---\n"),
        ("text", "---\nk: v\n---\ntext"),
        ("\ufeffa\r\nb", "\ufeff---\r\nk: v\r\n---\r\na\r\nb"),
        ("---\n---", "---\nk: v\n---"),
        ("---\n# only a remark\n---\n", "---\n# only a remark\nk: v\n---\n"),
        ("---\nb: 1 # one\n\na:   [x]\n---\ntext\n", "---\nb: 1 # one\n\na:   [x]\nk: v\n---\ntext\n"),
        ("---\r\nb: |\r\n  x\r\n---\r\ny\n", "---\r\nb: |\r\n  x\r\nk: v\r\n---\r\ny\n"),
        ("---\nK: other\n---\n", "---\nK: other\n---\n"),
        ("---\n'k': \n---\n", "---\n'k': \n---\n"),
        ("---\n\nrule above", "---\nk: v\n---\n---\n\nrule above"),
    ],
)
def test_a_property_is_added_below_the_others(text: str, wanted: str) -> None:
    """X006: line ends, byte order mark, order, remarks and the end of the file stay."""
    assert add(text, {"k": "v"}) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b: c\n---\n",
        "---\na: 1\n\ntext",
        "---\n{a: 1}\n---\n",
        "---\n  a: 1\n---\n",
        "---\n- x\n---\n",
        "---\na: 1\n...\n---\n",
    ],
)
def test_properties_to_which_no_line_can_be_added_are_left_alone(text: str) -> None:
    """What cannot be read, or is written in one line, is the user's to mend."""
    with pytest.raises(PropertiesError):
        add(text, {"k": "v"})
    assert add("---\n{a: 1}\n---\n", {"A": "v"}) == "---\n{a: 1}\n---\n"


ROWS = (
    *("a: 1", "b:", "tags: [x]", "Up: '[[x]]'", "# remark", "", "c: |\n  x", "d: >+\n  x\n", "e:\n  - x", "'f': g"),
    'h: "x\n  y"',
)
blocks = st.none() | st.lists(st.sampled_from(ROWS), unique=True, max_size=5)
bodies = st.lists(st.sampled_from(["", "text", "---", "# T", "字"]), max_size=5)
additions = st.dictionaries(
    st.sampled_from(["a", "A", "up", "k", "tags", "x y", "字:"]) | some_text, json_values, max_size=3
)


@laws(max_examples=600)
@given(blocks, bodies, additions, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_adding_properties_only_adds_lines(
    block: list[str] | None, body: list[str], values: dict[str, Any], end: str, mark: str
) -> None:
    """One run of lines is put in; every other byte stays, what was read is read still, and a second time adds none."""
    front = "" if block is None else "---\n" + "".join(f"{row}\n" for row in block) + "---\n"
    text = mark + (front + "\n".join(body)).replace("\n", end)
    old = read(text).values or {}
    assume(block is not None or not old)
    try:
        changed = add(text, values)
    except PropertiesError:
        assert read(text).problems
        return
    grown = len(changed) - len(text)
    assert any(changed[:at] + changed[at + grown :] == text for at in range(len(text) + 1))
    if end in text:
        assert set(changed) & {"\r", "\n"} == set(end)
    taken = {name.lower() for name in old}
    now = read(changed).values or {}
    assert list(now)[: len(old)] == list(old)
    assert {name: now[name] for name in old} == old
    assert {name.lower() for name in now} == taken | {name.lower() for name in values}
    assert add(changed, values) == changed


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["area"] == "template-merge"], ids=lambda case: case["id"]
)
def test_a_template_is_inserted_as_obsidian_inserts_it(case: dict[str, Any]) -> None:
    """Every case of the area "template-merge"."""
    note, template, expect = case["files"]["src.md"], case["files"]["Templates/t.md"], case["expect"]
    if expect.get("error"):
        with pytest.raises(PropertiesError):
            insert(note, template)
        return
    after = insert(note, template)
    assert frontmatter.read(after).values == expect["merged_frontmatter"]
    assert all(piece in after for piece in expect.get("body_contains", ()))


WORDS = st.text(st.sampled_from("ab: -#[]{},'\"量\\é"), max_size=6)
VALUES = st.none() | st.booleans() | st.integers(0, 99) | WORDS | st.lists(WORDS, max_size=3)
PROPERTIES = st.dictionaries(st.sampled_from(["a", "b", "c d", "标签"]), VALUES, min_size=1, max_size=4)
BODY = st.sampled_from(["", "text", "\n# H\n\nx\n", "量子\n\n- a\n"])
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A note with properties as Obsidian writes them or in flow style, any line ends, with or without a mark."""
    import json

    from vault_tools.dialect.properties import dump

    values = draw(PROPERTIES)
    flow = "".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}\n' for key, value in values.items())
    text = f"---\n{draw(st.sampled_from([dump(values), flow]))}---\n{draw(BODY)}"
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(ENDS))


@given(notes() | BODY, PROPERTIES)
def test_merging_properties_keeps_existing_values_and_a_second_time_changes_nothing(
    text: str, values: dict[str, Any]
) -> None:
    """Lists are united with the note's items first; of any other property the note's own counts."""
    old = frontmatter.read(clean(text)).values or {}
    after = merge(text, values)
    new = frontmatter.read(clean(after)).values or {}
    for name, value in old.items():
        more = values.get(name)
        if isinstance(value, list) and isinstance(more, list):
            assert new[name][: len(value)] == value
            assert all(item in new[name] for item in more)
        else:
            assert new[name] == value
    assert new.keys() == old.keys() | values.keys()
    assert merge(after, values) == after
    assert clean(after)[frontmatter.read(clean(after)).body :] == clean(text)[frontmatter.read(clean(text)).body :]
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in text) == (re.search(r"(?<!\r)\n", after) is None) or "\n" not in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntags: [n] # why\nb: 1\n---\n", None),
        ("---\ntags: [n]\nb: 1\n---\n", '---\ntags: [n, "t"]\nb: 1\n---\n'),
        ("---\ntags: []\n---\n", '---\ntags: ["t"]\n---\n'),
        ("---\ntags:\n- n\n# a comment\nb: 1\n---\n", "---\ntags:\n- n\n- t\n# a comment\nb: 1\n---\n"),
        ("---\r\ntags:\r\n    - n\r\n---\r\n", "---\r\ntags:\r\n    - n\r\n    - t\r\n---\r\n"),
        ("---\ntags: [\n  n\n]\n---\n", None),
    ],
)
def test_an_item_is_added_to_a_list_in_the_style_of_the_list(before: str, after: str | None) -> None:
    """Or it is refused, where that cannot be told; nothing else changes."""
    if after is None:
        with pytest.raises(PropertiesError):
            extend(before, "tags", ["t"])
    else:
        assert extend(before, "tags", ["t"]) == after


@given(st.text() | notes(), st.text())
def test_text_appended_to_a_note_is_on_a_line_of_its_own(text: str, body: str) -> None:
    """The text above is as it was."""
    after = append(text, body)
    assert after.startswith(text)
    assert clean(after).endswith(clean(body)) or not body or body.startswith("\ufeff")
