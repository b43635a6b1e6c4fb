"""Times the whole parse of a vault against the floor, in one process, and weighs what it leaves in memory.

    python tests/benchmarks/parsing.py VAULT [VAULT ...] [--runs 7]

`floor` reads every note and runs one regex over it (floor.py); `parse` reads every note and parses it. Times are
processor seconds, the least of the runs, taken in turns. Weights are of what the notes and the graph of them hold
on to, as a multiple of the bytes of the Markdown. First of all, every note must be the same by the full parsers.
"""

import argparse
import gc
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.floor import main as floor

from vault_tools.graph.build import build
from vault_tools.model.change import Stamp
from vault_tools.model.note import Note
from vault_tools.model.vocabulary import Vocabulary
from vault_tools.parse.note import parse
from vault_tools.store import contents, walking


def main() -> None:
    """Read the arguments, measure each vault, print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    head = f"{'vault':16} {'notes':>6} {'MiB':>6} {'floor s':>8} {'parse s':>8} {'÷ floor':>8} {'notes ÷ bytes':>14}"
    sys.stdout.write(f"{head} {'graph ÷ bytes':>14}\n")
    for vault in chosen.vaults:
        _show(vault, chosen.runs)


def _show(vault: Path, runs: int) -> None:
    files = {path: stamp for path, stamp in walking.walk(vault).files.items() if path.endswith(".md")}
    _compare(vault, files)
    least_floor = least_parse = float("inf")
    for _ in range(runs):
        least_floor = min(least_floor, _seconds(lambda: floor(str(vault))))
        least_parse = min(least_parse, _seconds(lambda: _parsed(vault, files)))
    size = sum(stamp.size for stamp in files.values())
    notes, graph = _weights(vault, files)
    sys.stdout.write(
        f"{vault.name:16} {len(files):6} {size / 2**20:6.1f} {least_floor:8.3f} {least_parse:8.3f}"
        f" {least_parse / least_floor:8.1f} {notes / size:14.1f} {graph / size:14.1f}\n"
    )


def _compare(vault: Path, files: Mapping[str, Stamp]) -> None:
    """Stop if reading line by line finds anything else in a note than the full parsers do."""
    for path, stamp in files.items():
        source = contents.read(vault, path, stamp)
        if parse(source) != parse(source, fast=False):
            sys.exit(f"{vault / path}: the fast path differs from the full one")


def _parsed(vault: Path, files: Mapping[str, Stamp]) -> list[Note]:
    return [parse(contents.read(vault, path, stamp)) for path, stamp in files.items()]


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.process_time()
    _kept = work()  # to free it is no part of the work
    return time.process_time() - began


def _weights(vault: Path, files: Mapping[str, Stamp]) -> tuple[int, int]:
    """Return how many bytes the notes hold on to, and the notes with their graph."""
    tracemalloc.start()
    notes = _parsed(vault, files)
    gc.collect()
    alone = tracemalloc.get_traced_memory()[0]
    graph = build(notes, [], Vocabulary())
    gc.collect()
    both = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del graph
    return alone, both


if __name__ == "__main__":
    main()
