"""The daemon's log: a file that starts again before it grows large, and the screen. No word of a note goes into it."""

import logging
import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vault_tools.errors import VaultToolsError, reason, retried
from vault_tools.model.speech import format_words
from vault_tools.model.text import Say, say
from vault_tools.model.visible import printable
from vault_tools.store import private
from vault_tools.words import Words

NAME = "vault_tools.watch"
LARGEST = 1_000_000
KEPT = 3


class Log:
    """The log of a daemon: each line is a sentence of the catalogue, in the language of whoever started the daemon."""

    def __init__(self, log: logging.Logger, words: Words) -> None:
        """Write to a logger, in a language."""
        self._log, self.words = log, words

    def format(self, sentence: Say | str) -> str:
        """Return a sentence in the language of the log."""
        return format_words(
            retried(sentence) if isinstance(sentence, Say) else sentence, self.words, lambda ref: ref.id
        )

    def debug(self, sentence: Say) -> None:
        """Log what is only of interest to those who ask for more."""
        self._log.debug("%s", self.format(sentence))

    def info(self, sentence: Say) -> None:
        """Log what was done."""
        self._log.info("%s", self.format(sentence))

    def warning(self, sentence: Say) -> None:
        """Log what needs attention."""
        self._log.warning("%s", self.format(sentence))

    def error(self, sentence: Say) -> None:
        """Log what ends the daemon."""
        self._log.error("%s", self.format(sentence))


@contextmanager
def opened(file: Path, *, verbose: bool, quiet: bool, words: Words) -> Iterator[Log]:
    """Give the log, written to a file and to the error stream; only to the stream if the disk does not take it."""
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False
    log = Log(logger, words)
    with ExitStack() as closing:
        if sys.stderr is not None:  # as it is for a program that Windows starts without a console
            handler = _add(logger, logging.StreamHandler(), "%H:%M:%S", closing)
            handler.setLevel(logging.WARNING if quiet else logging.DEBUG)
        try:
            private.folder(file.parent, file.parent)
            for old in file.parent.glob(f"{file.name}*"):
                private.tighten(old)
            kept = _Kept(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="replace")
            _add(logger, kept, None, closing)
        except OSError as error:
            log.warning(say("log.not-written", file=str(file), reason=reason(error)))
        yield log


def _add(log: logging.Logger, handler: logging.Handler, times: str | None, closing: ExitStack) -> logging.Handler:
    """Let a handler write the log, until it is closed."""
    handler.setFormatter(_OneLine("%(asctime)s  %(message)s", times))
    log.addHandler(handler)
    closing.callback(handler.close)
    closing.callback(log.removeHandler, handler)
    return handler


class _Kept(RotatingFileHandler):
    """A file for the user only. If the disk is full, lines are lost, and nothing stops."""

    def _open(self) -> TextIOWrapper:
        handle = private.open_private(Path(self.baseFilename), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return os.fdopen(handle, "a", encoding=self.encoding, errors=self.errors)

    def close(self) -> None:
        """Close the file, even if the disk cannot take the rest of it."""
        with suppress(OSError, ValueError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say nothing: logging would print a traceback."""


class _OneLine(logging.Formatter):
    """Says each thing in a line: no name of a file can write to the terminal, or forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def fault(error: BaseException) -> Say:
    """Say where an unforeseen error came from: the kind and the places in our code, not what it says of a note."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return say("log.fault", kind=type(error).__name__, places=places)


def trouble(error: Exception) -> Say:
    """Say what stopped a round; for a bug in vault-tools, only its place."""
    if isinstance(error, VaultToolsError):
        return error.sentence
    if isinstance(error, OSError) and error.filename:
        return say("log.file-error", file=os.fsdecode(error.filename), reason=reason(error))
    if isinstance(error, OSError):
        return say("log.system-error", reason=reason(error))
    return say("log.cache-error", why=str(error)) if isinstance(error, sqlite3.Error) else fault(error)
