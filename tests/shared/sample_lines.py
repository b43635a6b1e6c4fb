"""What commands print of the sample vault."""

import json
from pathlib import Path
from typing import Any

from shared.vaults import Run

SAMPLE = Path(__file__).parents[2] / "sample_vault"
DAY = ("--today", "2024-06-30")
ZH = 'language = "zh"\n'


def lines(run: Run, *args: str | Path) -> list[str]:
    """Run a command that must do well, and return its lines."""
    result = run(*args)
    assert result.exit_code == 0, result.output
    return list(result.stdout.splitlines())


def told(run: Run, *args: str | Path) -> Any:
    """Run a command with --json, and return what it says."""
    result = run(*args, "--json")
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def limits(root: Path, *alerts: str, language: str = "") -> Path:
    """Set the limits of a vault."""
    (root / "vault-tools.toml").write_text(f"{language}[check]\nalerts = {json.dumps(alerts)}\n", "utf-8")
    return root
