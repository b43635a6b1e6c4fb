"""A real daemon for the vault of a test: it runs in a separate process; the test waits for it, asks it and stops it.

    with beside(vault, tmp_path) as daemon:
        (vault / "a.md").write_text("[[Gone]]")
        daemon.wait_for(lambda: b"Gone" in pages(vault)["Gaps.md"], "Gaps names the link")

This file is also the program that the process runs: `python tests/shared/beside.py PACE PRELUDE watch OPTIONS VAULT`.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import msgspec
import psutil

from vault_tools import Vault, ours
from vault_tools.cli import run
from vault_tools.daemon import pace as pace_module
from vault_tools.daemon.pace import Pace
from vault_tools.ours import GRAPH_PAGE
from vault_tools.store import naming
from vault_tools.store.watchers import Status

QUICK = Pace(quiet=0.1, most=1.0, nap=1.0, settled=0.3, graph=3600.0, graph_most=3600.0, away=0.2)
"""A quick pace with a slow walk: a change without an event is not seen for minutes, and a test can notice that.

The map is only written for tests that ask for it, since a process starts for it: `replace(QUICK, graph=0.3)`.
"""
PAGES = "_vault-tools"
PATIENCE = 60.0
"""Seconds to wait for a condition. A test only needs all of them if the daemon is broken or the machine very busy."""
CALM = 0.5
"""Seconds without work after which a quick daemon is at rest. It never waits that long for anything."""


class Beside:
    """A daemon that runs beside a vault."""

    def __init__(self, root: Path, home: Path, process: "subprocess.Popen[bytes]", said: Path) -> None:
        self.root = root
        self.home = home
        self.process = process
        self._said = said

    # ------------------------------------------------------------ asking

    @property
    def status(self) -> Status | None:
        """The last status that the daemon wrote; None if it has written none."""
        name = naming.name_of(self.root.resolve())
        try:
            told = (self.home / "state" / "vault-tools" / "watch" / f"{name}.json").read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(told, type=Status)

    @property
    def rounds(self) -> int:
        """How many rounds the daemon has done."""
        return self.status.rounds if self.status else 0

    @property
    def deeds(self) -> list[tuple[str, str]]:
        """The last things that the daemon wrote: what, and to which file."""
        return [(deed.what, deed.path) for deed in self.status.deeds] if self.status else []

    @property
    def troubles(self) -> list[str]:
        """What keeps the daemon from working now."""
        return self.status.troubles if self.status else []

    @property
    def log(self) -> str:
        """The log of the daemon, and what it printed besides."""
        name = naming.name_of(self.root.resolve())
        file = self.home / "state" / "vault-tools" / "log" / f"watch-{name}.log"
        kept = file.read_text("utf-8", "replace") if file.exists() else ""
        return kept + self._said.read_text("utf-8", "replace")

    @property
    def runs(self) -> bool:
        """Tell whether the process runs."""
        return self.process.poll() is None

    # ------------------------------------------------------------ waiting

    def wait_for(self, holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait until a condition holds. It may raise errors while files come and go."""
        end = time.monotonic() + seconds
        while not _asked(holds):
            assert self.runs, f"the daemon ended with {self.process.returncode}, so not: {what}\n{self.log[-4000:]}"
            assert time.monotonic() < end, f"after {seconds} s, not: {what}\n{self._told()}"
            time.sleep(0.02)

    def rest(self, calm: float = CALM, seconds: float = PATIENCE) -> int:
        """Wait until the daemon has nothing to do: no round, no writing process, no busy thread. Return its rounds."""
        end = time.monotonic() + seconds
        since, before = time.monotonic(), -1
        while time.monotonic() - since < calm:
            time.sleep(0.02)
            rounds = self.rounds
            if rounds != before or not self._sleeps():
                since, before = time.monotonic(), rounds
            assert self.runs, f"the daemon ended with {self.process.returncode}\n{self.log[-4000:]}"
            assert time.monotonic() < end, f"after {seconds} s, it does not come to rest\n{self._told()}"
        return before

    def _sleeps(self) -> bool:
        process = psutil.Process(self.process.pid)
        if process.children():
            return False
        tasks = Path(f"/proc/{process.pid}/task")
        if not tasks.is_dir():
            return bool(process.status() == psutil.STATUS_SLEEPING)
        with contextlib.suppress(OSError):
            return all((task / "stat").read_text().rpartition(")")[2].split()[0] == "S" for task in tasks.iterdir())
        return False

    def _told(self) -> str:
        return f"{self.status}\n{self.log[-4000:]}"

    # ------------------------------------------------------------ stopping

    def stop(self, seconds: float = PATIENCE, number: int = signal.SIGTERM) -> int:
        """Send the daemon a signal to stop, and return its exit code."""
        if self.runs:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def says(self, words: str) -> None:
        """Wait until some words are in the log."""
        self.wait_for(lambda: words in self.log, words)

    def end(self) -> None:
        """Kill the daemon and the processes that it started, whatever they do."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        if self.runs:
            self.process.kill()
            self.process.wait()


def as_from_a_terminal() -> None:
    """Let signals end this process, as they end a process that a person starts in a terminal.

    Tests that run under `nohup` or in the background ignore some signals, and their child processes would, too.
    """
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def _asked(holds: Callable[[], object]) -> bool:
    try:
        return bool(holds())
    except (OSError, LookupError):
        return False


@contextlib.contextmanager
def beside(
    root: Path,
    home: Path,
    pace: Pace | None = QUICK,
    *options: str,
    polls: str = "",
    prelude: str = "",
    begun: bool = True,
    within: tuple[str, ...] = (),
) -> Iterator[Beside]:
    """Run a daemon beside a vault, and stop it at the end.

    Cache, state and log go below `home`. If that is `tmp_path`, they are where the fixture `own_cache` puts them.
    The command is `vault-tools watch OPTIONS`, with another `pace` or, if that is None, its own. `polls` makes it poll.
    `prelude` is Python code that the process runs first. With `begun`, this function waits for the first round.
    `within` is a command that runs the command that follows it, as `env` does.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(home / "xdg"),
        "XDG_STATE_HOME": str(home / "state"),
        "LOCALAPPDATA": str(home / "xdg"),
    }
    words = ["watch", *(["--poll"] if polls else []), *options, str(root)]
    command = [sys.executable, "-m", "vault_tools", *words]
    if pace is not None:
        command = [
            sys.executable,
            __file__,
            json.dumps(asdict(pace)),
            prelude,
            words[0],
            "--verbose",
            "--quiet",
            *words[1:],
        ]
    said = home / "said.txt"
    with said.open("ab") as file:
        process = subprocess.Popen(
            [*within, *command],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=environment,
            preexec_fn=as_from_a_terminal if os.name == "posix" else None,  # noqa: PLW1509  (no lock is held here)
        )
    daemon = Beside(root, home, process, said)
    try:
        if begun:
            daemon.wait_for(lambda: daemon.status and daemon.status.pid == process.pid and daemon.rounds, "it began")
        yield daemon
        if daemon.runs:
            daemon.stop()
    finally:
        daemon.end()


