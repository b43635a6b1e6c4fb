"""Properties that are added to a note: nothing else of it changes."""

from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shared.json_values import json_values, read, some_text

from vault_tools.parse.edit import PropertiesError, add

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
def test_properties_that_take_no_more_lines_are_left_alone(text: str) -> None:
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
def test_adding_properties_changes_nothing_but_the_lines_added(
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
