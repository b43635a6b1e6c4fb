"""How notes and canvases are read, where Obsidian's cases (test_obsidian_cases) say nothing."""

import json
from typing import Any

import pytest

from vault_tools.model.note import Arrow, Note, Problem, Source
from vault_tools.parse import canvas
from vault_tools.parse.note import clean, count_words, parse


def read(text: str) -> Note:
    """Parse a text as a note of its own."""
    return parse(Source("note.md", text, "digest"))


def raws(text: str) -> list[str]:
    """List the links of a note as written."""
    return [link.raw for link in read(text).links]


def tags(text: str) -> list[str]:
    """List the tags in the text of a note."""
    return [tag.name for tag in read(text).body_tags]


def problem(text: str) -> Problem:
    """Return the only problem of a note."""
    (found,) = read(text).problems
    return found


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    "text",
    [
        "one\n\n[[a]] and\n#tag\n",
        "one\r\n\r\n[[a]] and\r\n#tag\r\n",
        "\ufeffone\n\n[[a]] and\n#tag\n",
        "\ufeffone\r\r[[a]] and\r#tag\r",
    ],
    ids=["LF", "CRLF", "BOM", "CR after BOM"],
)
def test_places_are_those_of_the_cleaned_text(text: str) -> None:
    """Line 3 is line 3 in any editor; a byte order mark takes no column."""
    note = read(text)
    (link,), (tag,) = note.links, note.body_tags
    assert (link.line, link.column) == (3, 0)
    assert (tag.line, tag.column) == (4, 0)
    assert clean(text) == "one\n\n[[a]] and\n#tag\n"


def test_lines_behind_properties_count_from_the_top_of_the_file() -> None:
    """A finding names the line that an editor shows."""
    text = '---\ntype: knowledge\nup: "[[a]]"\n---\n# Title\n\ntext ^id\n\nk:: v\n\n[[b]] [^1]\n\n[^1]: note\n'
    note = read(text)
    assert [(link.raw, link.line) for link in note.links] == [("[[a]]", 3), ("[[b]]", 11)]
    assert [link.column for link in note.links] == [-1, 0]
    assert [(heading.text, heading.line) for heading in note.headings] == [("Title", 5)]
    assert [(block.id, block.line_start, block.line_end) for block in note.blocks] == [("id", 7, 7)]
    assert [(field.key, field.line) for field in note.fields] == [("k", 9)]
    assert note.footnotes == (("1", 13),)


def test_columns_count_as_obsidian_does() -> None:
    """In UTF-16 code units: an emoji takes two, a Chinese character one; a tag has its own."""
    note = read("one\n- 🟨字 #t/🟨 [[a]] [[b]] #u\n")
    assert [(link.raw, link.column) for link in note.links] == [("[[a]]", 12), ("[[b]]", 18)]
    assert [(tag.name, tag.column) for tag in note.body_tags] == [("#t/🟨", 6), ("#u", 24)]


@pytest.mark.parametrize("text", ["\u00a0\n[[a]]\n", "> \u00a0\n> [[a]]\n", "- \u00a0\n  [[a]]\n"])
def test_a_line_of_no_break_spaces_is_a_line(text: str) -> None:
    """It is no blank line to Markdown, and what stands below it keeps its place."""
    (link,) = read(text).links
    assert (link.raw, link.line, link.column) == ("[[a]]", 2, text.index("[[a]]") - text.index("\n") - 1)


def test_a_link_over_two_lines_stands_on_its_first() -> None:
    """Only Markdown links may: the text of the link wraps."""
    (link,) = read("> see [a\n> b](c.md)\n").links
    assert (link.raw, link.display, link.line) == ("[a\n> b](c.md)", "a\nb", 1)


