"""The names that Obsidian gives to notes without one, in each language of the app."""

# ruff: noqa: D103  (a test is named for what it holds)

import tomllib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_tools import shipped
from vault_tools.dialect.untitled import is_untitled
from vault_tools.store import locales

WORDS = sorted(
    {
        word
        for languages in tomllib.loads(shipped.asset("untitled.toml")).values()
        for words in languages.values()
        for word in words
    }
)
NAMED = ["Untitled thoughts", "My Untitled", "未命名的东西", "Untitled-1", "Untitled 1a", "2024-05-06", "1", "Titled"]


@pytest.mark.parametrize("word", WORDS)
@given(number=st.integers(1, 9999), form=st.sampled_from(["NFC", "NFD"]), upper=st.booleans())
@settings(max_examples=8)
def test_a_name_that_obsidian_gives_counts_as_untitled_in_any_language(
    word: str, number: int, form: str, *, upper: bool
) -> None:
    shown = unicodedata.normalize(form, word.upper() if upper and word.isascii() else word)  # type: ignore[arg-type]
    assert is_untitled(shown, locales.untitled())
    assert is_untitled(f"{shown} {number}", locales.untitled())
    assert not is_untitled(f"{shown} {number} x", locales.untitled())
    assert not is_untitled(f"x {shown}", locales.untitled())


@pytest.mark.parametrize("name", NAMED)
def test_a_name_that_only_contains_the_word_untitled_is_a_title(name: str) -> None:
    assert not is_untitled(name, locales.untitled())


@pytest.mark.parametrize("language", ["zh", "zh-TW", "de", "fr", "ja", "ru", "es", "pt-BR", "ar", "ko", "en", "uk"])
def test_the_table_of_untitled_names_has_the_languages_of_the_app(language: str) -> None:
    assert tomllib.loads(shipped.asset("untitled.toml"))["names"][language]
