"""The page of the graph, written by a process of its own, of low priority: no report waits for it."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil


class GraphPage:
    """Writes the page of one vault's graph, one process at a time."""

    def __init__(self, root: Path) -> None:
        """Nothing runs yet."""
        self._root = root
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> bool:
        """Start writing the page; False if the last writing still goes on."""
        if self._process is not None:
            return False
        # -P: the folder that we were started in, maybe the vault, holds no modules of ours
        command = [sys.executable, "-P", "-m", "vault_tools", "graph", "--quiet", str(self._root)]
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        with suppress(psutil.Error, OSError):
            low = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)
            psutil.Process(self._process.pid).nice(low)
        return True

    def ended(self) -> str | None:
        """Return "" if the writing has ended well, the last line of what it said if not; None if there is no news."""
        if self._process is None or self._process.poll() is None:
            return None
        said = self._process.stderr.read().strip() if self._process.stderr else ""
        code, self._process = self._process.returncode, None
        return (said.splitlines() or [f"it ended with {code}"])[-1] if code else ""

    def stop(self) -> None:
        """End a writing that goes on; the page stays as it was."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(1)
        self._process = None