# ---------------------------------------------------------------- where links live


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\t- two [[a]]\n",
        "1. one\n   1. two [[a]]\n",
        "- [ ] task [[a]]\n",
        "> [!note] Title [[a]]\n> text\n",
        "> [!note]- Title\n> > text [[a]]\n",
        "> - item [[a]]\n",
        "| x |\n| - |\n| [[a]] |\n",
        "| [[a]] |\n| - |\n",
        "word[^1]\n\n[^1]: note [[a]]\n",
        "an ^[inline note [[a]]] here\n",
        "%%[[a]]%%\n",
        "%%\n# Draft\n\n[[a]]\n%%\n",
        "# Title [[a]]\n",
        "Title [[a]]\n---\n",
        "==[[a]]== **x**\n",
        "<b>[[a]]</b> inline\n",
        "``` not a fence ``` [[a]]\n",
        "\\`[[a]]\\`\n",
        "5$ and [[a]] 6 $\n",
    ],
)
def test_a_link_counts_wherever_text_is_live(text: str) -> None:
    """Lists, callouts, tables, footnotes, comments, headings: all of it is text to Obsidian."""
    (link,) = read(text).links
    assert (link.raw, link.target) == ("[[a]]", "a")
    assert text.split("\n")[link.line - 1][link.column :].startswith("[[a]]")


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`\n",
        "`` ` [[a]] ``\n",
        "```\n[[a]]\n```\n",
        "~~~ md\n[[a]]\n",
        "````\n```\n[[a]]\n````\n",
        "- item\n\n  ```\n  [[a]]\n  ```\n",
        "> ```\n> [[a]]\n> ```\n",
        "    [[a]]\n",
        "\t[[a]]\n",
        "- item\n\n      [[a]]\n",
        "<!-- [[a]] -->\n",
        "text <!-- [[a]]\n[[b]] --> text\n",
        "<div>\n[[a]]\n</div>\n",
        "$[[a]]$\n",
        "$$\n[[a]]\n$$\n",
        "\\[[a]]\n",
        "[[a\nb]]\n",
        "[[]]\n",
    ],
)
def test_no_link_counts_where_text_is_not_live(text: str) -> None:
    """Code, HTML, math and escapes hide what they hold."""
    assert raws(text) == []


def test_a_pipe_in_a_table_needs_its_backslash() -> None:
    """The backslash stays in the raw text and in nothing else."""
    (link,) = read("| x |\n| - |\n| [[a#h\\|shown]] |\n").links
    assert (link.raw, link.target, link.subpath, link.display) == ("[[a#h\\|shown]]", "a", "#h", "shown")
    assert raws("| x | y |\n| - | - |\n| [[a|shown]] | z |\n") == []


def test_a_list_item_holds_the_table_that_begins_in_it() -> None:
    """What an item holds is read by itself: the line below its text makes both a table, and the pipe parts cells."""
    assert raws("- [[a|x]]\n---|---\n") == []
    assert raws("- [[a|x]]\n\n---|---\n") == ["[[a|x]]"]


def test_a_quote_stays_in_the_item_above_it() -> None:
    """The fence then belongs to the item and ends with it, so that the one meant to close it opens another."""
    note = read("4. item\n  > quote\n\n   ```\n/** [[code]]\n * [[item]]\n```\n# Code\n[[code]]\n")
    assert [link.raw for link in note.links] == ["[[item]]"]
    assert note.headings == ()


def test_an_unindented_line_keeps_its_item_from_being_moved_left() -> None:
    """What stands four columns in, behind a blank line, is then code; without such a line it is an item."""
    assert raws("- one\n    - two\nlazy\n\n    - [[three]]\n") == []
    assert raws("- one\n    - two\n\n    - [[three]]\n") == ["[[three]]"]


@pytest.mark.parametrize("text", ["  1. one\n    - [[a]]\n", " *   one\n    - [[a]]\n", "100. one\n    - [[a]]\n"])
def test_an_item_four_columns_in_belongs_to_the_item_above_it(text: str) -> None:
    """Even where it falls short of that one's text; it is no code, for no blank line stands before it."""
    assert raws(text) == ["[[a]]"]


def test_a_number_of_more_than_nine_digits_opens_no_item() -> None:
    """As in CommonMark; however many there are, they are text."""
    task = ". [ ] x 📅 2024-05-06\n"
    assert [field.key for field in read("1" * 9 + task).fields] == ["due"]
    assert read("1" * 10 + task).fields == ()
    assert raws("1" * 5000 + ". [[a]]\n- [[b]]\n") == ["[[a]]", "[[b]]"]


def test_a_tab_behind_a_quote_sign_makes_code() -> None:
    """The sign takes a blank with it, and the tab is four columns wherever it stands."""
    assert raws("> \t[[code]]\n") == []
    assert raws(">  [[text]]\n") == ["[[text]]"]


def test_a_line_of_nothing_but_a_tab_ends_no_paragraph() -> None:
    """So the indented line below it is text, where a blank line would make it code."""
    assert raws("one\n\t\n\t[[text]]\n") == ["[[text]]"]
    assert raws("one\n\n\t[[code]]\n") == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("</split>\n---\n", ["</split>"]),
        ("one\ntwo\n---\n", []),
        ("one\n--\n", []),
        ("one\n ---\n", []),
        ("one\n--- ", []),
    ],
)
def test_a_heading_is_underlined_by_three_dashes_under_one_line(text: str, headings: list[str]) -> None:
    """Whatever that line is, but for a heading; the dashes stand at the line's beginning."""
    assert [heading.text for heading in read(text).headings] == headings


