"""The languages of Moment.js that come with vault-tools."""

from datetime import UTC, datetime

import pytest
from shared.moment import ENGLISH, LANGUAGES, TABLES, language, vectors

from vault_tools import shipped
from vault_tools.dialect.moment import format_moment
from vault_tools.store import locales


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        *(("en", "en"), ("en-US", "en"), ("en-GB", "en-gb"), ("en_GB.UTF-8", "en-gb"), ("de-DE.UTF-8", "de")),
        *(("de-CH", "de-ch"), ("de_LU@euro", "de"), ("zh", "zh-cn"), ("zh-TW", "zh-tw"), ("zh_Hant_TW", "zh-tw")),
        *(("zh-Hans", "zh-cn"), ("pt", "pt"), ("pt_BR", "pt-br"), ("no", "nb"), ("nn-NO", "nn"), ("hy", "hy-am")),
        *(("kh", "km"), ("iw", "he"), ("sr-Latn-RS", "sr"), ("uz-Latn", "uz-latn"), (" FR ", "fr")),
    ],
)
def test_a_language_of_moment_is_found_by_any_of_its_names(asked: str, name: str) -> None:
    """Obsidian's, the system's and Moment's; the nearest is taken."""
    found, known = locales.locale(asked)
    assert known
    when = datetime(2024, 12, 30, 13, 5, 9, tzinfo=UTC)
    assert format_moment(when, "LLLL lll Do w a", found) == format_moment(when, "LLLL lll Do w a", language(name))


@pytest.mark.parametrize("asked", ["", "C", "POSIX", "xx", "x", "x-pseudo", "notice", "e", "--", "_", "\ud800"])
def test_an_unknown_language_of_moment_becomes_english_and_the_caller_learns_it(asked: str) -> None:
    """The caller can tell the user."""
    found, known = locales.locale(asked)
    assert not known
    assert found.months == ENGLISH.months


def test_the_languages_of_moment_are_shipped_in_order_and_with_their_licence() -> None:
    """One line each, so that a change can be read."""
    text = shipped.asset("locales.json")
    assert next(iter(TABLES)) == "notice"
    assert "Permission is hereby granted" in TABLES["notice"]
    assert len(text.encode()) < 150_000
    assert sorted(LANGUAGES) == LANGUAGES
    assert text.count("\n") == len(TABLES) + 2
    assert all(list(table) == sorted(table) for name, table in TABLES.items() if name != "notice")
    assert set(vectors()) <= set(LANGUAGES)
