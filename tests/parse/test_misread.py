"""Properties that YAML takes, and reads otherwise than their writer means, are told with the text to write."""

import pytest
from shared.vaults import parsed

from vault_tools.model.note import Note


def read(front: str) -> Note:
    """Parse a note of these properties."""
    (note,) = parsed({"a.md": f"---\n{front}\n---\n"})
    return note


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("x: 1\naliases:\n  -甲\n  -乙 丙\nz: 1", "list-unspaced", 'aliases: [甲, "乙 丙"]'),
        ("x: 1\nup:\n  -[[a]]\n  -[[b]]", "list-unspaced", 'up: ["[[a]]", "[[b]]"]'),
    ],
)
def test_a_misread_property_is_a_problem_with_the_exact_text_to_write(front: str, code: str, line: str) -> None:
    """Nothing else is told of the property, and the text that mends it is all right itself."""
    (problem,) = read(front).problems
    assert (problem.code, problem.line) == (code, 3)
    assert problem.todo.endswith(f"write: {line}")
    assert read(line).problems == ()


@pytest.mark.parametrize(
    "front",
    [
        "a: # a comment",
        "a: #b",
        "a: 1 #b",
        "a:\n#b\nc: 1",
        "a:\n  - b # c",
        "a: '#b'",
        "a: -b",
        "a:\n  -5",
        "a: |\n  -b\n  -c",
    ],
)
def test_a_property_that_is_read_as_it_was_meant_is_no_problem(front: str) -> None:
    """A comment after a space, a text of its own, a number."""
    assert read(front).problems == ()


@pytest.mark.parametrize("front", ["tags: #a", "tags:\n  - #a", "tags:\n  -a\n  -b", "tags: [[a]]"])
def test_a_problem_with_tags_is_reported_once(front: str) -> None:
    """They have remedies of their own."""
    assert len(read(front).problems) == 1