def test_a_link_in_the_text_of_a_link_is_none() -> None:
    """The outer one counts, with the pictures in its text; a picture's text holds nothing."""
    assert raws("[a [b](c.md) d](e.md)") == ["[a [b](c.md) d](e.md)"]
    assert raws("[a ![b](c.png) d](e.md)") == ["[a ![b](c.png) d](e.md)", "![b](c.png)"]
    assert raws("![a ![b](c.png) d](e.png)") == ["![a ![b](c.png) d](e.png)"]
    assert raws("[a [[b]] d](e.md)") == ["[a [[b]] d](e.md)", "[[b]]"]


def test_the_text_of_a_picture_is_no_markup() -> None:
    """It holds no link of any kind, no tag, and no address."""
    note = read("#前 ![a [[b]] #t [#u](c.md) <http://x.y>](d.png) #after")
    assert [link.raw for link in note.links] == ["![a [[b]] #t [#u](c.md) <http://x.y>](d.png)"]
    assert [tag.name for tag in note.body_tags] == ["#前", "#after"]
    assert note.external == ()
    assert tags("[a #t](c.md)") == ["#t"]


@pytest.mark.parametrize(
    ("text", "address", "links"),
    [
        ("(https://x.com)[[b]](https://x.com)", "https://x.com)[[b]](https://x.com", []),
        ("https://x.com，而[[b]]", "https://x.com，而[[b]]", []),
        ("(见 https://x.com/a_(b)). [[c]]", "https://x.com/a_(b)", ["[[c]]"]),
        ("(https://x.com?).), [[c]]", "https://x.com", ["[[c]]"]),
    ],
)
def test_a_bare_address_takes_all_up_to_white_space(text: str, address: str, links: list[str]) -> None:
    """Links as well, even behind a parenthesis or Chinese; marks at its end are no part of the address."""
    assert read(text).external == (address,)
    assert raws(text) == links


def test_the_text_that_a_wikilink_shows_has_no_blanks_around_it() -> None:
    """Obsidian was seen to drop them; what is written keeps them."""
    (link,) = read("[[a| 基础 b ]]").links
    assert (link.raw, link.display) == ("[[a| 基础 b ]]", "基础 b")


def test_a_label_behind_a_text_makes_a_reference() -> None:
    """Its parenthesis is text; a wikilink behind a text is a link of its own."""
    assert raws("[a][b](c.md)") == []
    assert raws("[a][[b]]") == ["[[b]]"]
    assert raws("- [ ][a](b.md)") == ["[a](b.md)"]


def test_backticks_that_nothing_closes_may_open_with_fewer() -> None:
    """Two of them, and one further on: the second of the two begins a code span."""
    assert raws("``[[code]]` [[a]]") == ["[[a]]"]


def test_the_heading_of_a_comment_is_none_and_its_items_are_no_tasks() -> None:
    """A comment block keeps its links and tags, and loses its structure."""
    note = read("%%\n# Draft #tag\n\n- [ ] k:: v\n%%\n")
    assert note.headings == ()
    assert [tag.name for tag in note.body_tags] == ["#tag"]


def test_a_fence_closed_at_lesser_indent_inside_a_list_opens_a_new_one() -> None:
    """The text at lesser indent ends the list item and its fence; the closing marks then open a fence of their own."""
    text = "- item\n\n  ```\n  code\n```\n\n[[hidden]] #hidden\n\n# Hidden\n"
    note = read(text)
    assert (note.links, note.body_tags, note.headings) == ((), (), ())
    assert raws(text.replace("\n```\n", "\n  ```\n")) == ["[[hidden]]"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- one\n- two\n\n^id\n", (1, 2)),
        ("- one\n\n  ^id\n", (1, 3)),
        ("- one\n  - two\n    three\n\n    ^id\n", (2, 5)),
        ("- > ^id\n", (1, 1)),
        ("[^1]: one\n\n    two\n\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d |\n\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d |\n^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | d | ^id\n", (1, 3)),
        ("| a | b |\n| - | - |\n| c | ^id |\n", (1, 3)),
    ],
)
def test_a_block_id_with_no_text_of_its_own_names_a_whole_block(text: str, lines: tuple[int, int]) -> None:
    """The block above it, the item it ends, or the table it stands in; inside a quote it names nothing but itself."""
    assert [(block.line_start, block.line_end) for block in read(text).blocks] == [lines]


