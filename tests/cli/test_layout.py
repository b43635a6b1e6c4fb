"""Text that fits the width of the screen, in English and in Chinese."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.screen import COMMANDS, named
from shared.vaults import Run

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.cli import layout

LANGUAGES = shipped.languages()


WIDTH = 80


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_fits_the_screen(path: tuple[str, ...], language: str, run: Run) -> None:
    """No line is wider than 80 columns, where a Chinese character takes two; no sentence is lost on the way."""
    text = run(*path, "--help", *named(language)).stdout
    assert max(map(layout.width, text.splitlines())) <= WIDTH
    key = "-".join(path) or "main"
    sentence = catalogue.words(language)[f"help.{key}.text"]
    assert isinstance(sentence, str)
    assert re.sub(r"\s", "", sentence) in re.sub(r"\s", "", text)


@given(st.text(alphabet="ab 中文，。（）“”—…x", max_size=120), st.integers(10, 40))
def test_wrapped_text_loses_no_word_and_keeps_the_rules_of_chinese_lines(text: str, most: int) -> None:
    """Only blanks are dropped; no line begins with a mark that closes, and no long line could have been broken."""
    text = " ".join(text.split())
    lines = layout.wrapped(text, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines[1:] if line[0] in layout._NOT_FIRST]
    for line in lines:
        cut = [at for at in range(1, len(line)) if line[at] != " " and layout._may_break(line[at - 1], line[at])]
        assert layout.width(line) <= most or not cut or layout.width(line[: cut[0]].rstrip()) > most
