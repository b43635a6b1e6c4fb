"""What is said of properties that Obsidian cannot read: the line of the fault, and a text that mends it."""

import random
import re

import pytest
import yaml_answers
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_fuzz import Grammar, mutated

from vault_tools.model.note import Problem, Source
from vault_tools.parse import frontmatter
from vault_tools.parse.note import parse
from vault_tools.parse.yaml.lines import FIRST_LINE
from vault_tools.words import words

# block, line in the note, words of the message, the text to write
MISTAKES: list[tuple[str, int, str, str]] = [
    ("a: 1\n标题：值\nb: 2", 3, "full-width (：)", "标题: 值"),
    ("标题：值\n作者：我", 2, "full-width (：)", "标题: 值"),
    ("tags：\n  - a", 2, "full-width (：)", "tags:"),
    ("a:\n\t- b", 3, "a tab", "  - b"),
    ("a:\n\tb: 1", 3, "a tab", "  b: 1"),
    ("需要： [[甲]]", 2, "full-width (：)", '需要: "[[甲]]"'),
    ("需要：[[甲]]、[[乙]]", 2, "full-width (：)", '需要: ["[[甲]]", "[[乙]]"]'),
    ("a: 1\nkey:value", 3, "no space after the colon", "key: value"),
    ("key:value\nb: 1", 2, "no space after the colon", "key: value"),
    ("a: 1\nfoo\nb: 2", 3, "no colon after its name", "foo:"),
    ("a: 1\nauthor Jane Doe\nb: 2", 3, "no colon after its name", "author: Jane Doe"),
    ("up: [[a]], b: x", 2, "a link has no quotes", 'up: "[[a]], b: x"'),
    ("up: [[a]], [[b]]", 2, "a link has no quotes", 'up: ["[[a]]", "[[b]]"]'),
    ("up: [[a]] and more", 2, "a link has no quotes", 'up: "[[a]] and more"'),
    ("a:\n  - [[b]] c", 3, "a link has no quotes", '  - "[[b]] c"'),
    ("a: @me", 2, "begins with @", 'a: "@me"'),
    ("@me: a", 2, "begins with @", '"@me": a'),
    ("a:\n  - `b`", 3, "begins with `", '  - "`b`"'),
    ("a: %b", 2, "begins with %", 'a: "%b"'),
    ("%a: b", 2, "begins with %", '"%a": b'),
    ("a: *bold*", 2, "begins with *", 'a: "*bold*"'),
    ("a: **bold** text", 2, "begins with *", 'a: "**bold** text"'),
    ("a: & b", 2, "begins with &", 'a: "& b"'),
    ("a: !x!y z", 2, "begins with !", 'a: "!x!y z"'),
    ("a: > 5", 2, "begins with >", 'a: "> 5"'),
    ("a: |b|", 2, "begins with |", 'a: "|b|"'),
    ("a: , b", 2, "begins with ,", 'a: ", b"'),
    ("a: - b", 2, "begins with -", 'a: "- b"'),
    ('title: "abc', 2, "never closed", 'title: "abc"'),
    ('title: "abc\nb: "c"', 2, "never closed", 'title: "abc"'),
    ("title: 'abc\nb: 1", 2, "never closed", "title: 'abc'"),
    ('tags: ["a", "b]', 2, "never closed", 'tags: ["a", "b"]'),
    ("title: 'it's me'", 2, "after the closing quote", 'title: "it\'s me"'),
    ('title: "Foo" bar', 2, "after the closing quote", "title: '\"Foo\" bar'"),
    ("tags: [a, b", 2, "a bracket is never closed", "tags: [a, b]"),
    ("tags: [a, b\nx: 1", 2, "a bracket is never closed", "tags: [a, b]"),
    ("tags: [a, [b]\nx: 1", 2, "a bracket is never closed", "tags: [a, [b]]"),
    ("a: {b: 1\nx: 1", 2, "a bracket is never closed", "a: {b: 1}"),
    ("title: a: b", 2, 'contains ": "', 'title: "a: b"'),
    ("a:\n  - b: c: d", 3, 'contains ": "', '  - b: "c: d"'),
    ('title: say "hi": b', 2, 'contains ": "', "title: 'say \"hi\": b'"),
    ("a: 1\nb: 2\na: 3", 4, "'a' appears twice", "a-2: 3"),
    ("a: {b: 1, b: 2}", 2, "'b' appears twice", "a: {b: 1, b-2: 2}"),
    ("a:\n  b: 1\n  b: 2", 4, "'b' appears twice", "  b-2: 2"),
    ('tags: ["MOC"]\n  - x', 3, "a list continues below a value", 'tags: ["MOC", x]'),
    ("tags: MOC\n- x\n- y", 3, "a list continues below a value", "tags: [MOC, x, y]"),
    ("tags: []\n  - x\nb: 1", 3, "a list continues below a value", "tags: [x]"),
    ("title: “a: b”", 2, "curly", 'title: "a: b"'),
    ("tags: [a，b】", 2, "full-width", "tags: [a, b]"),
    ("title: {{title}} 1", 2, "a template variable has no quotes", 'title: "{{title}} 1"'),
    ("date: <% a: b %>", 2, "a template variable has no quotes", 'date: "<% a: b %>"'),
    ("a: 1\na: '", 3, "this line is not a property", "# a: '"),
    ('"": a\n"": b', 3, "the property '' appears twice", '"-2": b'),
    ("a: {'': b, \"\": c}", 2, "the property '' appears twice", "a: {'': b, \"-2\": c}"),
    ("a: 1\n b: 2", 3, "indented differently", "b: 2"),
    ("a:\n  b: 1\n c: 2", 4, "indented differently", "  c: 2"),
    ("tags:\n  - a\n - b", 4, "indented differently", "  - b"),
    ("tags:\n-a\n-b", 3, "no space after its dash", "- a"),
    ('a: "x"#c', 2, "no space before the #", 'a: "x" #c'),
    ("tags: [a,,b]", 2, "comma", "tags: [a,b]"),
    ("tags: ['a' 'b']", 2, "comma", "tags: ['a', 'b']"),
    (r'path: "C:\Users"', 2, "backslash", r"path: 'C:\Users'"),
    ("a: 1\n{{x}}\nb: 2", 3, "not a property", "# {{x}}"),
    ("title: [Draft] My note", 2, "after the closing bracket", 'title: "[Draft] My note"'),
    ("title: [x](https://y.z) w", 2, "after the closing bracket", 'title: "[x](https://y.z) w"'),
    ("a:\n  - [b] c", 3, "after the closing bracket", '  - "[b] c"'),
    ("a:\n  b: {c} d", 3, "after the closing bracket", '  b: "{c} d"'),
    ("tags: [a, b]]", 2, "after the closing bracket", "tags: [a, b]"),
    ("tags: [#a, #b]", 2, "a # without quotes", 'tags: ["#a", "#b"]'),
    ("tags: [a, #b/c]\nd: 1", 2, "a # without quotes", 'tags: [a, "#b/c"]'),
    ("tags: [#中文]", 2, "a # without quotes", 'tags: ["#中文"]'),
    ('author: "A", "B"', 2, "after the closing quote", 'author: ["A", "B"]'),
    ("author: 'A'、'B'", 2, "after the closing quote", "author: ['A', 'B']"),
    ('up: "[[A]]", "[[B]]"', 2, "after the closing quote", 'up: ["[[A]]", "[[B]]"]'),
    ('author: "A" and "B"', 2, "after the closing quote", 'author: \'"A" and "B"\''),
    ('quote: "He said "hi""', 2, "after the closing quote", "quote: 'He said \"hi\"'"),
    ('title: "书"的"故事"', 2, "after the closing quote", 'title: \'"书"的"故事"\''),
    ("tags: [#a #b]", 2, "a # without quotes", 'tags: ["#a", "#b"]'),
    ("tags: [a, #b\nc: 1", 2, "a # without quotes", 'tags: [a, "#b"]'),
    ("names: [@a, b]", 2, "begins with @", 'names: ["@a", b]'),
    ("names: [b, `a` c]", 2, "begins with `", 'names: [b, "`a` c"]'),
    ("a:\n  desc: |\n  foo bar\nb: 1", 4, "indented differently", "    foo bar"),
    ("desc: >-\n\n这是一段话\nb: 1", 4, "indented differently", "  这是一段话"),
    ("title: \"x'", 2, "never closed", 'title: "x"'),
    ('path: "C:\\dir\\"', 2, "never closed", "path: 'C:\\dir\\'"),
    ("a: 1\n[[x]]", 3, "not a property", "# [[x]]"),
    ("a: 1\n***", 3, "not a property", "# ***"),
    ("up: - [[A]]", 2, "a link has no quotes", 'up: "[[A]]"'),
    ("tags:\n* a", 3, "begins with * instead of a dash", "- a"),
    ("tags:\n  + a: b: c", 3, "begins with + instead of a dash", '  - "a: b: c"'),
    ("tags:\n• a", 3, "begins with • instead of a dash", "- a"),
    ("a: 1\n* b", 3, "not a property", "# * b"),
    ("a: [\n\tx\n]", 3, "a tab", "  x"),
    ("a: {\n\tb: 1,\n  c: 2\n}", 3, "a tab", "  b: 1,"),
    ("a:\n  - b: 1\n   c: 2", 4, "indented differently", "    c: 2"),
    ("a:\u00a0b", 2, "no space after the colon", "a: b"),
    ("标题:\u3000值", 2, "no space after the colon", "标题: 值"),
    ("a: 1\n\u3000标题：值", 3, "full-width (：)", "标题: 值"),
]
INNER = re.compile(
    r"scann|pars(?:e|ing)|token|mapping|unicode string|position \d|expected|block|node|flow|scalar|None", re.IGNORECASE
)


