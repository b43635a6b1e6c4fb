"""Draws maps of generated graphs: how long it takes, how good they are, and how far they move when a vault changes.

    python tests/benchmarks/layout.py [--nodes 2000 10000 50000] [--runs 3] [--steps 20]

Times are processor seconds, and ratios to one fixed numpy job of the same run (a million numbers sorted, ten times).
`again` is a map of the same graph that fits already, `changed` one after a change: 1 % of the notes removed, as many
renamed and as many new, 1 % of the links cut and as many new. `moved` counts the notes of which neither name nor
links changed that went at all, and how far they went as a share of the width, after one change and some in a row.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from shared.maps import Net, changed, clusters, moved, overlap, power_law, purity

from vault_tools.map.layout import places

SHARE = 0.01
MOST = 20_000


def main() -> None:
    """Read the arguments, draw each graph, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", nargs="+", type=int, default=[2000, 10_000, 50_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=20)
    chosen = parser.parse_args()
    for count in chosen.nodes:
        nets = {
            "clusters": Net.of(count, clusters(count, max(4, count // 250))),
            "power law": Net.of(count, power_law(count)),
        }
        for name, net in nets.items():
            sys.stdout.write(f"\n{name}: {len(net.names)} nodes, {len(net.graph.edges)} edges, {chosen.runs} runs\n")
            _times(net, chosen.runs)
            _quality(net, chosen.steps if count <= MOST else 3)


def _times(net: Net, runs: int) -> None:
    graph, after = net.graph, changed(net, SHARE, 1)[0].graph
    before = places(graph)
    jobs: dict[str, Callable[[], object]] = {
        "anew": lambda: places(graph),
        "again": lambda: places(graph, before),
        "changed": lambda: places(after, before),
    }
    floors = [_seconds(_floor) for _ in range(runs)]
    for name, job in jobs.items():
        took = [_seconds(job) for _ in range(runs)]
        ratio = statistics.median(took) / statistics.median(floors)
        sys.stdout.write(f"{name:12} {statistics.median(took):8.2f} s {ratio:8.2f} ÷ floor\n")


def _quality(net: Net, steps: int) -> None:
    graph = net.graph
    found = places(graph)
    touching = f"{overlap(graph, found):.4f}" if len(found.ids) <= MOST else "-"
    sys.stdout.write(f"{'':12} purity {purity(found):.3f}, overlap {touching}\n")
    far, renamed = [], []
    for step in range(steps):
        net, names, touched = changed(net, SHARE, step)
        after = places(net.graph, found)
        went = moved(found, after, names)
        far.append([share for note, share in went.items() if note not in touched.union(names.values())])
        renamed += [went[name] for name in names.values()]
        found = after
        if step in (0, steps - 1):
            _show(step + 1, far, renamed)
    touching = f"{overlap(net.graph, found):.4f}" if len(found.ids) <= MOST else "-"
    sys.stdout.write(f"{'':12} then purity {purity(found):.3f}, overlap {touching}, drift {found.drift}\n")


def _show(steps: int, far: list[list[float]], renamed: list[float]) -> None:
    every = np.array([share for row in far for share in row])
    sys.stdout.write(
        f"{f'{steps} × 1 %':12} moved {(every > 0).sum()} of {len(every)} "
        f"(mean {every.mean():.6f}, most {every.max():.3f}), "
        f"renamed and moved {sum(share > 0 for share in renamed)} of {len(renamed)}\n"
    )


def _floor() -> None:
    for seed in range(10):
        np.sort(np.random.default_rng(seed).random(1_000_000))


def _seconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


if __name__ == "__main__":
    main()
