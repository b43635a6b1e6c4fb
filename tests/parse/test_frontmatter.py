"""The properties of a note: how they are read, and what is a problem."""

import json
from typing import Any

import pytest
from shared.notes import problem, raws, read


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("date: 2024-02-30", {"date": "2024-02-30"}),
        ("date: 2024-02-28T10:00:00Z", {"date": "2024-02-28T10:00:00Z"}),
        ("on: yes", {"on": "yes"}),
        ("a: True\nb: null\nc: ~\nd:", {"a": True, "b": None, "c": None, "d": None}),
        ("a: 010\nb: 0x1F\nc: 0o17\nd: 1_000\ne: 1:30", {"a": 10, "b": 31, "c": 15, "d": "1_000", "e": "1:30"}),
        ("a: 1e3\nb: .5\nc: .inf\nd: .nan\ne: 1e999", {"a": 1000.0, "b": 0.5, "c": ".inf", "d": ".nan", "e": "1e999"}),
        ("n: " + "9" * 5000, {"n": "9" * 5000}),
        ("n: 9007199254740993\nm: 9223372036854775808", {"n": 2**53, "m": 2.0**63}),
        ("1: one\ntrue: two", {"1": "one", "true": "two"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: !secret s\nb: !!python/object:os.system ls\nc: !!set {x}", {"a": "s", "b": "ls", "c": {"x": None}}),
        ("a: !!int x\nb: !!bool x\nc: !!float inf", {"a": "x", "b": "x", "c": "inf"}),
        ("{{title}}: x", {"{ ? { title } }": "x"}),
        ("[标题, [b]]: x\n[]: y\n{}: z", {"[ 标题, [ b ] ]": "x", "[]": "y", "{}": "z"}),
        ("{a: b, c: [d]}: x", {"{ a: b, c: [ d ] }": "x"}),
        ('a: "x" #c\nb: [c] #d\nd: e#f\ng: "#h"', {"a": "x", "b": ["c"], "d": "e#f", "g": "#h"}),
        ("a: 1\n\t# 注\nb: |\n  c\n  \t# text\n#']# c", {"a": 1, "b": "c\n\t# text\n"}),
        ("a: |\n  one\n  two", {"a": "one\ntwo\n"}),
        ("# nothing", None),
        ("", None),
    ],
)
def test_properties_are_read_as_yaml_1_2(block: str, values: dict[str, Any] | None) -> None:
    """Dates stay text, `yes` is a word, and no number is one that JSON cannot say."""
    note = read(f"---\n{block}\n---\nbody [[a]]\n")
    assert note.frontmatter == values
    assert note.problems == ()
    json.dumps(note.frontmatter, allow_nan=False)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 10)
)


