"""Errors carry a sentence: in both languages, on one line, with the system's reason in words of ours."""

# ruff: noqa: D103  (a test is named for what it holds)

import errno
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_tools import errors, shipped
from vault_tools.daemon import bulletin
from vault_tools.errors import NotAmendedError, NotWrittenError, RefusedError, StateError, VaultToolsError, by_cause
from vault_tools.model.speech import format_english, format_words
from vault_tools.model.text import Say, Value, say
from vault_tools.store.watchers import word_for
from vault_tools.words import words


def said(value: Value, language: str) -> str:
    return format_words(value, words(language), str)


@pytest.mark.parametrize("number", errors._REASONS, ids=lambda number: errno.errorcode[number])
def test_a_reason_of_the_system_for_an_error_is_said_in_each_language(number: int) -> None:
    why = errors.reason(OSError(number, os.strerror(number)))
    assert isinstance(why, Say)
    texts = {said(why, language) for language in shipped.languages()}
    assert len(texts) == len(shipped.languages())
    assert why.id not in texts


def test_reasons_that_only_windows_distinguishes_are_distinguished() -> None:
    class WindowsBusyError(OSError):
        winerror = 32

    busy = WindowsBusyError(
        errno.EACCES, "The process cannot access the file because it is being used by another process"
    )
    assert errors.reason(busy) == say("system.in-use")
    assert errors.reason(OSError(errno.EACCES, "")) == say("system.no-permission")
    assert set(errors._WINDOWS.values()) <= set(errors._REASONS.values())


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.EDOM, "Numerical argument out of domain"), "Numerical argument out of domain"),
        (OSError("no code"), "no code"),
        (RuntimeError("Symlink loop from '/v'"), say("system.link-loop")),
        (NotImplementedError("FileSystem does not appear to support flock"), say("system.no-locks")),
        (RefusedError(errno.EFBIG, say("system.not-file")), say("system.not-file")),
    ],
)
def test_an_unknown_reason_for_an_error_is_quoted_from_the_system(error: OSError | RuntimeError, why: Value) -> None:
    assert errors.reason(error) == why


def test_files_refused_for_one_reason_share_a_sentence() -> None:
    full, away = say("system.no-space"), say("system.no-drive")
    state = StateError("/s", full, say("error.so-no-change"))
    found = [NotWrittenError("a", full), NotAmendedError("n", full), NotWrittenError("b", full), state]
    assert [format_english(each) for each in by_cause([*found, NotWrittenError("c", away)])] == [
        (
            "a and 1 more could not be written (no space left on the disk). They were not changed. Close them in other "
            "programs, make sure that you can write to them and their folder, and run the command again."
        ),
        (
            "n could not be changed (no space left on the disk). It is unmodified. "
            "Make it writable and run the command again."
        ),
        (
            "/s cannot be used (no space left on the disk), so no note was changed. "
            "Make sure that you can write there, or set XDG_STATE_HOME to a folder that you can write to."
        ),
        (
            "c could not be written (the drive is not ready). It was not changed. Close it in other programs, make "
            "sure that you can write to it and its folder, and run the command again."
        ),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("error", [NotWrittenError, NotAmendedError])
@pytest.mark.parametrize("more", [0, 4])
def test_only_errors_of_the_daemon_say_that_it_tries_again(
    error: type[NotWrittenError | NotAmendedError], more: int, language: str
) -> None:
    again = {"en": "vault-tools will try again", "zh": "vault-tools 会再次尝试"}[language]
    refused = error("N.md", say("system.no-permission"), more).sentence
    nested = say("daemon.note-left", path="N.md", why=refused)
    for each in (refused, nested):
        assert again not in said(each, language)
        assert again in said(errors.retried(each), language)
    assert errors.retried(errors.retried(nested)) == errors.retried(nested)


@given(st.text(), st.text())
def test_an_error_is_one_line_whatever_it_quotes(path: str, reason: str) -> None:
    for error in (NotWrittenError(path, reason), VaultToolsError(say("error.live-text", path=path, reason=(reason,)))):
        for language in shipped.languages():
            assert said(error.sentence, language).isprintable()


def test_every_reason_for_a_round_and_every_deed_has_words() -> None:
    """Each name on the agenda, but those of the map, for which there is no round."""
    code = "".join(path.read_text("utf-8") for path in Path(bulletin.__file__).parent.glob("*.py"))
    agenda = set(re.findall(r'_agenda\.put\("([\w ]+)"', code)) - {"graph", "look at graph"}
    begun = set(re.findall(r'_round\("([\w ]+)"\)', code))
    assert bulletin.WHY.keys() == agenda | begun
    deeds = set(
        re.findall(r'\(\("([\w ]+)", \w+(?:\.path)?\) for|\.append\(\("([\w ]+)", path\)\)|\[\("([\w ]+)", made', code)
    )
    names = {name for found in deeds for name in found if name}
    assert names == {"page", "region", "template", "note", "put back"}
    assert all(isinstance(word_for(name), Say) for name in names)
    assert word_for("something newer") == "something newer"
