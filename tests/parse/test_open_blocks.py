"""What the app's records say of text that is left open, or hides what looks like a link: laws for both parsers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import parsed

from vault_tools.model.note import Note

PIECES = (
    "[[a]]",
    "# H",
    "#t",
    "- item",
    "",
    "> quote",
    "| x |",
    "| - |",
    "```",
    "text",
    "---",
    "%%",
    "<!--",
    "    code",
    "k:: [[b]]",
)
LINES = st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join)
BLANKS = [chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs" and chr(code) != " "]


def both(text: str) -> tuple[Note, Note]:
    """Parse a note with the fast parser and the full one."""
    (fast,), (full,) = parsed({"a.md": text}), parsed({"a.md": text}, fast=False)
    return fast, full


@given(st.sampled_from(["", "[[before]]\n", "[[before]]\n\n"]), st.sampled_from(["$$", "$$ x", "   $$"]), LINES)
def test_all_text_after_open_math_is_math(before: str, opening: str, rest: str) -> None:
    """No link, no tag, no heading, no field, over blank lines and whatever blocks the lines might be."""
    for note in both(f"{before}{opening}\n{rest}\n"):
        assert [link.target for link in note.links] == (["before"] if before else [])
        assert (note.body_tags, note.headings) == ((), ())
        assert not [field for field in note.fields if field.key == "k"]


@given(st.sampled_from(["%%", "%% x"]), LINES.filter(lambda text: "%%" not in text))
def test_after_an_open_comment_links_count_and_headings_do_not(opening: str, rest: str) -> None:
    """Its links and tags are those that the same lines have in a comment that is closed."""
    for note, closed in zip(both(f"{opening}\n{rest}\n"), both(f"{opening}\n{rest}\n%%\n"), strict=True):
        assert note.headings == ()
        assert [link.target for link in note.links] == [link.target for link in closed.links]
        assert [tag.name for tag in note.body_tags] == [tag.name for tag in closed.body_tags]


@given(st.text(alphabet="ab:/@.#%3A()[]-", min_size=1, max_size=20))
def test_a_link_destination_with_a_colon_is_never_internal(destination: str) -> None:
    """Anywhere in it, before anything is decoded."""
    for note in both(f"x [t](<{destination}>) y\n"):
        internal = [link for link in note.links if link.syntax == "markdown" and link.raw.startswith("[t]")]
        assert not (internal and ":" in destination)


@pytest.mark.parametrize("blank", [*BLANKS, "\ufeff", " \u00a0\t", "\u00a0\u3000"])
@pytest.mark.parametrize("underline", ["---", "==="])
def test_a_line_of_blanks_that_markdown_does_not_know_ends_a_paragraph(blank: str, underline: str) -> None:
    """Above dashes it is a heading without text; the lines before and behind belong to two paragraphs."""
    for note in both(f"one\n{blank}\n{underline}\n\n[[x]]\n"):
        assert [(heading.text, heading.line) for heading in note.headings] == [("", 2)]
    for note in both(f"one ^a\n{blank}\ntwo\n{underline}\n"):
        assert [heading.text for heading in note.headings] == ["two"]
        assert [(block.id, block.line_start, block.line_end) for block in note.blocks] == [("a", 1, 1)]
