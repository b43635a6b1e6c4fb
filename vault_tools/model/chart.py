"""A measure over some periods, ready to be drawn."""

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Chart:
    """One measure: its periods from first to last, and its value in each.

    `labels`, `values`, `counts` and `shown` have one entry for each period: its name, the value in `unit` (None where
    there was too little data), how many cases it is based on, and the value in words. All words are in the reader's
    language. `target` is in `unit` too, and `target_shown` is the target in words.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    counts: tuple[int, ...]
    shown: tuple[str, ...]
    better: Literal["up", "down"] = "up"
    target: float | None = None
    target_shown: str = ""


def finite(value: float | None) -> float | None:
    """Return a value that can be drawn; None for one that is not known or is infinite."""
    return value if value is not None and math.isfinite(value) else None
