"""Properties that are written as Obsidian writes them, and read back as they were meant."""

import json
import re
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.json_values import json_values, read, some_text
from shared.obsidian_cases import expected

from vault_tools.dialect.properties import dump

laws = partial(settings, deadline=None, derandomize=True)


def test_properties_are_written_as_obsidian_writes_them() -> None:
    """X008, byte for byte."""
    case = expected("X008", "yaml_write")
    assert dump(case["in"]) == case["out"]


def test_a_nested_property_is_written_below_its_name() -> None:
    """Maps and lists in each other, and text of more than one line."""
    values = {
        "map": {"a": 1, "b": {"c": [True, None, {}]}, "d": {}},
        "list": [{"x": 1.5, "y": [1]}, [["a"], "b"], "one\n\n  two\n"],
        "text": "one\ntwo: #",
    }
    assert dump(values) == (
        "map:\n  a: 1\n  b:\n    c:\n      - true\n      -\n      - {}\n  d: {}\n"
        "list:\n  - x: 1.5\n    y:\n      - 1\n  - - - a\n    - b\n  - |\n    one\n\n      two\n"
        "text: |-\n  one\n  two: #\n"
    )
    assert read(f"---\n{dump(values)}---\n").values == values


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1e5",
            "0x1F",
            "null",
            "~",
            "true",
            "007",
            "-1",
            ".5",
            "+1.",
            ".inf",
            ".NaN",
            "",
            " a",
            "a ",
            "[[x]]",
            "![[x]]",
        ),
        *("a: b", "a:", "a #b", "#tag", "- x", "-", "? x", "@x", "`x`", "%x", "*x", "&x", "!x", "|", ">", '"x"', "'x'"),
        *("{{title}}", "--- x", "... x", "a\tb", "a\x85b", "a\u2028b", "\ufeff", "\x00", "a\r\nb", "\n", "a\n ", "\na"),
    ],
)
def test_text_that_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    """As value, in a list and as name; what is quoted stands on one line."""
    assert dump({"k": text}).startswith('k: "')
    assert dump({"k": text}).count("\n") == 1
    values = {text: text, "list": [text]}
    assert read(f"---\n{dump(values)}---\n").values == values


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01",
        "12:30",
        "yes",
        "http://x.y/#z",
        "a [[x]]",
        "-x",
        ":x",
        "?",
        "1_000",
        "字：句",
        "🟨",
        "a, b",
        "=",
        "<<",
    ],
)
def test_plain_text_in_properties_gets_no_quotes(text: str) -> None:
    """Dates are text to Obsidian, and so is `yes`."""
    assert dump({"k": text}) == (f"k: {text}\n" if text != "?" else 'k: "?"\n')


properties = st.dictionaries(some_text, json_values, min_size=1, max_size=4)


@laws(max_examples=1000)
@given(properties)
def test_properties_are_read_back_as_they_were_written(values: dict[str, Any]) -> None:
    """Whatever JSON can say, to the type of the number; names that are whole numbers come first, as in JavaScript."""
    found = read(f"---\n{dump(values)}---\n")
    assert found.values == values
    assert json.dumps(found.values) == json.dumps(_in_order(values))


def _in_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    index = re.compile("0|[1-9][0-9]{0,8}")
    numbers = sorted((key for key in value if index.fullmatch(key)), key=int)
    return {key: _in_order(value[key]) for key in [*numbers, *(key for key in value if key not in numbers)]}
