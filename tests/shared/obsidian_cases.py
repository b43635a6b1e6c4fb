"""What Obsidian makes of some hundred small vaults, as `tests/obsidian/cases.jsonl` records it."""

import json
from pathlib import Path
from typing import Any

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "obsidian" / "cases.jsonl").read_text("utf-8").splitlines()
]
"""One case in each row: a vault, and what Obsidian makes of it."""

BY_ID = {case["id"]: case for case in CASES}


def area(name: str) -> list[str]:
    """Name the cases of an area."""
    return [key for key, case in BY_ID.items() if case["area"] == name]


def expected(key: str, what: str) -> Any:
    """Give what a case expects."""
    return BY_ID[key]["expect"][what]
