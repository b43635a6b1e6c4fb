"""Properties that Obsidian 1.9 dropped or reads otherwise are told, with what to write in their place."""

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import parsed

from vault_tools.model.note import Note


def read(front: str) -> Note:
    """Parse a note of these properties."""
    (note,) = parsed({"a.md": f"---\n{front}\n---\n"})
    return note


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("tag: one", "property-dropped", "tags: [one]"),
        ("tag: one, two three", "property-dropped", "tags: [one, two, three]"),
        ("Tag: '#one #two'", "property-dropped", "tags: [one, two]"),
        ("tag: [one, 2024, 'a b']", "property-dropped", "tags: [one, a, b]"),
        ("tag: b\ntags: [a]", "property-dropped", "tags: [a, b]"),
        ("Tags: a\ntag: b, a", "property-dropped", "Tags: [a, b]"),
        ("alias: One, Two", "property-dropped", "aliases: [One, Two]"),
        ("alias: 甲", "property-dropped", "aliases: [甲]"),
        ("alias: 'C: x'", "property-dropped", 'aliases: ["C: x"]'),
        ("cssclass: wide, dark", "property-dropped", "cssclasses: [wide, dark]"),
        ("aliases: a, b", "aliases-text", "aliases: [a, b]"),
        ('Aliases: "Dark, Vol. 1"', "aliases-text", 'Aliases: [Dark, "Vol. 1"]'),
        ("tags: one two", "tags-text", "tags: [one, two]"),
        ("tags: '#one, #two/x'", "tags-text", "tags: [one, two/x]"),
        ("tags:\n  -one\n  -two", "tags-text", "tags: [one, two]"),
        ("tags:\n  · one\n  · two", "tags-text", "tags: [one, two]"),
        ("tags: one -two", "tags-text", 'tags: [one, "-two"]'),
        ("tags: #one #two/x", "tags-comment", "tags: [one, two/x]"),
        ("a: 1\nTags: #中文 # why\nb: 2", "tags-comment", "Tags: [中文, why]"),
        ("tags:\n\n  - #one\n  - two\nb: 2", "tags-comment", "tags: [two, one]"),
        ("tags: [[one]]", "tags-invalid", "tags: [one]"),
        ("tags:\n  - two\n  - [[one/x]]", "tags-invalid", "tags: [two, one/x]"),
    ],
)
def test_a_dropped_property_is_a_problem_with_the_exact_text_to_write(front: str, code: str, line: str) -> None:
    """And the note has the tags and aliases that Obsidian has: without them."""
    note = read(front)
    (problem,) = note.problems
    assert problem.code == code
    assert line in problem.todo
    assert read(line).problems == ()


@pytest.mark.parametrize(
    "front",
    [
        *("tag:", "alias: []", "tags: [a, b]", "aliases: [a]", "aliases: one", "tags: one", "x: a, b"),
        *("tags: # none yet", "tags: [a] #b", "tags:\n  # - a\n  - b", "tags: #2024", "tags: |\n  #a", "tags:\nb: #x"),
    ],
)
def test_a_current_or_empty_property_is_no_problem(front: str) -> None:
    """An empty property loses nothing."""
    assert read(front).problems == ()


@given(st.lists(st.text(alphabet="ab 1#:,'\"[]{}-字/&*!", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_the_text_in_place_of_a_dropped_property_is_the_list_that_was_meant(items: list[str]) -> None:
    """Whatever the items hold, each is one value."""
    written = frontmatter.dumps(frontmatter.Post("", alias=items), default_flow_style=None, width=10**6)
    (note,) = parsed({"a.md": written})
    for problem in note.problems:
        told = frontmatter.loads(f"---\n{dict(problem.values)['line']}\n---\n").metadata
        meant = [part for item in items for part in [each.strip() for each in item.split(",")] if part]
        assert told == {"aliases": list(dict.fromkeys(meant))}
