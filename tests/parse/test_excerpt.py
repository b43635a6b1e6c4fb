"""What a note begins with, as the graph page shows it: its first words, and none of its markup."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault_tools.model.note import Source
from vault_tools.parse import excerpt as excerpts
from vault_tools.parse import note
from vault_tools.parse.excerpt import excerpt

MOST = 200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Just words.\n\nAnd more.", "Just words. And more."),
        ("---\ntitle: x\n---\n\nBody.", "Body."),
        ("---\r\ntitle: x\r\n---\r\nBody\r\nof it.", "Body of it."),
        ("\ufeffBody.", "Body."),
        ("# Note\nIt says.\n## Part\nMore.", "It says. More."),
        ("# Note\n## One\n## Two #2\n", "One · Two #2"),
        ("# Note\n", ""),
        ("See [[Deep note]], [[A/B|that]], [[C#Part]] and [[#Here]].", "See Deep note, that, C > Part and Here."),
        ("| a | b |\n|---|---|\n| 1 | [[x\\|y]] |\n\nAfter.", "After."),
        ("![[pic.png]] ![alt](p.png) Text ![[Note#^1|x]]", "Text"),
        ("A [link](https://x.y/z_(1)) and <https://a.b/c>.", "A link and https://a.b/c."),
        ("**Bold** *it* __b__ _i_ ~~no~~ ==hi== `code` a_b 2 * 3", "Bold it b i no hi code a_b 2 * 3"),
        ("- one\n- [ ] two\n  1. three\n+ [x] four\n* five", "one two three four five"),
        ("> quote\n> > deep", "quote deep"),
        ("> [!note]- Title\n> Body", "Title Body"),
        ("%% hidden %%Shown%%\nhidden\n%%", "Shown"),
        ("<!-- hidden\n --> Shown <b class='x'>bold</b> a < b > c", "Shown bold a < b > c"),
        ("```python\ncode()\n```\nText\n~~~\n```\n~~~\nEnd", "Text End"),
        ("Text\n\n$$\nx^2\n$$\n\nEnd", "Text End"),
        ("%% vault-tools:begin gaps %%\n- [[Ours]]\n%% vault-tools:end gaps %%\nMine", "Mine"),
        ("Text ^block-1\n\n^other", "Text"),
        ("Fact[^1].\n\n[^1]: note", "Fact. note"),
        ("up:: [[Home]]\nempty::\nText", "up: Home Text"),
        ("---\n***\nText\n===\n", "Text"),
        ("Tom &amp; Jerry \\*x\\* 5&#x2014;6", "Tom & Jerry *x* 5—6"),
        ("<% tp.file.title %>Text", "Text"),
        ("#tag stays #标签", "#tag stays #标签"),
        ("[the [1] paper](https://x.y/z), as said [[1]](https://x.y/z_(1)).", "the [1] paper, as said [1]."),
        ("[[Note]](an aside) ![a [b] c](pic_(1).png)", "Note(an aside)"),
        ("* * *\nText\n- - -\n_ _ _\n", "Text"),
        ("&amp;amp; &copy; &nothing; &#٣;", "&amp; © &nothing; &#٣;"),
        ("", ""),
        ("```\nnever closed", ""),
    ],
)
def test_an_excerpt_holds_the_words_that_a_reader_sees(text: str, wanted: str) -> None:
    """Markup goes, words stay; headings only where there is nothing else."""
    assert note.parse(Source("A/Note.md", text, "")).excerpt == wanted


def test_a_long_excerpt_is_cut_at_a_word_or_between_two_chinese_characters() -> None:
    """With an ellipsis; commas before it go."""
    long = excerpt("word, " * 100)
    assert long.endswith("word…")
    assert MOST - 8 < len(long) <= MOST
    chinese = excerpt("量化把权重变小，" * 100)
    assert chinese[-2:] in {f"{sign}…" for sign in "量化把权重变小"}
    assert MOST - 2 <= len(chinese) <= MOST
    assert excerpt("x" * 500) == "x" * (MOST - 1) + "…"
    assert excerpt("y" * MOST) == "y" * MOST


@pytest.mark.parametrize("sign", ["e\u0301", "👩\u200d💻", "✈\ufe0f", "👍\U0001f3fd"])
def test_an_excerpt_cuts_off_no_part_of_a_character(sign: str) -> None:
    """No accent and no part of an emoji is left behind or cut off."""
    for lead in range(8):
        cut = excerpt("x" * lead + sign * 200).removesuffix("…")
        assert (len(cut) - lead) % len(sign) == 0


def test_an_excerpt_finds_text_far_below_the_top() -> None:
    """Behind code, comments and tables as long as you like."""
    for before in ("```\n" + "code\n" * 9999 + "```\n", "%%" + "x\n" * 9999 + "%%\n", "|a|\n" * 9999):
        assert excerpt(before + "Here it is.") == "Here it is."


@pytest.mark.parametrize("lead", ["", "# Plan\n", "Mine first.\n\n"])
@pytest.mark.parametrize("filling", ["- [[Ours]]\n" * 3, "- [[Ours]]\n" * 999, "```\n" * 300, "%% x\n" * 301])
def test_an_excerpt_shows_nothing_of_our_regions(lead: str, filling: str) -> None:
    """Else each refill would change what the page shows of the note."""
    text = f"{lead}%% vault-tools:begin gaps %%\n{filling}%% vault-tools:end gaps %%\n\nMine at last.\n"
    mine = "Mine first. Mine at last." if "first" in lead else "Mine at last."
    assert note.parse(Source("Note.md", text, "")).excerpt == mine


@pytest.mark.parametrize(
    "long",
    [
        f"![](data:image/png;base64,{'QUJD' * 5_000})",
        f'<img src="data:image/png;base64,{"QUJD" * 5_000}">',
        f"![[{'deep/' * 200}picture.png]]",
        "<table\n" + 'class="x"\n' * 200 + ">",
        "# Part\n" * 200,
    ],
)
def test_an_excerpt_shows_no_markup_that_was_cut(long: str) -> None:
    """However long it is; and no heading stands for the text that comes after it."""
    assert excerpt(f"{long}\n\nThe text.") == "The text."
    assert excerpt(f"[the text]({'https://x.y/' * 99})\n\nMore.") == "the text More."
    assert excerpt(f"[the\ntext]({'https://x.y/' * 99})\n\nMore.") == "the text More."


MARKS = r"%% ``` ~~~ <!-- --> $$ <% %> [[ ]] | ![[ ![ ]( ) [^ ] < > * ** _ ` # ## - --- \ & &amp; ^id :: == 字"
PIECES = st.sampled_from(
    [*MARKS.split(), " ", "\n", "\r\n", "%% vault-tools:begin gaps %%", "%% vault-tools:end gaps %%", "- [ ] "]
)


@given(st.lists(st.text(max_size=6) | PIECES, max_size=40).map("".join))
@example("&#" + "9" * 5_000 + "; &#" + "9" * 5_000)
@example("&#x" + "9" * 5_000 + ";")
def test_any_text_has_an_excerpt_of_one_line(text: str) -> None:
    """One line, short enough, always the same."""
    found = excerpt(text)
    assert found == excerpt(text)
    assert len(found) <= MOST
    assert found == " ".join(found.split())


@given(st.lists(st.text(max_size=6) | PIECES, max_size=40).map("".join))
def test_an_excerpt_of_the_first_lines_is_the_excerpt_of_the_whole_text(text: str) -> None:
    """A few lines tell what the whole text would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpts, "_FIRST", 12)
        patch.setattr(excerpts, "_GROWTH", 2)
        some = excerpt(text, most=6)
        patch.setattr(excerpts, "_FIRST", len(text))
        assert some == excerpt(text, most=6)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), max_size=60))
