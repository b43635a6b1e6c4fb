"""Names are shown without the characters that nobody sees; links lead to the files as they are called."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.vaults import MakeVault, Run, pages

from vault_tools import Vault
from vault_tools.model.visible import visible, visible_name

UNSEEN = (
    *("\u00ad", "\u061c", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060"),
    *("\u034f", "\u17b4", "\u3164", "\uffa0", "\U000e0001"),
    *("\u2064", "\u2066", "\u2069", "\ufeff"),
)
BREAKING = ("\u0085", "\u2028", "\u2029", "\x7f", "\x9b")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from([*UNSEEN, *BREAKING, "a", "字", " "]))))
def test_a_shown_name_has_no_character_that_hides_breaks_or_turns_text(text: str) -> None:
    """And showing it again changes nothing."""
    shown = visible(text)
    assert visible(shown) == shown
    assert not set(shown) & ({*UNSEEN, *BREAKING} - {"\u200c", "\u200d"})
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} for char in shown)
    seen = [char for char in text if char not in UNSEEN and unicodedata.category(char) not in {"Cc", "Zl", "Zp", "Cs"}]
    assert [char for char in shown if char not in UNSEEN and char != " "] == [char for char in seen if char != " "]
    assert not text or visible_name(text).strip()


@pytest.mark.parametrize(
    "name",
    [
        "plain",
        "知识 图谱",
        "👨\u200d👩\u200d👧",
        "نمی\u200cخواهم",
        "क\u094d\u200dष",
        "❤\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "café",
        "a\u00a0b",
        "\u0601٣",
    ],
)
def test_a_shown_name_keeps_the_characters_that_shape_it(name: str) -> None:
    """Emoji and scripts that need joiners, accents, blanks that are seen."""
    assert visible_name(name) == name


def test_a_shown_name_has_no_useless_joiner_and_an_invisible_name_is_shown_by_numbers() -> None:
    """The first goes, the second is shown by its numbers."""
    assert visible_name("a\u200cb \u200d字\u200d") == "ab 字"
    assert visible_name("a\U000e0041\U000e007fb") == "ab"
    assert visible_name("\u200b\u200e") == "U+200B U+200E"


@pytest.mark.parametrize("char", [*UNSEEN, "\u0085", "\u2028"])
def test_no_page_or_export_shows_an_invisible_character_of_a_name(char: str, vault: MakeVault, run: Run) -> None:
    """In pages, the list of the graph page, and titles of the export."""
    root = vault(
        {f"No{char}te.md": "[[Gone]]", "a.md": f"[[No{char}te]]", "vault-tools.toml": '[reports]\nlinks = "wikilink"\n'}
    )
    shown = visible(f"No{char}te")
    told = json.loads(run("export", root, "--format", "json").stdout)
    assert [(row["path"], row["title"]) for row in told["notes"]] == [(f"No{char}te.md", shown), ("a.md", "a")]
    assert [row["resolved"] for row in told["notes"][1]["links"]] == [f"No{char}te.md"]
    Vault.open(root, cache=False).report()
    texts = "\n".join(page.decode("utf-8", "replace") for name, page in pages(root).items() if name.endswith(".md"))
    assert shown in texts
    assert f"|No{char}te" not in texts
