"""The language of the screen, and what commands print in it.

It is the language of `--lang`, else that of the vault's settings, else that of the system. What is written into a vault
never depends on it.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from itertools import pairwise

import click

from vault_tools import shipped
from vault_tools import words as catalogue
from vault_tools.model.speech import format_words
from vault_tools.model.text import Say, Text, Value
from vault_tools.model.visible import printable
from vault_tools.words import ENGLISH, Words

OPTION = "--lang"
_LANGUAGE = ContextVar("the language of the screen", default=ENGLISH)
_IS_NAMED = ContextVar("whether the command line names it", default=False)


def begin(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Choose the language from the command line, else from the system; call it before anything is printed."""
    named = shipped.known_language(named_in(arguments))
    _LANGUAGE.set(named or of_system(environment))
    _IS_NAMED.set(named is not None)


def named_in(arguments: Sequence[str]) -> str:
    """Return the last value of `--lang` on a command line, in any place; "" if there is none."""
    own = list(arguments)
    own = own[: own.index("--")] if "--" in own else own
    joined = [(at, each.removeprefix(f"{OPTION}=")) for at, each in enumerate(own) if each.startswith(f"{OPTION}=")]
    apart = [(at, value) for at, (each, value) in enumerate(pairwise(own)) if each == OPTION]
    return max([(-1, ""), *joined, *apart])[1]


def of_system(environment: Mapping[str, str]) -> str:
    """Return the language that the system is set to, found as gettext finds it; English if we do not speak it."""
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "") or _of_windows()
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return ENGLISH
    names = (environment.get("LANGUAGE", "").strip(":") or locale).split(":")
    return next(filter(None, map(shipped.known_language, filter(None, names))), ENGLISH)


def _of_windows() -> str:
    """Return the language of the user interface of Windows, which sets no variables; "" on other systems."""
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415  (on Windows only)
    import locale  # noqa: PLC0415

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def adopt(settings: str) -> None:
    """Take the language that the text of a vault's settings names, if the command line names none."""
    if not _IS_NAMED.get():
        _LANGUAGE.set(shipped.known_language(set_in(settings)) or language())


def set_in(settings: str) -> str:
    """Return the language that the text of a vault's settings names: that of the reports, else that of the vault."""
    from vault_tools.settings.toml_mistakes import TomlError  # noqa: PLC0415  (so that --help is quick)
    from vault_tools.settings.toml_text import read  # noqa: PLC0415

    try:
        rows = read(settings)
    except TomlError:
        return ""
    reports = rows.get("reports")
    name = (reports.get("language") if isinstance(reports, dict) else "") or rows.get("language")
    return name if isinstance(name, str) else ""


def language() -> str:
    """Return the language of the screen."""
    return _LANGUAGE.get()


def words() -> Words:
    """Return the catalogue of the screen's language."""
    return catalogue.words(language())


def format_phrase(id_: str, /, **values: Value) -> str:
    """Return a sentence in the language of the screen."""
    return format_text(Say(id_, tuple(values.items())))


def format_text(text: Text | Value) -> str:
    """Return a text in the language of the screen, with the paths of the notes that it mentions."""
    return format_words(text, words(), lambda ref: ref.id)


def report_phrase(id_: str, /, *, err: bool = False, bold: bool = False, **values: Value) -> None:
    """Print a sentence in the language of the screen."""
    click.secho(format_phrase(id_, **values), err=err, bold=bold or None)


def report_warning(text: Say) -> None:
    """Print a warning on the error stream."""
    report_phrase("screen.warning", err=True, text=text)


def usage_error(id_: str, /, **values: Value) -> click.UsageError:
    """Return the error of a command line that is not allowed; exit code 2."""
    return click.UsageError(format_on_one_line(id_, **values))


def format_on_one_line(id_: str, /, **values: Value) -> str:
    """Return a sentence that quotes what the user typed, on one line that is safe to print."""
    return printable(format_phrase(id_, **values))
