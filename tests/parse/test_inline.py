"""Links, tags and addresses within a line: where they count, and where text is not live."""

import pytest
from shared.notes import raws, read, tags


def test_a_link_over_two_lines_is_on_its_first_line() -> None:
    """Only Markdown links may: the text of the link wraps."""
    (link,) = read("> see [a\n> b](c.md)\n").links
    assert (link.raw, link.display, link.line) == ("[a\n> b](c.md)", "a\nb", 1)


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
def test_a_link_counts_in_every_block_of_text(text: str) -> None:
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
def test_no_link_counts_in_code_html_math_or_escapes(text: str) -> None:
    """Code, HTML, math and escapes hide what they hold."""
    assert raws(text) == []


def test_a_pipe_in_a_table_needs_its_backslash() -> None:
    """The backslash stays in the raw text and in nothing else."""
    (link,) = read("| x |\n| - |\n| [[a#h\\|shown]] |\n").links
    assert (link.raw, link.target, link.subpath, link.display) == ("[[a#h\\|shown]]", "a", "#h", "shown")
    assert raws("| x | y |\n| - | - |\n| [[a|shown]] | z |\n") == []


def test_a_link_in_the_text_of_a_link_does_not_count() -> None:
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


def test_a_label_in_brackets_behind_a_text_makes_a_reference() -> None:
    """Its parenthesis is text; a wikilink behind a text is a link of its own."""
    assert raws("[a][b](c.md)") == []
    assert raws("[a][[b]]") == ["[[b]]"]
    assert raws("- [ ][a](b.md)") == ["[a](b.md)"]


def test_part_of_a_run_of_unclosed_backticks_may_open_code() -> None:
    """Two of them, and one further on: the second of the two begins a code span."""
    assert raws("``[[code]]` [[a]]") == ["[[a]]"]


def test_a_tag_begins_after_a_blank_a_marker_or_another_tag() -> None:
    """After a blank, a marker, another tag or an escape; not after a word or a quote."""
    assert tags("#a **#b** [#c](x.md) #d#e \\#f \\[#g\n") == ["#a", "#b", "#c", "#d", "#e", "#g"]
    assert tags("x#a (#b) '#c' \"#d\" ：#e #1 #\n") == []
