"""Settings as text: the line of a value, and what is no TOML."""

import ast
import tomllib
from pathlib import Path

import pytest

from vault_tools.errors import SettingsError
from vault_tools.model.speech import format_words
from vault_tools.model.text import say
from vault_tools.settings import toml_text
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.toml_mistakes import TomlError, kind_of
from vault_tools.words import words


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[reports]\nfolder = 'limit'\nlimit = 'x'", 3, "[reports] limit"),
        ('skip = [\n  "limit",\n]\n[reports]\nlimit = [\n  1,\n]', 5, "[reports] limit"),
        ('templates = """\nlimit = 3\n"""\nreports.limit = "x"', 4, "[reports] limit"),
        ("[types.a]\nrole = 'log'\n[types.b]\nrole = 3", 4, "[types.b] role"),
        ("[[rules]]\ntype = 'a'\ntag = 'x'\n\n[[rules]]\ntag = 'x'\ntype = 3", 7, "[[rules]] #2 type"),
        ("rules = [{type = 'a', tag = 'x'},\n{tag = 'y'}]", 1, "[[rules]] #2 type"),
        ('["\\u0072eports"]\nlimit = 0', 2, "[reports] limit"),
    ],
)
def test_the_line_of_a_wrong_setting_is_where_its_value_begins(text: str, line: int, key: str) -> None:
    """Whatever else the name stands in, and however the tables are written."""
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    assert str(caught.value).startswith(f"vault-tools.toml, line {line}: {key} ")


def test_an_unknown_line_of_a_wrong_setting_is_that_of_its_table_or_left_out() -> None:
    """A name in escapes is not found in the text, and a very long file is not searched."""
    said = "[reports] limit must be a whole number from 1 to 1000000, not 0."
    for text, at in (
        ('\n["reports"]\n"l\\u0069mit" = 0', ", line 2"),
        ('"l\\u0069mit" = 0', ""),
        ("# x\n" * 20_000 + "reports.limit = 0", ""),
    ):
        with pytest.raises(SettingsError) as caught:
            parse_settings(text)
        assert str(caught.value).startswith(f"vault-tools.toml{at}: "), text
        assert str(caught.value).endswith(said) or text.startswith('"')


NOT_TOML = {
    "a 1": ("no-equals", 1, 3),
    "=1": ("no-statement", 1, 1),
    "\n\na=": ("value", 3, 3),
    "a=1 2": ("after-value", 1, 5),
    "a=2024-13-01": ("after-value", 1, 7),
    "!x": ("no-statement", 1, 1),
    "[]": ("no-statement", 1, 2),
    "a=1\na=2\nb=3": ("twice", 2, 4),
    "[a]\n[a]": ("twice", 2, 3),
    "a={b=1,b=2}": ("twice", 1, 11),
    "a.b=1\na=2": ("twice", 2, 4),
    "a=[1,2\n\n": ("open-list", 1, 7),
    "a=[1 2]": ("open-list", 1, 6),
    "a={b=1": ("open-table", 1, 7),
    "[a": ("open-header", 1, 3),
    "[[a]": ("open-header", 1, 4),
    'a="x': ("open-text", 1, 5),
    'a="x\ny"': ("open-text", 1, 5),
    "a='''x": ("open-text", 1, 7),
    '"a=1': ("open-text", 1, 5),
    'a="\\q"': ("backslash", 1, 6),
    'a="\\u12"': ("backslash", 1, 6),
    'a="\\ud800"': ("backslash", 1, 10),
    "a=tru": ("value", 1, 3),
    'a="\x01"': ("character", 1, 4),
    "a=“x”": ("wide", 1, 3),
    'a ＝ "x"': ("wide", 1, 3),
    'a："x"': ("wide", 1, 2),
    'a=["x"，"y"]': ("wide", 1, 7),
}


@pytest.mark.parametrize("text", NOT_TOML)
def test_settings_that_are_no_toml_are_refused_with_line_and_column(text: str) -> None:
    """A sentence for each kind of mistake."""
    name, line, column = NOT_TOML[text]
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    why = say(f"settings.toml-{name}")
    assert caught.value.sentence == say(
        "settings.toml-at", where="vault-tools.toml", line=str(line), column=str(column), why=why
    )


NEEDS_QUOTES = {
    '知识节点 = "知识"': '"知识节点" = "知识"',
    "  a.知识 = 1": 'a."知识" = 1',
    "Straße = 1": '"Straße" = 1',
    "[types.读书]": '[types."读书"]',
    "[[知识]]": '[["知识"]]',
    "a = {b = 1, 知识 = 2}": 'a = {b = 1, "知识" = 2}',
    '[folders]\n读书 笔记 = "书" # 备注': '"读书 笔记" = "书" # 备注',
    '学.习 = "学.习"': '"学"."习" = "学.习"',
}


@pytest.mark.parametrize("text", NEEDS_QUOTES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_setting_in_another_script_is_shown_in_quotes(text: str, language: str) -> None:
    """The line to write is TOML."""
    with pytest.raises(TomlError) as caught:
        toml_text.read(text)
    line = NEEDS_QUOTES[text]
    assert toml_text.read(line)
    assert caught.value.why == say("settings.toml-bare-key", line=line)
    assert f"`{line}`" in format_words(caught.value.why, words(language), str)


@pytest.mark.parametrize(
    ("text", "table", "rest"),
    [
        ('[check] alerts = ["hours < 1"]', "[check]", 'alerts = ["hours < 1"]'),
        ('a = 1\n  [[rules]]folder = "书"', "[[rules]]", 'folder = "书"'),
    ],
)
def test_a_setting_on_the_line_of_its_table_is_shown_below_the_table(text: str, table: str, rest: str) -> None:
    """The two lines are TOML."""
    with pytest.raises(TomlError) as caught:
        toml_text.read(text)
    assert toml_text.read(f"{table}\n{rest}")
    assert caught.value.why == say("settings.toml-after-header", table=table, rest=rest)


def test_every_mistake_that_the_toml_parser_knows_has_a_sentence() -> None:
    """Also those of a newer Python."""
    source = Path(tomllib.__path__[0], "_parser.py").read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") in {"suffixed_err", "TOMLDecodeError"}]
    said = {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "'x'" for part in argument.values)
        if isinstance(argument, ast.JoinedStr)
        else str(argument.value)
        for call in named
        for argument in call.args
        if isinstance(argument, (ast.JoinedStr, ast.Constant))
    }
    assert len(said) >= 15
    for each in said - {"'x' (at 'x')"}:
        assert kind_of(each) != "settings.toml-unknown", each
