"""Times `vault-tools report` against the floor, as whole processes, in one run; prints medians and ratios.

    python tests/benchmarks/speed.py VAULT [VAULT ...] [--runs 5]

Each vault is copied first and left as it is. `cold` has no cache and no pages, `warm` has both, `one changed` has
one note changed since. Ratios are medians over the runs of (this / the floor of the same run).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Run(NamedTuple):
    """One process: wall and processor seconds, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Read the arguments, measure each vault, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    for vault in chosen.vaults:
        with tempfile.TemporaryDirectory() as scratch:
            _show(vault, _measure(vault, Path(scratch), chosen.runs))


def _measure(vault: Path, scratch: Path, runs: int) -> dict[str, list[Run]]:
    copy, cache = scratch / vault.name, scratch / "cache"
    shutil.copytree(vault, copy, symlinks=True)
    changed = max(copy.rglob("*.md"), key=lambda path: (path.stat().st_size, str(path)))
    report = [sys.executable, "-m", "vault_tools", "report", "--quiet", str(copy)]
    floor = [sys.executable, str(HERE / "floor.py"), str(copy)]
    found: dict[str, list[Run]] = {}
    _run(floor, cache)
    _run(report, cache)
    for at in range(runs):
        shutil.rmtree(copy / "_vault-tools")
        shutil.rmtree(cache)
        for name, command in (("floor", floor), ("cold", report), ("warm", report)):
            found.setdefault(name, []).append(_run(command, cache))
        with changed.open("a", encoding="utf-8") as file:
            file.write(f"\n[[a name not written yet {at}]]\n")
        found.setdefault("one changed", []).append(_run(report, cache))
    return found


def _run(command: list[str], cache: Path) -> Run:
    """Run a command, and ask the kernel what it took."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _show(vault: Path, found: dict[str, list[Run]]) -> None:
    notes = sum(1 for _ in vault.rglob("*.md"))
    sys.stdout.write(f"\n{vault.name}: {notes} notes, {len(found['floor'])} runs\n")
    sys.stdout.write(f"{'':12} {'wall s':>8} {'cpu s':>8} {'MiB':>6} {'÷ floor':>8} {'÷ cold':>7}\n")
    for name, runs in found.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        ratios = [statistics.median(_ratios(runs, found[base])) for base in ("floor", "cold")]
        sys.stdout.write(f"{name:12} {wall:8.2f} {cpu:8.2f} {memory:6.0f} {ratios[0]:8.1f} {ratios[1]:7.2f}\n")


def _ratios(runs: list[Run], base: list[Run]) -> list[float]:
    return [run.wall / other.wall for run, other in zip(runs, base, strict=True)]


if __name__ == "__main__":
    main()
