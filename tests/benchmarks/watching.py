"""Measures `vault-tools watch` beside a copy of a vault: from a save to the report, at rest, and in memory.

    python tests/benchmarks/watching.py VAULT [VAULT ...] [--saves 15] [--rest 60]

Each vault is copied first and left as it is. A save is a line added to a note, another one each time. `save to report`
goes from the last byte saved to the first page on the disk that is another one, the daemon's own waiting for quiet
included. `walk` is os.walk with a stat for each file in the same run, which ratios are told in.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

from shared.beside import Beside, beside

from vault_tools.daemon.pace import Pace

PAGES = "_vault-tools"
LONG = 600.0
"""Seconds within which even the largest vault is read for the first time."""


class Saved(NamedTuple):
    """One save: seconds until a page was another one, processor seconds of the daemon, and seconds of a walk."""

    report: float
    cpu: float
    walk: float


class Measured(NamedTuple):
    """All of one vault: the saves, the share of a core that the daemon takes at rest, and its memory in MiB."""

    notes: int
    saves: list[Saved]
    graph: float
    rest: float
    begun: float
    memory: float
    proportional: float


def main() -> None:
    """Read the arguments, measure each vault, print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--saves", type=int, default=15)
    parser.add_argument("--rest", type=float, default=60.0)
    chosen = parser.parse_args()
    for vault in chosen.vaults:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / vault.name
            shutil.copytree(vault, copy, symlinks=True)
            with beside(copy, Path(scratch) / "home", None, begun=False) as daemon:
                _show(vault.name, _measure(daemon, chosen.saves, chosen.rest))


def _measure(daemon: Beside, saves: int, rest: float) -> Measured:
    daemon.wait_for(lambda: daemon.rounds, "it began", LONG)
    process = psutil.Process(daemon.process.pid)
    _settle(daemon)
    begun = process.memory_info().rss
    notes = sorted(path for path in _notes(daemon.root) if path.stat().st_size)
    chosen = [notes[at * len(notes) // (saves + 1)] for at in range(saves + 1)]
    saved = [_save(daemon, process, note, at) for at, note in enumerate(chosen)][1:]  # the first one warms up
    before = process.cpu_times().children_user + process.cpu_times().children_system
    _settle(daemon)
    graph = process.cpu_times().children_user + process.cpu_times().children_system - before
    before = _cpu(process)
    time.sleep(rest)
    share = (_cpu(process) - before) / rest
    memory = process.memory_full_info()
    return Measured(len(notes), saved, graph, share, begun / 2**20, memory.rss / 2**20, memory.pss / 2**20)


def _notes(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != PAGES]
        yield from (Path(folder) / name for name in names if name.endswith(".md"))


def _settle(daemon: Beside) -> None:
    """Wait until the page of the graph is written, too."""
    daemon.rest(calm=Pace().graph + 3, seconds=LONG)


def _save(daemon: Beside, process: psutil.Process, note: Path, at: int) -> Saved:
    daemon.rest(calm=1.0, seconds=LONG)
    before, cpu = _pages(daemon.root), _cpu(process)
    with note.open("a", encoding="utf-8") as file:
        file.write(f"\n[[a name not written yet {at}]]\n")
    began = time.perf_counter()
    while _pages(daemon.root) == before:
        time.sleep(0.005)
    took = time.perf_counter() - began
    daemon.rest(calm=1.0, seconds=LONG)
    return Saved(took, _cpu(process) - cpu, _walk(daemon.root))


def _pages(root: Path) -> dict[str, int]:
    """Return when each report was written; that of the graph is no report, and comes later."""
    with suppress(FileNotFoundError), os.scandir(root / PAGES) as entries:
        return {entry.name: entry.stat().st_mtime_ns for entry in entries if entry.name.endswith((".md", ".svg"))}
    return {}


def _cpu(process: psutil.Process) -> float:
    """Return the processor seconds of a process, without those of its children."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _walk(root: Path) -> float:
    began = time.perf_counter()
    for folder, _, names in os.walk(root):
        for name in names:
            with suppress(FileNotFoundError):
                os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  (the floor is as plain as can be)
    return time.perf_counter() - began


def _show(name: str, found: Measured) -> None:
    reports, cpus, walks = (list(column) for column in zip(*found.saves, strict=True))
    lines = [f"{name}: {found.notes} notes, {len(found.saves)} saves"]
    lines += [f"  {'':24}{'median':>10}{'worst':>10}{'x walk':>10}"]
    for title, figures in (("walk, ms", walks), ("save to report, ms", reports), ("processor a save, ms", cpus)):
        ratio = statistics.median(one / walk for one, walk in zip(figures, walks, strict=True))
        lines += [f"  {title:24}{statistics.median(figures) * 1e3:10.0f}{max(figures) * 1e3:10.0f}{ratio:10.1f}"]
    memory = f"{found.begun:.0f} at first, {found.memory:.0f} in the end, {found.proportional:.0f} proportional"
    lines += [f"  {'graph page, processor s':24}{found.graph:10.2f}"]
    lines += [f"  {'at rest, % of a core':24}{found.rest * 100:10.3f}", f"  {'memory, MiB':24}{memory}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
