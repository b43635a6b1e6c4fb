"""The daemon's log: a file that is begun anew before it grows large, and the screen. No word of a note goes into it."""

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "vault_tools.watch"
LARGEST = 1_000_000
KEPT = 3


def opened(file: Path, *, verbose: bool, quiet: bool) -> logging.Logger:
    """Return the log, written to a file and to the error stream; to that alone where the disk does not take it."""
    log = logging.getLogger(NAME)
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    log.propagate = False
    log.handlers.clear()
    if sys.stderr is not None:  # as it is for a program that Windows starts without a console
        screen = logging.StreamHandler()
        screen.setLevel(logging.WARNING if quiet else logging.DEBUG)
        screen.setFormatter(_OneLine("%(asctime)s  %(message)s", "%H:%M:%S"))
        log.addHandler(screen)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="replace")
    except OSError as error:
        log.warning("no log is kept in %s: %s", file, error.strerror or error)
        return log
    written.setFormatter(_OneLine("%(asctime)s %(levelname)-7s %(message)s"))
    log.addHandler(written)
    return log


class _OneLine(logging.Formatter):
    """Says each thing in a line: no name of a file can write to the terminal, or forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        return "".join(char if char.isprintable() else "�" for char in super().format(record))


def fault(error: BaseException) -> str:
    """Say where an unforeseen error came from: the kind and the places in our code, not what it says of a note."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"a fault in vault-tools ({type(error).__name__}) at {places}"
