"""The page of the graph, written by a separate process of low priority: no report waits for it."""

import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from vault_tools.app import Vault
from vault_tools.model.text import Value, say
from vault_tools.publishing import graph

PATIENCE = 600.0
"""Seconds after which a writing is given up."""


class GraphPage:
    """Writes the page of one vault's graph, one process at a time."""

    def __init__(self, root: Path) -> None:
        """Nothing runs yet."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._until = 0.0

    def begin(self) -> bool:
        """Start writing the page; False if the last writing still goes on. Raises OSError where no process starts."""
        if self._process is not None:
            return False
        # -P: the folder that we were started in, maybe the vault, has none of our modules
        command = [sys.executable, "-P", "-m", "vault_tools", "graph", "--quiet", str(self._root)]
        sentence = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the process has ended)
        try:
            self._process = subprocess.Popen(  # noqa: S603  (our own program)
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sentence
            )
        except BaseException:
            sentence.close()
            raise
        self._said, self._until = sentence, time.monotonic() + PATIENCE
        with suppress(psutil.Error, OSError):
            low = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)
            psutil.Process(self._process.pid).nice(low)
        return True

    def ended(self) -> Value | None:
        """Return "" if the writing has ended well, why not otherwise; None if there is no news."""
        if self._process is None:
            return None
        if self._process.poll() is None:
            if time.monotonic() > self._until:
                self.stop()
                return say("log.graph-too-slow", minutes=f"{PATIENCE / 60:.0f}")
            return None
        code, lines = self._process.returncode, self._lines()
        self._process = None
        return (lines[-1] if lines else say("error.exit-code", code=str(code))) if code else ""

    def _lines(self) -> list[str]:
        if self._said is None:
            return []
        with self._said as sentence:
            sentence.seek(0)
            return sentence.read().decode("utf-8", "replace").strip().splitlines()

    def stop(self) -> None:
        """End a writing that goes on; the page stays as it was."""
        if self._process is None:
            return
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._process = None
        self._lines()


class Drawn:
    """What the page contained when it was last written, and what the map looked like: if only text changes, it waits.

    One more sentence in a note changes most bytes of the page, and each version is synced and kept by git.
    Times are in seconds of one clock.
    """

    def __init__(self) -> None:
        """Nothing was drawn yet."""
        self._held = self._begun = ("", "")  # fingerprint and shape of the vault
        self._at = 0.0

    def is_owed(self, vault: Vault) -> bool:
        """Tell whether the page must be written; a page that newer code drew of the same vault is kept."""
        is_other = self._held[0] != vault.snapshot.fingerprint or not _has_page(vault)
        return is_other and graph.owes_page(vault.snapshot)

    def rest(self, vault: Vault, now: float) -> float:
        """Return the seconds until the page may be written; 0 if it is missing or shows another map."""
        if self._held[1] != graph.shape(vault.answers) or not _has_page(vault):
            return 0.0
        return self._at + vault.settings.watch.graph_minutes * 60 - now

    def begin(self, vault: Vault, now: float) -> None:
        """Record that drawing has begun."""
        self._begun, self._at = (vault.snapshot.fingerprint, graph.shape(vault.answers)), now

    def end(self) -> None:
        """Record that drawing has succeeded."""
        self._held = self._begun


def _has_page(vault: Vault) -> bool:
    return graph.has_page(vault.snapshot.vault)