def problem(block: str) -> Problem | None:
    """Return what is said of a block that cannot be read; None for one that can."""
    found = frontmatter.read(f"---\n{block}\n---\n").problems
    return next((each for each in found if each.code == "properties-invalid"), None)


def mended(block: str, said: Problem) -> str | None:
    """Write the text of a remedy in place; None where the remedy gives none."""
    values = {name: str(value) for name, value in said.values}
    if "text" not in values:
        return None
    first = int(values.get("first", said.line)) - FIRST_LINE
    last = int(values.get("last", said.line)) - FIRST_LINE
    lines = block.split("\n")
    return "\n".join([*lines[:first], values["text"], *lines[last + 1 :]])


@pytest.mark.parametrize(("block", "line", "message", "text"), MISTAKES)
def test_a_mistake_has_its_line_its_name_and_the_text_that_mends_it(
    block: str, line: int, message: str, text: str
) -> None:
    """The text in the remedy is all of the new line, so it can be copied."""
    said = problem(block)
    assert said is not None
    assert (said.line, dict(said.values)["text"]) == (line, text)
    assert message in said.what
    assert said.todo.endswith(text)


@pytest.mark.parametrize("block", [row[0] for row in MISTAKES])
def test_writing_what_the_remedies_say_makes_the_block_valid(block: str) -> None:
    """Fault by fault, until both readers take it."""
    for _ in range(5):
        said = problem(block)
        if said is None:
            break
        block = mended(block, said) or ""
    assert problem(block) is None
    assert (
        frontmatter.read(f"---\n{block}\n---\n", fast=False).values == frontmatter.read(f"---\n{block}\n---\n").values
    )


