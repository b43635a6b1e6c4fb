"""Settings of any content: they work, or one line says what is wrong with them. Obsidian's own never stop anything."""

# ruff: noqa: D103  (a test is named for what it holds)

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared.any_values import NASTY, NOTES, NUMBERS, is_line
from shared.screen import FAULT
from shared.vaults import MakeVault, Run, write

from vault_tools import shipped
from vault_tools.dialect.filenames import can_be_folder
from vault_tools.errors import SettingsError
from vault_tools.settings import schema
from vault_tools.settings.advice import AdviceFile, advice_rules
from vault_tools.settings.parsing import parse_settings
from vault_tools.settings.schema import Settings
from vault_tools.settings.targets import targets_of
from vault_tools.settings.vocabulary import VocabularyFile, build_vocabulary, type_rules

DAYS = [date(1, 1, 1), date(9999, 12, 31), time(7, 32), datetime(2024, 5, 6, 7, 8, 9, 123456, UTC)]

plain = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ours = st.recursive(
    plain | st.sampled_from(NUMBERS) | st.sampled_from(DAYS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
    max_leaves=6,
)


def likely(kind: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911  (a kind a line)
    """Return values of a kind of field as they may well be written, wrong ones among them."""
    kinds = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = get_type_hints(kind, include_extras=True)
        return st.fixed_dictionaries({}, optional={name: likely(each) | ours for name, each in fields.items()})
    if kind is bool or bool in kinds:
        return st.booleans()
    if "Literal" in str(kind) and kinds and all(isinstance(each, str) for each in kinds):
        return st.sampled_from(kinds)
    if "dict" in str(kind)[:6]:
        return st.dictionaries(likely(kinds[0]), likely(kinds[1]), max_size=2)
    if "tuple" in str(kind)[:6]:
        return st.lists(likely(kinds[0]), max_size=2)
    if kinds and kinds[0] in (int, float):
        return st.integers(1, 60)
    if kinds and "Struct" not in str(kinds):
        return likely(kinds[0])
    return plain


def toml(value: Any) -> str:
    """Write a value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08x}" if not char.isalnum() else char for char in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(name)} = {toml(each)}" for name, each in value.items()) + "}"
    return value.isoformat() if isinstance(value, date | time) else str(value)


def written(data: Mapping[str, Any]) -> str:
    return "\n".join(f"{toml(name)} = {toml(value)}" for name, value in data.items())


FILES = st.one_of(likely(Settings), st.dictionaries(plain, ours, max_size=3)).map(written)


def answer(text: str) -> str:
    """Read settings, and make all that is made of them; return what is said against them."""
    try:
        _use(parse_settings(text))
    except SettingsError as error:
        return str(error)
    return "taken"


HELPLESS = re.compile(r"contains a value that is not valid|this is not valid TOML")


def _use(found: Settings) -> None:
    build_vocabulary(shipped.asset("vocabulary.toml"), found, {})
    advice_rules(shipped.asset("advice.toml"), found)
    targets_of(found)
    type_rules(found)
    assert all(map(can_be_folder, [found.reports.folder, *found.folders.values()]))


@given(FILES)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_settings_of_any_value_are_accepted_or_refused_in_one_line(text: str) -> None:
    """Each key, with values of its kind and of any other; what is wrong has a sentence of its own."""
    said = answer(text)
    assert is_line(said)
    assert not HELPLESS.search(said)


@given(
    st.text(max_size=60) | st.lists(st.sampled_from([*"[]{}=.,\"'\n#\\ ", "reports", "limit", "0x", "\0"])).map("".join)
)
@settings(max_examples=150)
def test_a_settings_file_of_any_text_is_accepted_or_refused_in_one_line(text: str) -> None:
    said = answer(text)
    assert is_line(said)
    assert not HELPLESS.search(said)


TABLES = [
    each
    for each in (*vars(schema).values(), VocabularyFile, AdviceFile)
    if isinstance(each, type) and issubclass(each, msgspec.Struct)
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_number_in_the_settings_has_limits(table: type[msgspec.Struct]) -> None:
    """So that no sum, no date and no wait made of it goes beyond what can be counted."""
    for name, kind in get_type_hints(table, include_extras=True).items():
        for each in (kind, *get_args(kind)):
            if {int, float}.intersection(get_args(each)):
                meta = next(one for one in get_args(each) if isinstance(one, msgspec.Meta))
                assert None not in (meta.ge, meta.le), name


def test_the_toml_that_these_tests_write_means_what_was_meant() -> None:
    data = {"a\nb": [1, {"c": "\0"}, date(2024, 5, 6)]}
    assert tomllib.loads(written(data)) == data


BYTES: dict[str, bytes] = {
    "no UTF-8": b'skip = ["\xff"]',
    "UTF-16": "skip = []".encode("utf-16"),
    "NUL": b"\0" * 400,
    "deep": b"a = " + b"[" * 100_000,
    "deep tables": b"a" + b".a" * 100_000 + b" = 1",
    "deep tables in quotes": b'x = {"a"' + b'."a"' * 100_000 + b" = 1}",
    "a long list of quotes": b'"\\' * 200_000,
    "much of nothing": b" " * 900_000 + b"x",
    "a long number": b"[reports]\nlimit = " + b"9" * 5_000,
    "a long hexadecimal number": b"[reports]\nlimit = 0x" + b"f" * 5_000,
    "a long key": b"k" * 100_000 + b" = 1",
    "a long text": b'[reports]\nfolder = "' + b"k" * 100_000 + b'"',
    "infinite hours": b"[learning]\nhours_a_week = inf",
    "no number": b"[relations.x]\nweight = nan",
    "ages": b"[learning]\nstale_days = 999999999999",
    "a colour and more": b'[types.x]\ncolor = "#123456\\n"',
    "a name that says much": b'["\\u001b[31m\\n\\u202e"]\nx = 1',
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_settings_files_that_cannot_be_meant_are_refused_in_one_line(name: str, vault: MakeVault, run: Run) -> None:
    root = vault(NOTES | {"vault-tools.toml": BYTES[name]})
    result = run("report", root)
    assert result.exit_code == 2
    assert is_line(result.stderr.rstrip("\n")), result.stderr
    assert "vault-tools.toml" in result.stderr
    assert FAULT not in result.stderr


# fmt: off
FOLDERS = [
    "a\0b",
    "\x1b",
    "a\nb",
    "..",
    "a/..",
    "/a",
    "C:/a",
    "a\\b",
    "CON",
    "con",
    "a/nul.x/b",
    "COM1",
    "lpt9.txt",
    "CONIN$",
    "x" * 256,
    "字" * 90,
    "ab/" * 400,
    "a.",
    "a /b",
    "a//b",
    ".a",
    "a/.b",
    "",
    "/",
    " ",
]


# fmt: on


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_in_the_settings_that_some_system_cannot_have_is_refused(folder: str) -> None:
    """Wherever one is named."""
    said = toml(folder)
    keys = [f"[reports]\nfolder = {said}", f"[folders]\nbook = {said}", *([f"templates = {said}"] if folder else [])]
    for text in keys:
        with pytest.raises(SettingsError, match="must be a visible folder in the vault"):
            parse_settings(text)


@pytest.mark.parametrize(
    "folder", ["a", "知识/笔记", "a b/c", "consul", "Com", "nulls/x", "x" * 240, "a/", "é", "a.b", "1"]
)
def test_a_folder_in_the_settings_that_every_system_can_have_is_accepted(folder: str) -> None:
    assert parse_settings(f"[reports]\nfolder = {toml(folder)}").reports.folder == folder


@pytest.mark.parametrize("tries", [12, pytest.param(400, marks=pytest.mark.slow)])
def test_a_report_with_any_settings_is_written_or_refused_in_one_line(tries: int, vault: MakeVault, run: Run) -> None:
    root = vault(NOTES)

    @given(FILES)
    @settings(max_examples=tries, suppress_health_check=list(HealthCheck))
    def law(text: str) -> None:
        write(root, {"vault-tools.toml": text})
        result = run("report", root, "--no-cache")
        assert result.exit_code in {0, 2}, result.output
        assert FAULT not in result.output, result.output
        if result.exit_code == 2:
            assert all(map(is_line, result.stderr.splitlines())), result.stderr

    law()
