"""Every command that may leave something outside the vault."""

import os
from pathlib import Path

from shared.vaults import Run

EMPTY: dict[str, str | bytes] = {"Sources/New.md": "", "vault-tools.toml": '[folders]\nsource = "Sources"\n'}


def every_command(run: Run, root: Path, out: Path) -> None:
    """Run all that may leave something outside the vault; none may stop."""
    os.utime(root / "Sources" / "New.md", (1, 1))
    for words, codes in COMMANDS.items():
        result = run(*[word.format(root=root, out=out) for word in words.split()])
        assert result.exit_code in codes, (words, result.output)


COMMANDS = {
    "report {root}": {0},
    "graph {root} --quiet": {0},
    "stats {root}": {0},
    "check {root}": {0, 1},
    "next {root}": {0, 1},
    "why Good --vault {root}": {0},
    "path Good Other --vault {root}": {0, 1},
    "export {root} --format json -o {out}": {0},
    "init {root} --dry-run": {0},
    "new source Book --vault {root}": {0, 2},
    "inject {root}": {0},
    "undo --list --vault {root}": {0, 1},
    "undo --vault {root}": {0, 1, 2},
    "status {root}": {1},
    "service status {root}": {0, 1, 2},
}