# ---------------------------------------------------------------- against a fresh report


def agrees(daemon: Beside, *, graph: bool = False, typed: tuple[str, ...] = (), seconds: float = PATIENCE) -> None:
    """Wait until a vault is the same, byte for byte, as a copy of it after a fresh report.

    `graph` includes the map. New notes in the folders `typed` must have their templates by then.
    """
    found: dict[str, str] = {}
    try:
        daemon.wait_for(lambda: _agrees(daemon, found, graph, typed), "it is what a fresh report leaves", seconds)
    except AssertionError as error:
        error.add_note("\n".join(f"{path}: {why}" for path, why in found.items()))
        raise


def _agrees(daemon: Beside, found: dict[str, str], graph: bool, typed: tuple[str, ...]) -> bool:  # noqa: FBT001
    """Compare a vault with a copy of it after a fresh report, and collect the differences."""
    found.clear()
    time.sleep(QUICK.quiet)
    root, copy = daemon.root, daemon.home / "copy" / daemon.root.name
    shutil.rmtree(copy, ignore_errors=True)
    try:
        shutil.copytree(root, copy, ignore=partial(_reports, root))
    except shutil.Error:  # a draft came and went
        return False
    notes = (note for folder in typed for note in (copy / folder).rglob("*.md"))
    found |= {str(note): "no template came" for note in notes if not note.read_bytes().strip()}
    fresh = Vault.open(copy, cache=False)
    fresh.report()
    fresh.close()
    here, there = _contents(root, graph=graph), _contents(copy, graph=graph)
    for path in sorted(here.keys() | there.keys()):
        if here.get(path) != there.get(path):
            found[path] = f"{here.get(path, b'(not there)')!r}\nis not\n{there.get(path, b'(not there)')!r}"
    return not found


def _reports(root: Path, folder: str, names: list[str]) -> list[str]:
    """Return what is not copied: all pages except those that hold something that is in no note.

    The map holds the positions of its nodes, and the record holds the last valid settings of Obsidian.
    """
    return [name for name in names if Path(folder) == root / PAGES and name not in {GRAPH_PAGE, ours.RECORD}]


def _contents(root: Path, *, graph: bool) -> dict[str, bytes]:
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    skipped = (".trash/", ".obsidian/") if graph else (".trash/", ".obsidian/", f"{PAGES}/{GRAPH_PAGE}")
    return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(skipped)}


def _main(chosen: str, prelude: str, *words: str) -> None:
    """Run the command line with a daemon of another pace."""
    exec(prelude, {})
    values = json.loads(chosen)
    quick = Pace(**{**values, "polls": tuple(values["polls"])})
    pace_module.Pace = lambda: quick  # type: ignore[assignment,misc]
    sys.argv = ["vault-tools", *words]
    run()


if __name__ == "__main__":
    _main(*sys.argv[1:])
