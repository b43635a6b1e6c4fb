"""What is said of properties that Obsidian cannot read: the line of the fault, and a text that mends it."""

import random

import pytest
import yaml_answers
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.yaml_fuzz import Grammar, mutated
from shared.yaml_mistakes import INNER, MISTAKES, problem

from vault_tools.model.note import Problem, Source
from vault_tools.parse import frontmatter
from vault_tools.parse.note import parse
from vault_tools.parse.yaml.lines import FIRST_LINE
from vault_tools.words import words


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
def test_a_mistake_in_yaml_has_its_line_its_name_and_the_correct_text(
    block: str, line: int, message: str, text: str
) -> None:
    """The text in the remedy is all of the new line, so it can be copied."""
    said = problem(block)
    assert said is not None
    assert (said.line, dict(said.values)["text"]) == (line, text)
    assert message in said.what
    assert said.todo.endswith(text)


@pytest.mark.parametrize("block", [row[0] for row in MISTAKES])
def test_following_the_remedies_makes_a_block_of_yaml_valid(block: str) -> None:
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
def test_the_yaml_library_refuses_each_mistake_and_accepts_its_correction() -> None:
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
def test_a_remedy_for_yaml_corrects_its_line_and_names_nothing_of_the_reader(seed: int) -> None:
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
