"""A note as a whole: lines, columns, words and footnotes, where Obsidian's cases say nothing."""

import pytest
from shared.notes import read

from vault_tools.parse.note import clean, count_words


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
def test_lines_and_columns_are_those_of_the_cleaned_text(text: str) -> None:
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
def test_a_line_of_no_break_spaces_is_no_blank_line(text: str) -> None:
    """It is no blank line to Markdown, and what stands below it keeps its place."""
    (link,) = read(text).links
    assert (link.raw, link.line, link.column) == ("[[a]]", 2, text.index("[[a]]") - text.index("\n") - 1)


def test_words_of_chinese_are_its_characters() -> None:
    """Each CJK character is one word, blanks part the others, and properties do not count."""
    assert count_words("one two\tthree\n") == 3
    assert count_words("知识图谱") == 4
    assert count_words("用 Python 写 parser") == 4
    assert count_words("使用Python，很好") == 6
    assert count_words("ひらがな 한국어") == 7
    assert read("---\na: one two three\n---\nfour\n").words == 1


def test_nul_is_read_as_the_replacement_character() -> None:
    """As in Markdown; the places of everything else stay."""
    note = read("---\na: x\0y\n---\n\0[[a]]\n")
    assert note.frontmatter == {"a": "x\ufffdy"}
    assert (note.links[0].line, note.links[0].column) == (4, 1)