@pytest.mark.parametrize(
    ("block", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 4, "the property 'a' appears twice"),
        ("a: {b: 1, b: 2}", 2, "the property 'b' appears twice"),
        (BOMB, 5, "a YAML anchor is repeated too often"),
        (f"a: &a [{'x, ' * 300}]\nb: [{'*a, ' * 90}]", 1, "to more than 20000 values"),
        ("a: &a\n  - *a", 3, "nested"),
        ("[" * 100_000, 2, "nested more than 50 levels deep"),
        ("a: " + "{a: " * 100_000, 2, "nested more than 50 levels deep"),
        ("- " * 100_000, 2, "nested more than 50 levels deep"),
        ("\n".join(" " * at + "a:" for at in range(60)), 53, "nested more than 50 levels deep"),
        ("just text", 2, "no colon"),
        ("- a\n- b", 2, "a list, not names with values"),
        ("[a]", 2, "a list, not names with values"),
        ("title: a: b", 2, 'contains ": "'),
        ("up: [[a]], [[b]]", 2, "a link has no quotes"),
        ('字: "🟨"\nb: "x"#c', 3, "no space before the #"),
        ("a: 'x'#c", 2, "no space before the #"),
        ("a: [x]#c\nb: [[c]]", 2, "no space before the #"),
        ("a: {b: c}#d", 2, "no space before the #"),
        ("a:\n\tb: 1", 3, "a tab"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_properties_that_obsidian_cannot_read_are_a_problem_with_line_and_remedy(
    block: str, line: int, message: str
) -> None:
    """The note has no properties then, its body is read all the same, and nothing raises or runs out of memory."""
    note = read(f"---\n{block}\n---\nbody [[a]]\n")
    (found,) = note.problems
    assert note.frontmatter is None
    assert [link.raw for link in note.links] == ["[[a]]"]
    assert (found.code, found.line) == ("properties-invalid", line)
    assert message in found.what
    assert found.todo


def test_properties_that_are_never_closed_are_text() -> None:
    """There is a hint if the second line looks like a property, and none under a mere rule."""
    found = problem("---\ntype: knowledge\n\n[[a]]\n")
    assert (found.code, found.line) == ("properties-unclosed", 1)
    assert "---" in found.todo
    assert raws("---\ntype: knowledge\n\n[[a]]\n") == ["[[a]]"]
    assert read("---\n\nA text under a rule.\n").problems == ()


def test_properties_begin_in_the_very_first_line() -> None:
    """Below a blank line, `---` is a rule; closed by anything but `---`, they are not closed."""
    assert read("\n---\na: 1\n---\n").frontmatter is None
    assert read(" ---\na: 1\n---\n").frontmatter is None
    assert read("----\na: 1\n----\n").frontmatter is None
    assert read("---\na: 1\n---\t\n").frontmatter == {"a": 1}
    assert read("---\na: 1\n---").frontmatter == {"a": 1}


def test_blanks_behind_the_first_dashes_make_properties_text() -> None:
    """There is a hint if the second line looks like a property, and none under a mere rule."""
    note = read("---  \n字: 1\n---\n[[a]]\n")
    assert (note.frontmatter, [link.line for link in note.links]) == (None, [4])
    assert [(found.code, found.line) for found in note.problems] == [("properties-unopened", 1)]
    assert read("--- \n\ntext\n").problems == ()


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("a: 1\nup: [[x]]", 'up: "[[x]]"'),
        ("a: 1\nup:\t[[x]]", 'up: "[[x]]"'),
        ("a: 1\nup:\n  - [[x]]", 'up: ["[[x]]"]'),
        ("a: 1\nup:\n  - [[x]]\n  - [[z|y]]", 'up: ["[[x]]", "[[z|y]]"]'),
        ("a: 1\nup: [[x|y]]", 'up: "[[x|y]]"'),
        ('a: 1\nup:\n  - [[x]]\n  - "[[y]]"', 'up: ["[[x]]", "[[y]]"]'),
        ("a: 1\nup: [[[x]], {b: 1}]", 'up: "[[…]]"'),
    ],
)
def test_a_link_without_quotes_is_a_problem_with_a_line_and_a_remedy(block: str, line: str) -> None:
    """To YAML it is a list in a list; Obsidian sees no link, and nor do we."""
    found = problem(f"---\n{block}\n---\n")
    assert (found.code, found.line) == ("link-unquoted", 3)
    assert "'up'" in found.what
    assert found.todo == f"write it with quotes: {line}"


@pytest.mark.parametrize("value", ["![[a]]", "![a](b.png)", "see [[a]]", "[[a]] [[b]]"])
def test_a_property_that_is_not_exactly_a_link_is_no_link(value: str) -> None:
    """An embed is text there, and so is a link with anything beside it."""
    assert read(f'---\nup: "{value}"\n---\n').links == ()


@pytest.mark.parametrize("block", ["up: [x]", "up: [x, [y]]", "up: [[1, 2], [3]]", "up: [[a], [b]]", "up: []"])
def test_only_a_list_in_a_list_is_a_link_without_quotes(block: str) -> None:
    """Only `[[x]]` is."""
    assert read(f"---\n{block}\n---\n").problems == ()


def test_a_property_with_an_apostrophe_has_its_own_line() -> None:
    """Whatever the name of a property, its problem stands where it stands."""
    assert problem("---\na: 1\nb: 2\nWho's up: [[x]]\n---\n").line == 4


def test_several_tags_in_one_text_are_a_problem() -> None:
    """Obsidian reads a list, or one tag."""
    found = problem("---\na: 1\ntags: one, two\n---\n")
    assert (found.code, found.line) == ("tags-text", 3)
    assert "tags: [one, two]" in found.todo


def test_tags_and_aliases_that_obsidian_drops_are_a_problem() -> None:
    """Those with blanks or other marks, and numbers, which are no text; nothing at all is fine."""
    note = read("---\na: 1\ntags:\n  - two words\n  - 2024\n  - a.b\n  - 好/x-1\n  - '#ok'\n---\n")
    (found,) = note.problems
    assert note.tags == ("#好/x-1", "#ok")
    assert (found.code, found.line) == ("tags-invalid", 3)
    assert found.what.endswith(": two words, 2024, a.b")
    assert problem("---\nTags: 2024\n---\n").code == "tags-invalid"
    note = read("---\naliases: [1984, 甲, 1.5]\n---\n")
    (found,) = note.problems
    assert note.aliases == ("甲",)
    assert (found.code, found.line, found.todo) == ("aliases-invalid", 2, 'put each one in quotes: "1984"')
    assert "1984, 1.5" in found.what
    assert read("---\ntags:\n  -\n  - ''\naliases:\n---\n").problems == ()
