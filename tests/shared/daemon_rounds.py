"""A daemon whose rounds a test does one by one, and the page that it writes."""

# ruff: noqa: D103  (a test is named for what it holds)

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from shared.vaults import pages

from vault_tools.daemon import log, watch
from vault_tools.daemon.pace import Pace
from vault_tools.store import watchers
from vault_tools.store.watchers import Status
from vault_tools.words import words

QUICK = Pace(quiet=0.1, most=1.0, walk=60, nap=0.2, settled=0.3, graph=0.2, graph_most=5, away=0.2)


def gaps(root: Path) -> str:
    """Return the page of gaps, "" where there is none."""
    return pages(root).get("Gaps.md", b"").decode()


@contextmanager
def quick(root: Path, *, polls: str = "", language: str = "en") -> Iterator[watch.Daemon]:
    """A daemon of quick pace whose rounds a test does by itself."""
    since = datetime.now(UTC).isoformat()
    status = Status(str(root), os.getpid(), watchers.device(), since, polls=polls)
    daemon = watch.Daemon(root, status, log.Log(logging.getLogger(log.NAME), words(language)), QUICK)
    try:
        yield daemon
    finally:
        daemon.close()


def one_round(daemon: watch.Daemon) -> Status:
    daemon._round("change")
    told = Status.of(Path(daemon._status.vault))
    assert told is not None
    return told
