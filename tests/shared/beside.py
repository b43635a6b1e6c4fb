"""A real daemon beside a vault, for tests: started in a process of its own, waited for, asked, and stopped.

    with beside(vault, tmp_path) as daemon:
        (vault / "a.md").write_text("[[Gone]]")
        daemon.wait_for(lambda: b"Gone" in pages(vault)["Gaps.md"], "Gaps tells of the link")

As a program it is that daemon: `python tests/shared/beside.py PACE PRELUDE watch OPTIONS VAULT`.
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
"""Quick, but for the walk: what no event tells of stays unseen for minutes, so that a test sees that, too.

The page of the graph, for which a process starts, is for tests that ask for it: `replace(QUICK, graph=0.3)`.
"""
PAGES = "_vault-tools"
PATIENCE = 60.0
"""Seconds for which a condition is waited for: so many only where the daemon is broken, or the machine very busy."""
CALM = 0.5
"""Seconds without a sign of work after which a quick daemon is at rest: longer than all it waits for."""


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
        """What it said of itself last; None before it has said anything."""
        name = naming.name_of(self.root.resolve())
        try:
            told = (self.home / "state" / "vault-tools" / "watch" / f"{name}.json").read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(told, type=Status)

    @property
    def rounds(self) -> int:
        """How many rounds it has done."""
        return self.status.rounds if self.status else 0

    @property
    def deeds(self) -> list[tuple[str, str]]:
        """The last things that it wrote: what, and to which file."""
        return [(deed.what, deed.path) for deed in self.status.deeds] if self.status else []

    @property
    def troubles(self) -> list[str]:
        """What stands in its way now."""
        return self.status.troubles if self.status else []

    @property
    def log(self) -> str:
        """Its log, and what it printed beside it."""
        name = naming.name_of(self.root.resolve())
        file = self.home / "state" / "vault-tools" / "log" / f"watch-{name}.log"
        kept = file.read_text("utf-8", "replace") if file.exists() else ""
        return kept + self._said.read_text("utf-8", "replace")

    @property
    def runs(self) -> bool:
        """Tell whether the process is there."""
        return self.process.poll() is None

    # ------------------------------------------------------------ waiting

    def wait_for(self, holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait until a condition holds; while files come and go, it may also fail to be asked."""
        end = time.monotonic() + seconds
        while not _asked(holds):
            assert self.runs, f"the daemon ended with {self.process.returncode}, so not: {what}\n{self.log[-4000:]}"
            assert time.monotonic() < end, f"after {seconds} s, not: {what}\n{self._told()}"
            time.sleep(0.02)

    def rest(self, calm: float = CALM, seconds: float = PATIENCE) -> int:
        """Wait until it has nothing to do: no round, no page being written, every thread asleep. Return its rounds."""
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
        """Ask it to stop by a signal, and return what it ended with."""
        if self.runs:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def says(self, words: str) -> None:
        """Wait until it has said something."""
        self.wait_for(lambda: words in self.log, words)

    def end(self) -> None:
        """End it, however it stands, and what it started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        if self.runs:
            self.process.kill()
            self.process.wait()


def as_from_a_terminal() -> None:
    """Let signals end this process, as they end one that somebody starts in a terminal.

    Under `nohup` or in the background tests are started with some of them ignored, and their children would be, too.
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

    Cache, state and log go below `home`, to where `conftest.own_cache` sends those of a test that gives `tmp_path`.
    It is the command `vault-tools watch OPTIONS`, at another `pace`; with None, at its own. `polls` makes it poll.
    `prelude` is Python that its process runs before it begins. Unless it is `begun`, its first round is not waited for.
    `within` is a command that becomes the one that is given to it, as `env` does.
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
    """Wait until a vault is, byte for byte, what a fresh report makes of a copy of it.

    With `graph`, so is the page of the graph. New notes in folders that are `typed` must have their templates by then.
    """
    found: dict[str, str] = {}
    try:
        daemon.wait_for(lambda: _agrees(daemon, found, graph, typed), "it is what a fresh report leaves", seconds)
    except AssertionError as error:
        error.add_note("\n".join(f"{path}: {why}" for path, why in found.items()))
        raise


def _agrees(daemon: Beside, found: dict[str, str], graph: bool, typed: tuple[str, ...]) -> bool:  # noqa: FBT001
    """Compare a vault with its copy, of which a fresh report is made, and remember what differs."""
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
    """Return what a copy goes without: all pages but those that hold what no note says.

    The page of the graph holds where its nodes stand, and the record holds the last sound settings of Obsidian.
    """
    return [name for name in names if Path(folder) == root / PAGES and name not in {GRAPH_PAGE, ours.RECORD}]


def _contents(root: Path, *, graph: bool) -> dict[str, bytes]:
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    skipped = (".trash/", ".obsidian/") if graph else (".trash/", ".obsidian/", f"{PAGES}/{GRAPH_PAGE}")
    return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(skipped)}


def _main(chosen: str, prelude: str, *words: str) -> None:
    """Be the command line, with a daemon of another pace."""
    exec(prelude, {})
    values = json.loads(chosen)
    quick = Pace(**{**values, "polls": tuple(values["polls"])})
    pace_module.Pace = lambda: quick  # type: ignore[assignment,misc]
    sys.argv = ["vault-tools", *words]
    run()


if __name__ == "__main__":
    _main(*sys.argv[1:])
