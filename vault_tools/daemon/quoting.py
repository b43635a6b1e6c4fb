"""How the files of services spell a value: in a systemd unit, in XML, on a Windows command line."""

import re
import subprocess
from collections.abc import Sequence
from xml.sax.saxutils import escape

from vault_tools.errors import UnsayableError
from vault_tools.model.text import say

_SYSTEMD = {'"': '\\"', "\\": "\\\\", "%": "%%"}
_UNSAFE_PROGRAM = re.compile(r"[\x00-\x1f\x7f'\"\\]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VARIABLE = re.compile("%[^%]+%")


def systemd_command(words: Sequence[str]) -> str:
    """Return a command for `ExecStart=`; UnsayableError if systemd takes no program of such a name.

    In all words `%` is doubled, and `$` in all but the first: that one is never expanded (systemd.service(5)).
    """
    program, *arguments = words
    if _UNSAFE_PROGRAM.search(program):
        raise UnsayableError(program, say("error.unsayable-program"))
    return " ".join([systemd_word(program), *(systemd_word(word).replace("$", "$$") for word in arguments)])


def systemd_word(word: str) -> str:
    """Return a word in quotes, as `ExecStart=` and `Environment=` unquote it; bytes that are no text are escaped."""
    return '"' + "".join(map(_systemd_char, word)) + '"'


def systemd_assignment(name: str, value: str) -> str:
    """Return a value of `Environment=`; UnsayableError where it is no UTF-8, for systemd would leave it out."""
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise UnsayableError(value, say("error.unsayable-utf8", name=name))
    return systemd_word(f"{name}={value}")


def _systemd_char(char: str) -> str:
    if char in _SYSTEMD:
        return _SYSTEMD[char]
    if char.isprintable():
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))


def xml_text(text: str) -> str:
    """Return a text as the content of an element; UnsayableError if XML cannot hold it."""
    if _NOT_XML.search(text):
        raise UnsayableError(text, say("error.unsayable-xml"))
    return escape(text, {"\r": "&#13;"})


def windows_arguments(words: Sequence[str]) -> str:
    """Return arguments of a scheduled task, to be split by CommandLineToArgvW.

    UnsayableError for `%name%`, which the Task Scheduler would replace; it knows no way to say that it shall not.
    """
    line = subprocess.list2cmdline(words)
    if _VARIABLE.search(line):
        raise UnsayableError(line, say("error.unsayable-variable"))
    return line