def test_an_excerpt_of_plain_words_is_these_words(words: list[str]) -> None:
    """Up to where it is cut; nothing is added but the ellipsis."""
    text = " ".join(words)
    found = excerpt(text)
    assert text.startswith(found.removesuffix("…"))
    if len(text) <= MOST:
        assert found == text


@pytest.mark.parametrize(
    "piece",
    ["%%", "%", "```\n", "<", "<!--", "<a ", "[", "[[", "![[", "[](", "[](a", "*", "_", "`", "#", "# ", ">", "> ", " ",
     "\n", "|", "|\n", "-", "- ", "^", " ^a", "\\", "&", "$$", "<%", "%% vault-tools:begin x %%\n",
     "::\n", "[^", "&#x0;", "&#", "=\n", "a", "[ [x]", "[[x]](a:", "[[x]", "[x] ", "<a\n", "[a\n"],
)  # fmt: skip
def test_an_excerpt_of_any_text_takes_linear_time(piece: str) -> None:
    """Four times as much of anything takes about four times as long, or less."""

    def spent(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        excerpt(text)
        return time.process_time() - start

    small, large = min(spent(50_000) for _ in range(3)), min(spent(200_000) for _ in range(2))
    assert large < 10 * small + 0.05


def test_each_character_of_unicode_may_be_in_an_excerpt() -> None:
    """Each character there is, but halves of one."""
    for start in range(0, 0x30000, 0x400):
        text = "".join(chr(code) for code in range(start, start + 0x400) if unicodedata.category(chr(code)) != "Cs")
        assert len(excerpt(text)) <= MOST