@pytest.mark.slow
@pytest.mark.skipif(bool(yaml_answers.missing()), reason=yaml_answers.missing() or "the library is there")
def test_the_library_refuses_each_mistake_and_takes_what_mends_it() -> None:
    """Else we would mend what is not broken, or leave it broken."""
    broken = [f"{row[0]}\n" for row in MISTAKES]
    wholes = []
    for block in broken:
        while (said := problem(block.rstrip("\n"))) is not None:
            block = f"{mended(block.rstrip(chr(10)), said)}\n"  # noqa: PLW2901
        wholes.append(block)
    assert [
        block for block, answer in zip(wholes, yaml_answers.answers(wholes), strict=True) if "error" in answer
    ] == []
    refused = [
        answer for answer in yaml_answers.answers(broken) if "error" in answer or isinstance(answer["value"], str)
    ]
    assert len(refused) == len(broken)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_a_remedy_always_moves_the_fault_down_and_names_nothing_of_the_reader(seed: int) -> None:
    """Whatever the block, its line is one of the block, and the text mends that line at least."""
    block = mutated(Grammar(seed).block(), random.Random(seed)).rstrip("\n")
    said = problem(block)
    if said is None or "\n---" in f"\n{block}":
        return
    assert 1 <= said.line <= block.count("\n") + FIRST_LINE
    assert not INNER.search(str(words()[said.message]))
    better = mended(block, said)
    if better is not None:
        after = problem(better)
        first = int(str(dict(said.values).get("first", said.line)))  # several lines may become one
        assert after is None or after.line > first


@pytest.mark.parametrize(
    ("block", "values"),
    [
        (r'title: "\ud83d\ude80 Launch"' + "\ntags: [a]", {"title": "🚀 Launch", "tags": ["a"]}),
        (r'{"title": "\ud83d\ude80", "tags": ["json"]}', {"title": "🚀", "tags": ["json"]}),
        (r'title: "\uD842\uDFB7野家"', {"title": "𠮷野家"}),
        (r'title: "a\ud83db"' + "\nb: 1", {"title": "a\ufffdb", "b": 1}),
        ("title: From a slide\u2028deck\naliases: [x]", {"title": "From a slide\u2028deck", "aliases": ["x"]}),
        ('title: "Scan \x08ned title"', {"title": "Scan \x08ned title"}),
        ("list:\n  - one\u2029two", {"list": ["one\u2029two"]}),
        ("title: x\x1by", {"title": "x\x1by"}),
        (
            "title: x\x85y\nz\x9f: 1 # \x07\x7f\nb: |\n  c\u2028\x0b\n",
            {"title": "x\x85y", "z\x9f": 1, "b": "c\u2028\x0b\n"},
        ),
    ],
)
def test_no_character_loses_the_properties(block: str, values: dict[str, object]) -> None:
    """Line separators and control characters are characters like others; halves of a pair join, or become U+FFFD."""
    note = parse(Source("N.md", f"---\n{block}\n---\n", "digest"))
    assert note.frontmatter == values
    assert [each.code for each in note.problems] == []