def test_a_footnote_goes_on_where_its_lines_are_indented() -> None:
    """By four columns: those are no code, but for four more; what is not indented ends it behind a blank line."""
    assert raws("[^1]: [[a]]\n\n    [[b]]\n\n\t[[c]]\n") == ["[[a]]", "[[b]]", "[[c]]"]
    assert raws("[^1]: one\n[^二]: two\n\n    - [ ] [[a]]\n    ```\n    [[code]]\n    ```\n") == ["[[a]]"]
    assert raws("[^1]: one\n\n        [[code]]\n\n[[a]]\n\n    [[code]]\n") == ["[[a]]"]
    assert raws("- [^1]: one\n\n      [[a]]\n") == ["[[a]]"]
    note = read("[^1]: one\n\n    # no heading\n\n# Heading\n")
    assert [heading.text for heading in note.headings] == ["Heading"]
    assert note.footnotes == (("1", 1),)


def test_tags_begin_where_a_run_of_text_begins() -> None:
    """After a blank, a marker, another tag or an escape; not after a word or a quote."""
    assert tags("#a **#b** [#c](x.md) #d#e \\#f \\[#g\n") == ["#a", "#b", "#c", "#d", "#e", "#g"]
    assert tags("x#a (#b) '#c' \"#d\" ：#e #1 #\n") == []


def test_fields_know_the_link_they_hold() -> None:
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


def test_code_is_the_same_to_fields_as_it_is_to_links() -> None:
    """Backticks that nothing closes may open with fewer, escaped ones open nothing, and code goes over lines."""
    assert read("`` [k:: v] `\n").fields == ()
    assert [field.key for field in read("\\`[k:: v]\\`\n").fields] == ["k"]
    assert [field.key for field in read("`one\n[k:: v]` [二:: v]\n").fields] == ["二"]


def test_a_field_of_too_many_digits_is_text() -> None:
    """A number that no reader of the export could hold is left as it stands."""
    digits = "9" * 400
    values = [field.value for field in read(f"a:: {digits}\n\nb:: 999999999999999999\n\nc:: {digits}.5\n").fields]
    assert values == [digits, 999999999999999999, f"{digits}.5"]


def test_words_of_chinese_are_its_characters() -> None:
    """Each CJK character is one word, blanks part the others, and properties do not count."""
    assert count_words("one two\tthree\n") == 3
    assert count_words("知识图谱") == 4
    assert count_words("用 Python 写 parser") == 4
    assert count_words("使用Python，很好") == 6
    assert count_words("ひらがな 한국어") == 7
    assert read("---\na: one two three\n---\nfour\n").words == 1


# ---------------------------------------------------------------- properties


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
def test_what_obsidian_cannot_read_is_a_problem_with_a_line_and_a_remedy(block: str, line: int, message: str) -> None:
    """The note has no properties then, its body is read all the same, and nothing raises or runs out of memory."""
    note = read(f"---\n{block}\n---\nbody [[a]]\n")
    (found,) = note.problems
    assert note.frontmatter is None
    assert [link.raw for link in note.links] == ["[[a]]"]
    assert (found.code, found.line) == ("properties-invalid", line)
    assert message in found.what
    assert found.todo


def test_nul_is_read_as_the_replacement_character() -> None:
    """As in Markdown; the places of everything else stay."""
    note = read("---\na: x\0y\n---\n\0[[a]]\n")
    assert note.frontmatter == {"a": "x\ufffdy"}
    assert (note.links[0].line, note.links[0].column) == (4, 1)


def test_properties_that_are_never_closed_are_text() -> None:
    """There is a hint if the second line looks like a property, and none under a mere rule."""
    found = problem("---\ntype: knowledge\n\n[[a]]\n")
    assert (found.code, found.line) == ("properties-unclosed", 1)
    assert "---" in found.todo
    assert raws("---\ntype: knowledge\n\n[[a]]\n") == ["[[a]]"]
    assert read("---\n\nA text under a rule.\n").problems == ()


def test_properties_stand_in_the_very_first_line() -> None:
    """Below a blank line, `---` is a rule; closed by anything but `---`, they are not closed."""
    assert read("\n---\na: 1\n---\n").frontmatter is None
    assert read(" ---\na: 1\n---\n").frontmatter is None
    assert read("----\na: 1\n----\n").frontmatter is None
    assert read("---\na: 1\n---\t\n").frontmatter == {"a": 1}
    assert read("---\na: 1\n---").frontmatter == {"a": 1}


def test_blanks_behind_the_first_dashes_keep_properties_from_being_any() -> None:
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
def test_a_property_that_is_no_link_alone_is_none(value: str) -> None:
    """An embed is text there, and so is a link with anything beside it."""
    assert read(f'---\nup: "{value}"\n---\n').links == ()


