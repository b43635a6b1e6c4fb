"""The daemon's log: a file that starts again before it grows large, and the screen. No word of a note goes into it."""

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vault_tools.store import private

NAME = "vault_tools.watch"
LARGEST = 1_000_000
KEPT = 3


@contextmanager
def opened(file: Path, *, verbose: bool, quiet: bool) -> Iterator[logging.Logger]:
    """Return the log, written to a file and to the error stream; only to the stream if the disk refuses it."""
    log = logging.getLogger(NAME)
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    log.propagate = False
    with ExitStack() as closing:
        if sys.stderr is not None:  # as it is for a program that Windows starts without a console
            _add(log, logging.StreamHandler(), "%H:%M:%S", closing).setLevel(
                logging.WARNING if quiet else logging.DEBUG
            )
        try:
            private.folder(file.parent, file.parent)
            for old in file.parent.glob(f"{file.name}*"):
                private.tighten(old)
            kept = _Kept(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="replace")
            _add(log, kept, None, closing)
        except OSError as error:
            log.warning(
                "cannot write the log %s (%s): make sure that you can write there", file, error.strerror or error
            )
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
        handle = private.opened(Path(self.baseFilename), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
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
        return "".join(char if char.isprintable() else "�" for char in super().format(record))


def fault(error: BaseException) -> str:
    """Say where an unforeseen error came from: the kind and the places in our code, not what it says of a note."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"a fault in vault-tools ({type(error).__name__}) at {places}"
