"""What Obsidian makes of some hundred small vaults, as `tests/obsidian/cases.jsonl` records it."""

import json
from pathlib import Path
from typing import Any

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "obsidian" / "cases.jsonl").read_text("utf-8").splitlines()
]
"""One case in each row: a vault, and what Obsidian makes of it."""