@pytest.mark.parametrize("block", ["up: [x]", "up: [x, [y]]", "up: [[1, 2], [3]]", "up: [[a], [b]]", "up: []"])
def test_other_lists_are_no_links_without_quotes(block: str) -> None:
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


# ---------------------------------------------------------------- canvases


def board(*cards: dict[str, Any], edges: object = ()) -> Note:
    """Parse a canvas of these cards."""
    return canvas.parse(Source("b.canvas", json.dumps({"nodes": cards, "edges": edges}, indent=1), "digest"))


CARDS: tuple[dict[str, Any], ...] = (
    {"id": "1", "type": "file", "file": "a.md"},
    {"id": "2", "type": "file", "file": "d/b.md", "subpath": "#Part"},
    {"id": "3", "type": "text", "text": "[[c]]"},
)


def test_a_file_card_is_a_link_to_exactly_that_file() -> None:
    """A canvas holds whole vault paths, so the target begins with `/`."""
    note = board(*CARDS[:2])
    assert [(link.target, link.subpath, link.embed, link.syntax) for link in note.links] == [
        ("/a.md", "", True, "canvas"),
        ("/d/b.md", "#Part", True, "canvas"),
    ]
    assert [link.line for link in note.links] == [6, 11]


def test_the_text_of_a_card_links_as_that_of_a_note_does() -> None:
    """On the line of the card's text, whatever its escapes; its tags and fields count for nothing."""
    text = 'say "字"\n\n![[c#H|d]] #tag `[[no]]`\nup:: [[e]]'
    note = board(*CARDS[:1], {"id": "2", "type": "text", "text": text}, {"id": "3", "type": "link", "text": "[[f]]"})
    assert [(link.raw, link.target, link.line, link.column, link.property) for link in note.links[1:]] == [
        ("![[c#H|d]]", "c", 11, -1, None),
        ("[[e]]", "e", 11, -1, None),
    ]
    assert (note.body_tags, note.fields) == ((), ())


def test_a_labelled_arrow_between_file_cards_is_an_arrow() -> None:
    """Its label may be a relation's name; arrows without a label, or to other cards, say nothing."""
    note = board(
        *CARDS,
        edges=[
            {"id": "e", "fromNode": "1", "toNode": "2", "label": " depends-on "},
            {"id": "f", "fromNode": "1", "toNode": "2"},
            {"id": "g", "fromNode": "1", "toNode": "2", "label": "  "},
            {"id": "h", "fromNode": "1", "toNode": "3", "label": "depends-on"},
            {"id": "i", "fromNode": "1", "toNode": "9", "label": "depends-on"},
        ],
    )
    assert note.arrows == (Arrow("a.md", "depends-on", "d/b.md", 25),)


def test_an_empty_canvas_is_an_empty_note() -> None:
    """Obsidian makes a file of no bytes at all."""
    assert canvas.parse(Source("b.canvas", " \n", "digest")) == Note("b.canvas", "digest")
    assert canvas.parse(Source("b.canvas", "\ufeff{}", "digest")) == Note("b.canvas", "digest")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"nodes": [\n  {"id": "1",\n', 3),
        ("[[a]]", 1),
        ("[]", 1),
        ("42", 1),
        ("[" * 100_000, 0),
        ('{"nodes": ' + "9" * 5000 + "}", 0),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_a_broken_canvas_is_a_problem_with_a_line_and_a_remedy(text: str, line: int) -> None:
    """It is a note without links then."""
    note = canvas.parse(Source("b.canvas", text, "digest"))
    (found,) = note.problems
    assert (found.code, found.line, note.links) == ("canvas-invalid", line, ())
    assert "delete it" in found.todo


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": {}, "edges": 1}',
        '{"nodes": [1, null, []], "edges": ["x"]}',
        '{"nodes": [{"type": "file"}, {"type": "file", "file": 3}, {"type": "file", "file": ""}]}',
        '{"nodes": [{"file": "a.md"}], "edges": [{"fromNode": {}, "toNode": [], "label": 1}]}',
    ],
)
def test_a_canvas_of_another_shape_holds_nothing(text: str) -> None:
    """What is not as the format says is passed over."""
    assert canvas.parse(Source("b.canvas", text, "digest")) == Note("b.canvas", "digest")


def test_halves_of_characters_in_a_canvas_are_replaced() -> None:
    """JSON can spell them, but no path and no cache can hold them."""
    (link,) = board({"id": "1", "type": "file", "file": "a\ud83d.md"}).links
    assert link.target == "/a?.md"
