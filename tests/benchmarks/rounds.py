"""Times what a vault that is kept open does after a save, in one process; prints medians, and ratios to the floor.

    python tests/benchmarks/rounds.py VAULT [VAULT ...] [--edits 10]

Each vault is copied first and left as it is. The floor is a plain walk that asks the disk for every file. A round
looks again at the vault and computes all that reports say, but for the page of the graph; before each, one note is
edited, linked to another, made, renamed or deleted. Seconds are those of the processor, and the garbage collector
rests until a round is over, as it does where a vault is kept open. Memory is what is resident at the end.
"""

import argparse
import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from vault_tools.app import Vault

Seconds = dict[str, list[float]]
Edit = Callable[[list[Path], int], object]


def main() -> None:
    """Read the arguments, measure each vault, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--edits", type=int, default=10)
    chosen = parser.parse_args()
    gc.disable()
    for vault in chosen.vaults:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / vault.name
            shutil.copytree(vault, copy, symlinks=True)
            _measure(copy, Path(scratch) / "cache", chosen.edits)


def _measure(root: Path, cache: Path, edits: int) -> None:
    notes = sorted(path for path in root.rglob("*.md") if not path.is_relative_to(root / "_vault-tools"))
    vault = Vault.open(root, cache=cache)
    _round(vault, {})
    _row(f"{root.name}: {len(notes)} notes, {edits} edits of each kind", "s", "÷ floor")
    for name, edit in EDITS.items():
        found: Seconds = {}
        for at in range(edits):
            edit(notes, at)
            _timed(found, "floor", lambda: _floor(root))
            _round(vault, found)
            gc.collect()
        _show(name, found)
    memory = psutil.Process().memory_info().rss / 2**20
    sys.stdout.write(f"resident after {edits * len(EDITS)} rounds: {memory:.0f} MiB\n\n")
    vault.close()


def _row(*cells: str) -> None:
    sys.stdout.write(f"{cells[0]:44} {cells[1]:>8} {cells[2]:>8}\n")


def _show(edit: str, found: Seconds) -> None:
    found["total"] = [sum(times) for times in zip(*(found[name] for name in STEPS), strict=True)]
    for name, times in found.items():
        ratios = [one / other for one, other in zip(times, found["floor"], strict=True)]
        _row(f"  {edit}: {name}", f"{statistics.median(times):.3f}", f"{statistics.median(ratios):.1f}")


def _round(vault: Vault, found: Seconds) -> None:
    for name, step in STEPS.items():
        _timed(found, name, lambda step=step: step(vault))  # type: ignore[misc]


def _timed(found: Seconds, name: str, step: Callable[[], object]) -> None:
    began = time.process_time()
    step()
    found.setdefault(name, []).append(time.process_time() - began)


def _floor(root: Path) -> int:
    """Ask the disk for every file below a folder."""
    return sum(os.stat(f"{here}/{name}").st_size for here, _, names in os.walk(root) for name in names)  # noqa: PTH116


STEPS: dict[str, Callable[[Vault], object]] = {
    "look again": lambda vault: vault.look_again(),
    "knowledge": lambda vault: vault.knowledge,
    "learning": lambda vault: vault.learning,
    "findings": lambda vault: (vault.findings, vault.summary),
    "pages": lambda vault: list(vault.pages(str)),
}


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _beside(notes: list[Path], name: str) -> Path:
    return notes[len(notes) // 3].with_name(name)


EDITS: dict[str, Edit] = {
    "edit": lambda notes, at: _append(notes[at], "\nmore words\n"),
    "link": lambda notes, at: _append(notes[at], f"\n[[{notes[-1 - at].stem}]]\n"),
    "create": lambda notes, at: _append(_beside(notes, f"Made {at}.md"), f"[[{notes[at].stem}]]\n"),
    "rename": lambda notes, at: _beside(notes, f"Made {at}.md").rename(_beside(notes, f"Named {at}.md")),
    "delete": lambda notes, at: _beside(notes, f"Named {at}.md").unlink(),
}

if __name__ == "__main__":
    main()
